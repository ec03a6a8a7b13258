/** What is every page of a document made of? Sizes in points, colours, and the one way text gets onto it. */
import type { ContentText } from 'pdfmake/interfaces';
import type { Run } from './fill';
import { printable } from './printable';

export const INK = '#1f2933';
export const GREY = '#5b6770';
export const RULE = '#c9d1d6';
export const SHADE = '#eef2f4';
export const MARGIN = { side: 48, bottom: 56 };
/** Of A4. */
export const PAGE_HEIGHT = 841.89;
/** Between the margins of an A4 page. */
export const WIDTH = 595.28 - 2 * MARGIN.side;
/** Of a letter, in em: a digit in bold Helvetica is 0.556 wide, a capital up to 0.83. */
export const LETTER = 0.62;

/** Everything that is printed goes through here. */
export class Page {
	readonly lost = new Set<string>();

	text(given: string): string {
		const { text, lost } = printable(given);
		for (const letter of lost) this.lost.add(letter);
		return text;
	}

	runs(runs: readonly Run[], allBold = false): ContentText['text'] {
		return runs.map(({ text, bold }) => ({ text: this.text(text), bold: bold || allBold }));
	}
}

/** A line across. */
export function rule(length: number, lineWidth: number) {
	return { type: 'line' as const, x1: 0, y1: 0, x2: length, y2: 0, lineWidth, lineColor: RULE };
}
