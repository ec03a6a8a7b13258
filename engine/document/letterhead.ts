/** What stands at the head and the foot of every page? */
import type { Content } from 'pdfmake/interfaces';
import type { DocumentFacts } from './facts';
import { GREY, LETTER, MARGIN, rule, WIDTH, type Page } from './paper';

const HEAD = { top: 30, name: 11.5, small: 8, lineHeight: 1.2 };

/** Name, CNPJ or CPF and address on every page, whatever the template says (CDC art. 42-A). */
export function letterhead({ creditor }: DocumentFacts, page: Page): Content {
	const [name, ...lines] = headLines(creditor);
	const small = { fontSize: HEAD.small, color: GREY, lineHeight: HEAD.lineHeight };
	return {
		margin: [MARGIN.side, HEAD.top, MARGIN.side, 0],
		stack: [
			{ text: page.text(name!), bold: true, fontSize: HEAD.name, lineHeight: HEAD.lineHeight },
			...lines.map((line) => ({ text: page.text(line), ...small })),
			{ canvas: [rule(WIDTH, 0.8)], margin: [0, 5, 0, 0] },
		],
	};
}

function headLines({ name, document, address, phone, email }: DocumentFacts['creditor']): string[] {
	const contact = [phone, email].filter(Boolean).join(' · ');
	return [name, `${document} · ${address}`, ...(contact ? [contact] : [])];
}

/** Room for the head, which every page gives before anything is laid out; a long address takes more of it. */
export function headHeight({ creditor }: DocumentFacts): number {
	const [name, ...lines] = headLines(creditor);
	const height = (text: string, size: number) =>
		Math.ceil((text.length * size * LETTER) / WIDTH) * size * HEAD.lineHeight;
	return HEAD.top + height(name!, HEAD.name) + lines.reduce((sum, line) => sum + height(line, HEAD.small), 0) + 28;
}

export function foot(text: string, current: number, total: number, page: Page): Content {
	const small = { fontSize: 7.5, color: GREY };
	return {
		margin: [MARGIN.side, 12, MARGIN.side, 0],
		stack: [
			{ canvas: [rule(WIDTH, 0.5)], margin: [0, 0, 0, 4] },
			{
				columns: [
					{ text: page.text(text), width: '*', ...small },
					{ text: `Página ${current} de ${total}`, width: 70, alignment: 'right', ...small },
				],
			},
		],
	};
}
