import { mod10, mod11OfUtility } from './check-digits';

/**
 * The layout of a bill of a utility, a city or a government (guia de arrecadação, FEBRABAN layout v8): 44 bar code
 * digits, 48 typed ones. It carries no due date.
 *
 *   bar code  product 8 · segment 1 · kind of value 1 · check digit 1 · value 11 · company and free field 29
 *   line      four blocks of 11 digits, each with a check digit
 */

export interface UtilityParts {
	/** '1' to '7' or '9'. */
	segment: string;
	segmentName: string;
	/** null = the code carries a reference instead of an amount, or leaves it open. */
	amountCents: number | null;
}

const SEGMENTS: Record<string, string> = {
	1: 'Prefeitura',
	2: 'Saneamento',
	3: 'Energia elétrica e gás',
	4: 'Telecomunicações',
	5: 'Órgão governamental',
	6: 'Carnê ou outra empresa',
	7: 'Multa de trânsito',
	9: 'Uso do banco',
};

/** Kind of value: 6 and 8 carry an amount, 7 and 9 a reference; 6 and 7 are checked by modulo 10, 8 and 9 by modulo 11. */
const isAmount = (barcode: string) => barcode[2] === '6' || barcode[2] === '8';
const checkOf = (digits: string, barcode: string) => ('67'.includes(barcode[2]!) ? mod10 : mod11OfUtility)(digits);

export function utilityParts(barcode: string): UtilityParts {
	const segment = barcode[1]!;
	const value = Number(barcode.slice(4, 15));
	return {
		segment,
		segmentName: SEGMENTS[segment]!,
		amountCents: isAmount(barcode) && value > 0 ? value : null,
	};
}

export function utilityLineOf(barcode: string): string {
	return blocksOf(barcode, 11)
		.map((block) => block + checkOf(block, barcode))
		.join('');
}

export function utilityBarcodeOf(line: string): string {
	return blocksOf(line, 12)
		.map((block) => block.slice(0, 11))
		.join('');
}

/** 84610000000-5 24610029110-2 00546033900-4 69589506108-0 */
export function formatUtilityLine(line: string): string {
	return blocksOf(line, 12)
		.map((block) => `${block.slice(0, 11)}-${block[11]}`)
		.join(' ');
}

/** What is wrong with 48 digits, in pt-BR; [] = nothing. */
export function utilityLineErrors(line: string): string[] {
	const structure = structureErrors(line);
	if (structure.length > 0) return structure;
	const wrong = blocksOf(line, 12)
		.map((block, at) => ({ at, ok: checkOf(block.slice(0, 11), line) === block[11] }))
		.filter(({ ok }) => !ok);
	if (wrong.length > 0) {
		return wrong.map(
			({ at }) => `O ${at + 1}º bloco de números da linha digitável não confere. Confira os números dele.`,
		);
	}
	return utilityBarcodeErrors(utilityBarcodeOf(line));
}

/** What is wrong with 44 digits, in pt-BR; [] = nothing. */
export function utilityBarcodeErrors(barcode: string): string[] {
	const structure = structureErrors(barcode);
	if (structure.length > 0) return structure;
	if (checkOf(barcode.slice(0, 3) + barcode.slice(4), barcode) === barcode[3]) return [];
	return ['O dígito verificador da conta não confere. Confira os números.'];
}

function structureErrors(digits: string): string[] {
	if (digits[0] !== '8') return ['Uma conta de consumo ou guia começa com 8. Confira os primeiros números.'];
	if (!Object.hasOwn(SEGMENTS, digits[1]!))
		return ['O segundo número da conta não existe. Confira os primeiros números.'];
	if (!/[6-9]/.test(digits[2]!)) return ['O terceiro número de uma conta é de 6 a 9. Confira os primeiros números.'];
	return [];
}

function blocksOf(digits: string, length: number): string[] {
	return [0, 1, 2, 3].map((at) => digits.slice(at * length, (at + 1) * length));
}
