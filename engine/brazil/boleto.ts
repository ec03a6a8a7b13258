import type { DateText } from '../business-hours/dates';
import { bankBarcodeErrors, bankBarcodeOf, bankLineErrors, bankLineOf, bankParts, formatBankLine } from './bank-boleto';
import { datesOfFactor, factorMeans } from './due-date-factor';
import { formatReais } from './money';
import {
	formatUtilityLine,
	utilityBarcodeErrors,
	utilityBarcodeOf,
	utilityLineErrors,
	utilityLineOf,
	utilityParts,
} from './utility-boleto';

/**
 * What does a boleto say? Reads the 47 or 48 digits that are typed (linha digitável) or the 44 of the bar code, of banks
 * and of utilities. It checks and reads; only a bank can issue or register one, and whether it was paid is not in it.
 */

export interface BoletoContext {
	/** A date near the due date, such as the date of issue or today: the code alone means two, 9000 days apart. */
	reference: DateText;
	/** The due date by the books: it wins, and a code that says another date gets a warning. */
	dueDate?: DateText | null;
	/** The amount by the books: a code that says another amount gets a warning. */
	amountCents?: number | null;
}

export interface Boleto {
	ok: true;
	errors: [];
	/** `utility`: a bill of a utility, city or government (arrecadação). */
	kind: 'bank' | 'utility';
	/** Three digits, e.g. '104'; null for a utility. */
	bank: string | null;
	/** '1' to '7' or '9'; null for a bank. */
	segment: string | null;
	/** pt-BR, e.g. "Saneamento". */
	segmentName: string | null;
	/** null = open: the payer types it, or the code carries a reference instead. */
	amountCents: number | null;
	/** null = the code carries none; a utility's never does. */
	dueDate: DateText | null;
	/** The other date the code may mean, 9000 days away; null when the books told the date. */
	otherDueDate: DateText | null;
	/** 44 digits. */
	barcode: string;
	/** Linha digitável, 47 or 48 digits. */
	line: string;
	/** As it is printed, with dots and spaces. */
	formattedLine: string;
	/** pt-BR: what differs from the books, or needs a look. */
	warnings: string[];
}

/** `errors`: pt-BR, what is wrong and where to look. */
export type BoletoReading = Boleto | { ok: false; errors: string[] };

/** Reads one boleto; dots, spaces, hyphens and line breaks do not matter. Not for text around it: see find-boletos. */
export function readBoleto(text: string, context: BoletoContext): BoletoReading {
	const digits = text.normalize('NFKC').replace(/[\s.,/|*_\p{Pd}\p{Cf}]/gu, '');
	const errors = digitErrors(digits);
	if (errors.length > 0) return { ok: false, errors };
	return digits[0] === '8' ? utilityBoleto(digits, context) : bankBoleto(digits, context);
}

function digitErrors(digits: string): string[] {
	if (digits === '') return ['Informe a linha digitável ou o código de barras do boleto.'];
	if (!/^\d+$/.test(digits)) return ['Um boleto só tem números. Informe só a linha digitável ou o código de barras.'];
	const utility = digits[0] === '8';
	if (digits.length === 44) return utility ? utilityBarcodeErrors(digits) : bankBarcodeErrors(digits);
	if (digits.length === 47 && !utility) return bankLineErrors(digits);
	if (digits.length === 48) return utilityLineErrors(digits);
	const expected = utility ? '48 números (ou 44, no código de barras)' : '47 números (ou 44, no código de barras)';
	return [
		`${utility ? 'Esta conta' : 'Um boleto'} tem ${expected}; aqui há ${digits.length}. Confira se o código está inteiro.`,
	];
}

function bankBoleto(digits: string, context: BoletoContext): Boleto {
	const barcode = digits.length === 44 ? digits : bankBarcodeOf(digits);
	const line = bankLineOf(barcode);
	const { bank, factor, amountCents } = bankParts(barcode);
	const read = datesOfFactor(factor, context.reference);
	const booked = context.dueDate ?? null;
	const boleto: Boleto = {
		ok: true,
		errors: [],
		kind: 'bank',
		bank,
		segment: null,
		segmentName: null,
		amountCents: amountCents > 0 ? amountCents : null,
		dueDate: booked ?? read.dueDate,
		otherDueDate: booked ? null : read.otherDueDate,
		barcode,
		line,
		formattedLine: formatBankLine(line),
		warnings: [],
	};
	if (booked && read.dueDate && !factorMeans(factor, booked)) {
		const coded = datesOfFactor(factor, booked).dueDate!;
		boleto.warnings.push(`O código do boleto diz que ele vence em ${shown(coded)}, e o cadastro diz ${shown(booked)}.`);
	}
	if (!read.dueDate && factor !== '0000') {
		boleto.warnings.push('O código não traz vencimento e usa o lugar dele: confira o valor no boleto.');
	}
	return withAmountWarning(boleto, context);
}

function utilityBoleto(digits: string, context: BoletoContext): Boleto {
	const barcode = digits.length === 44 ? digits : utilityBarcodeOf(digits);
	const line = utilityLineOf(barcode);
	const boleto: Boleto = {
		ok: true,
		errors: [],
		kind: 'utility',
		bank: null,
		...utilityParts(barcode),
		dueDate: context.dueDate ?? null,
		otherDueDate: null,
		barcode,
		line,
		formattedLine: formatUtilityLine(line),
		warnings: [],
	};
	return withAmountWarning(boleto, context);
}

function withAmountWarning(boleto: Boleto, { amountCents: booked }: BoletoContext): Boleto {
	if (typeof booked === 'number' && boleto.amountCents !== null && booked !== boleto.amountCents) {
		const [coded, known] = [formatReais(boleto.amountCents), formatReais(booked)];
		boleto.warnings.push(`O código do boleto diz ${coded}, e o cadastro diz ${known}.`);
	}
	return boleto;
}

function shown(date: DateText): string {
	return date.split('-').reverse().join('/');
}
