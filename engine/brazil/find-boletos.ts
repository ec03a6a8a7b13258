import { readBoleto, type Boleto, type BoletoContext } from './boleto';
import { mod11Remainder } from './check-digits';

/**
 * Which boletos does a customer's message hold (B-07)? Typed lines are found with dots, spaces and line breaks in them and
 * other numbers around them: their check digits tell them from phones, documents and dates. The 44 digits of a bar code
 * have one check digit only, so they count when written in one piece.
 */

export interface FoundBoletos {
	/** In the order they appear, each once. */
	boletos: Boleto[];
	/** What looks like a boleto and is not valid: a digit was mistyped. */
	unreadable: Array<{ text: string; errors: string[] }>;
}

/** Digits with what may stand between them; letters and other signs end a run. */
const RUN = /\d(?:[\s.,/|*_\p{Pd}]*\d)*/gu;
const LONGEST = 48;
const TYPED_LENGTHS = [47, 48];
const SCANNED_LENGTH = 44;

export function findBoletos(text: string, context: BoletoContext): FoundBoletos {
	const boletos = new Map<string, Boleto>();
	const unreadable: FoundBoletos['unreadable'] = [];
	for (const [run] of text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.matchAll(RUN)) {
		const found = searchRun(run.match(/\d+/g)!, context);
		for (const boleto of found) boletos.set(boleto.barcode, boleto);
		if (found.length === 0 && looksTyped(run.replace(/\D/g, ''))) {
			const reading = readBoleto(run, context);
			if (!reading.ok) unreadable.push({ text: run, errors: reading.errors });
		}
	}
	return { boletos: [...boletos.values()], unreadable };
}

/** A boleto starts where a group of digits starts and ends where one ends. */
function searchRun(groups: string[], context: BoletoContext): Boleto[] {
	const found: Boleto[] = [];
	for (let start = 0; start < groups.length;) {
		const hit = boletoAt(groups, start, context);
		if (hit) found.push(hit.boleto);
		start = hit ? hit.next : start + 1;
	}
	return found;
}

function boletoAt(groups: string[], start: number, context: BoletoContext): { boleto: Boleto; next: number } | null {
	let digits = '';
	for (let at = start; at < groups.length && digits.length < LONGEST; at++) {
		digits += groups[at]!;
		const inOnePiece = at === start && digits.length === SCANNED_LENGTH && !isInvoiceKey(digits);
		if (!inOnePiece && !TYPED_LENGTHS.includes(digits.length)) continue;
		const reading = readBoleto(digits, context);
		if (reading.ok) return { boleto: reading, next: at + 1 };
	}
	return null;
}

/** The right length and the right first digits, for a mistyped one to be told from other numbers. */
function looksTyped(digits: string): boolean {
	return /^(?!000|8)\d{3}9\d{43}$/.test(digits) || /^8[1-79][6-9]\d{45}$/.test(digits);
}

/** The access key of an NF-e, NFC-e or CT-e has 44 digits too: state, year and month, CNPJ, model, …, check digit. */
function isInvoiceKey(digits: string): boolean {
	if (!/^[1-5]\d\d\d(?:0[1-9]|1[0-2])\d{14}(?:55|57|65|67)/.test(digits)) return false;
	const remainder = mod11Remainder(digits.slice(0, 43));
	return Number(digits[43]) === (remainder < 2 ? 0 : 11 - remainder);
}
