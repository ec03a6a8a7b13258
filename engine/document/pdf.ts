/**
 * How does a document look? A4, the creditor at the head of every page, tables that repeat their head. Made with the fonts
 * every reader has: nothing is embedded, fetched or read from a disk, whatever a text says.
 */
import type {
	Column,
	Content,
	ContentText,
	CustomTableLayout,
	TableCell,
	TDocumentDefinitions,
} from 'pdfmake/interfaces';
import type { Instant } from '../model';
import type { DocumentFacts } from './facts';
import type { FilledBlock, FilledDocument, Run } from './fill';
import { foot, headHeight, letterhead } from './letterhead';
import { GREY, INK, MARGIN, Page, PAGE_HEIGHT, rule, SHADE, WIDTH } from './paper';
import { tableOf } from './pdf-table';
import { instalmentsTable, titlesTable } from './tables';

export interface Pdf {
	bytes: Buffer;
	pages: number;
	/** Letters no standard font has; "?" stands in their place. */
	lost: string[];
}

const FONTS = {
	Helvetica: {
		normal: 'Helvetica',
		bold: 'Helvetica-Bold',
		italics: 'Helvetica-Oblique',
		bolditalics: 'Helvetica-BoldOblique',
	},
};

export async function makePdf(document: FilledDocument, facts: DocumentFacts): Promise<Pdf> {
	const page = new Page();
	let pages = 0;
	const definition: TDocumentDefinitions = {
		pageSize: 'A4',
		pageMargins: [MARGIN.side, headHeight(facts), MARGIN.side, MARGIN.bottom],
		info: { ...about(document, facts, page), ...created(facts.now) },
		language: 'pt-BR',
		displayTitle: true,
		defaultStyle: { font: 'Helvetica', fontSize: 9.5, lineHeight: 1.25, color: INK },
		header: () => letterhead(facts, page),
		footer: (current, total) => {
			pages = total;
			return foot(document.footer, current, total, page);
		},
		content: withoutLastGap(contentsOf(document.blocks, facts, page)),
		pageBreakBefore: ({ headlineLevel, startPosition }) =>
			headlineLevel === OVER_A_TABLE && startPosition.top > PAGE_HEIGHT - MARGIN.bottom - TABLE_START,
	};
	const bytes = await print(definition);
	return { bytes, pages, lost: [...page.lost] };
}

/** A gap that does not fit any more would make a page of its own. */
function withoutLastGap(contents: Content[]): Content[] {
	const last = contents.at(-1) as { margin?: number[] } | undefined;
	if (last?.margin) last.margin = [...last.margin.slice(0, 3), 0];
	return contents;
}

/** Loaded when the first document is made; most desks make none. */
async function print(definition: TDocumentDefinitions): Promise<Buffer> {
	const { default: pdfmake } = await import('pdfmake');
	pdfmake.setFonts(FONTS);
	pdfmake.setUrlAccessPolicy(() => false);
	// A standard font is asked for by its name.
	pdfmake.setLocalAccessPolicy((path) => Object.values(FONTS.Helvetica).includes(path));
	return await pdfmake.createPdf(definition).getBuffer();
}

function about({ title }: FilledDocument, { creditor }: DocumentFacts, page: Page) {
	return { title: page.text(title), author: page.text(creditor.name) };
}

/** The clock of the process has no say. */
function created(now: Instant) {
	return { creationDate: new Date(now), modDate: new Date(now) };
}

/** A heading and the words behind it stay together; a table may begin below its heading and go on. */
function contentsOf(blocks: readonly FilledBlock[], facts: DocumentFacts, page: Page): Content[] {
	const contents: Content[] = [];
	for (let at = 0; at < blocks.length; at++) {
		const [block, next] = [blocks[at]!, blocks[at + 1]];
		const content = contentOf(block, facts, page);
		if (block.type !== 'heading' || !next) contents.push(content);
		else if (!staysWhole(next)) contents.push({ ...(content as ContentText), headlineLevel: OVER_A_TABLE });
		else contents.push({ stack: [content, contentOf(blocks[++at]!, facts, page)], unbreakable: true });
	}
	return contents;
}

/** Marks a heading that goes to the next page when less than this is left for it and the first row below, in points. */
const OVER_A_TABLE = 2;
const TABLE_START = 84;

/** Longer ones may be as long as a page. */
const MOST_WHOLE = 1_500;

function staysWhole(block: FilledBlock): boolean {
	if (block.type === 'paragraph' || block.type === 'highlight') return lengthOf(block.runs) < MOST_WHOLE;
	return block.type === 'facts' && block.rows.reduce((sum, { runs }) => sum + lengthOf(runs), 0) < MOST_WHOLE;
}

function lengthOf(runs: readonly Run[]): number {
	return runs.reduce((sum, { text }) => sum + text.length, 0);
}

function contentOf(block: FilledBlock, facts: DocumentFacts, page: Page): Content {
	switch (block.type) {
		case 'title':
			return { text: page.runs(block.runs, true), fontSize: 16, margin: [0, 2, 0, 8] };
		case 'heading':
			return { text: page.runs(block.runs, true), fontSize: 11, margin: [0, 10, 0, 4] };
		case 'paragraph':
			// No line of it stands alone on a page.
			return {
				stack: [{ text: page.runs(block.runs), alignment: 'justify' }],
				...{ margin: [0, 0, 0, 6], unbreakable: staysWhole(block) },
			};
		case 'highlight':
			return boxed({ text: page.runs(block.runs), fontSize: 10.5 });
		case 'facts':
			return factsOf(block.rows, page);
		case 'titles':
			return tableOf(titlesTable(facts), page);
		case 'instalments':
			return facts.agreement ? tableOf(instalmentsTable(facts.agreement), page) : [];
		case 'signatures':
			return signaturesOf(block.signers, page);
	}
}

function boxed(content: Content): Content {
	return {
		margin: [0, 6, 0, 8],
		table: { widths: ['*'], body: [[{ ...(content as object), fillColor: SHADE } as TableCell]] },
		layout: { ...NO_LINES, paddingLeft: () => 10, paddingRight: () => 10, paddingTop: () => 7, paddingBottom: () => 5 },
	};
}

function factsOf(rows: ReadonlyArray<{ name: string; runs: Run[] }>, page: Page): Content {
	return {
		margin: [0, 0, 0, 6],
		table: {
			widths: [116, WIDTH - 116],
			dontBreakRows: true,
			body: rows.map(({ name, runs }) => [{ text: page.text(name), color: GREY }, { text: page.runs(runs) }]),
		},
		layout: { ...NO_LINES, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 1, paddingBottom: () => 2 },
	};
}

const NO_LINES: CustomTableLayout = { hLineWidth: () => 0, vLineWidth: () => 0 };

/** Two side by side, kept together with their lines. */
function signaturesOf(signers: ReadonlyArray<readonly Run[][]>, page: Page): Content {
	const gap = 36;
	const width = (WIDTH - gap) / 2;
	const sign = (lines: readonly Run[][]): Column => ({
		width,
		stack: [
			{ canvas: [{ ...rule(width, 0.8), lineColor: INK }], margin: [0, 0, 0, 4] },
			...lines.map((runs): Content => ({ text: page.runs(runs), alignment: 'center' })),
		],
	});
	const pairs = signers.flatMap((_, at) => (at % 2 === 0 ? [signers.slice(at, at + 2)] : []));
	return {
		unbreakable: true,
		stack: pairs.map((pair) => ({ columns: pair.map(sign), columnGap: gap, margin: [0, 44, 0, 0] })),
	};
}
