/** How does a table fit a page? Amounts are never broken; whatever else a cell says, it stays within its column. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces';
import { LETTER, RULE, SHADE, WIDTH, type Page } from './paper';
import type { Table } from './tables';

const CELL = { side: 3, fontSize: 7.8 };

/** Its head is repeated on every page. */
export function tableOf({ head, rows, foot: last, text }: Table, page: Page): Content {
	const { widths, fontSize } = columnsOf([head, ...rows, last ?? []]);
	const cell = (value: string, at: number, more: object = {}): TableCell => ({
		text: page.text(value),
		alignment: at < text ? 'left' : 'right',
		fontSize,
		...more,
	});
	const body = [
		head.map((value, at) => cell(value, at, { bold: true, fillColor: SHADE })),
		...rows.map((row) => row.map((value, at) => cell(value, at))),
		...(last ? [last.map((value, at) => cell(value, at, { bold: true, fillColor: SHADE }))] : []),
	];
	return {
		margin: [0, 2, 0, 8],
		table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body },
		layout: TABLE_LINES,
	};
}

/** Of the first column. */
const [LEAST, MOST] = [54, 150];
/** As wide as their longest word, in smaller letters when that is too wide: amounts are never broken. */
function columnsOf(rows: ReadonlyArray<readonly string[]>): { widths: number[]; fontSize: number } {
	const columns = rows[0]!.length;
	const letters = Array.from({ length: columns - 1 }, (_, at) => longestWord(rows, at + 1));
	const sum = letters.reduce((total, each) => total + each, 0);
	const room = WIDTH - columns * 2 * CELL.side;
	const fontSize = Math.min(CELL.fontSize, (room - LEAST) / (sum * LETTER));
	const first = Math.min(MOST, room - sum * fontSize * LETTER);
	const spare = (room - first - sum * fontSize * LETTER) / letters.length;
	return { widths: [first, ...letters.map((each) => each * fontSize * LETTER + spare)], fontSize };
}

/** Words of the head are wider than digits. */
const SHORTEST = 5;

function longestWord(rows: ReadonlyArray<readonly string[]>, at: number): number {
	let longest = SHORTEST;
	for (const row of rows) for (const word of (row[at] ?? '').split(' ')) longest = Math.max(longest, word.length);
	return longest;
}

const TABLE_LINES: CustomTableLayout = {
	vLineWidth: () => 0,
	hLineWidth: () => 0.5,
	hLineColor: () => RULE,
	paddingLeft: () => CELL.side,
	paddingRight: () => CELL.side,
	paddingTop: () => 3,
	paddingBottom: () => 2,
};
