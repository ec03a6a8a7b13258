import { mod10, mod11OfBank } from './check-digits';

/**
 * The layout of a boleto of a bank: what in its 44 bar code digits and its 47 typed ones is what (FEBRABAN, Carta-Circular
 * BCB 2.926). Digits in, parts or sentences out; which date a factor means is due-date-factor's.
 *
 *   bar code  bank 3 · currency 1 · check digit 1 · factor 4 · amount 10 · free field 25
 *   line      bar[0..3] free[0..4] dv · free[5..14] dv · free[15..24] dv · check digit · factor amount
 */

export interface BankParts {
	bank: string;
	factor: string;
	/** 0 = open amount: the payer types it. */
	amountCents: number;
}

export function bankParts(barcode: string): BankParts {
	return { bank: barcode.slice(0, 3), factor: barcode.slice(5, 9), amountCents: Number(barcode.slice(9, 19)) };
}

export function bankLineOf(barcode: string): string {
	const fields = [barcode.slice(0, 4) + barcode.slice(19, 24), barcode.slice(24, 34), barcode.slice(34, 44)];
	return fields.map((field) => field + mod10(field)).join('') + barcode[4] + barcode.slice(5, 19);
}

export function bankBarcodeOf(line: string): string {
	return line.slice(0, 4) + line[32] + line.slice(33, 47) + line.slice(4, 9) + line.slice(10, 20) + line.slice(21, 31);
}

/** 10492.00650 61000.100042 00099.726390 0 89810000021403 */
export function formatBankLine(line: string): string {
	return line.replace(/^(.{5})(.{5})(.{5})(.{6})(.{5})(.{6})(.)(.{14})$/, '$1.$2 $3.$4 $5.$6 $7 $8');
}

/** What is wrong with 47 digits, in pt-BR; [] = nothing. */
export function bankLineErrors(line: string): string[] {
	const structure = structureErrors(line);
	if (structure.length > 0) return structure;
	const wrong = [0, 10, 21].flatMap((from, at) => {
		const to = at === 0 ? 9 : from + 10;
		return mod10(line.slice(from, to)) === line[to] ? [] : [at + 1];
	});
	if (wrong.length > 0) {
		return wrong.map((nth) => `O ${nth}º bloco de números da linha digitável não confere. Confira os números dele.`);
	}
	return barcodeDigitErrors(bankBarcodeOf(line));
}

/** What is wrong with 44 digits, in pt-BR; [] = nothing. */
export function bankBarcodeErrors(barcode: string): string[] {
	const structure = structureErrors(barcode);
	return structure.length > 0 ? structure : barcodeDigitErrors(barcode);
}

function structureErrors(digits: string): string[] {
	if (digits.startsWith('000')) return ['O código não traz o banco. Confira os primeiros números.'];
	// 9 = real; no other currency is in use.
	if (digits[3] !== '9') return ['O quarto número de um boleto de banco é 9. Confira os primeiros números.'];
	return [];
}

function barcodeDigitErrors(barcode: string): string[] {
	if (mod11OfBank(barcode.slice(0, 4) + barcode.slice(5)) === barcode[4]) return [];
	return ['O dígito verificador do boleto não confere. Confira o valor e o vencimento no fim do código.'];
}
