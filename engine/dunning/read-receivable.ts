import { normalizePhone } from '../phone';
import { meaningInPayer, meaningInRow, type PayerField, type RowField } from './receivable-fields';
import { CENTS, DATE, PERCENT, REAIS, STATE, STATUS, taxIdIn, TEXT, type Kind } from './receivable-values';
import type { Charges, Payer, Receivable } from './types';

/**
 * Which receivable is this row of an ERP? Friendly about names and ways of writing, strict about what is written: what cannot be
 * charged for certain is a problem that names its field, never a guess. By hand, because a run reads a hundred thousand rows.
 */
export type ReceivableReading =
	| { ok: true; receivable: Receivable }
	/** Portuguese, naming the field. */
	| { ok: false; problem: string };

/** @param input see receivable-fields for the names; a Receivable reads as itself */
export function readReceivable(input: Record<string, unknown>, defaults: { creditor: string }): ReceivableReading {
	if (typeof input !== 'object' || input === null || Array.isArray(input)) {
		return { ok: false, problem: 'A linha não é um objeto com campos.' };
	}
	const row: Row = { problem: null };
	gather(row, input);
	const receivable = receivableOf(row, defaults);
	return row.problem === null ? { ok: true, receivable } : { ok: false, problem: row.problem };
}

/** A value and the name it was given under. */
interface Given {
	value: unknown;
	name: string;
	rank: number;
}

type Field = RowField | `payer.${PayerField}`;

/** What was given, by field. `problem`: the first one found; reading goes on with stand-ins. */
type Row = { [F in Field]?: Given } & { problem: string | null };

/** More than there are names: what stands within the payer comes before what the row says. */
const WITHIN = 1000;

function gather(row: Row, input: object): void {
	gatherFields(row, input);
	const { payer } = row;
	if (!payer) return;
	if (typeof payer.value !== 'object') return keep(row, 'payer.name', { ...payer, rank: WITHIN });
	for (const [name, value] of Object.entries(payer.value!)) {
		const meaning = meaningInPayer(name);
		if (!meaning) continue;
		keep(row, `payer.${meaning.field}`, { value, name: `${payer.name}.${name}`, rank: meaning.rank - WITHIN });
	}
}

function gatherFields(row: Row, input: object): void {
	for (const [name, value] of Object.entries(input)) {
		const meaning = meaningInRow(name);
		if (meaning) keep(row, meaning.field, { value, name, rank: meaning.rank });
	}
}

function keep(row: Row, field: Field, given: Given): void {
	const { value } = given;
	if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return;
	const known = row[field];
	if (!known || given.rank < known.rank) row[field] = given;
}

function receivableOf(row: Row, defaults: { creditor: string }): Receivable {
	const invoice = required(row, 'invoice', TEXT, 'o identificador da fatura (campo "invoice" ou "titulo")') ?? '';
	return {
		creditor: read(row, 'creditor', TEXT) ?? defaults.creditor,
		invoice,
		number: read(row, 'number', TEXT) ?? invoice,
		payer: payerOf(row, invoice),
		dueDate: required(row, 'dueDate', DATE, 'o vencimento (campo "dueDate" ou "vencimento")') ?? '',
		issuedOn: read(row, 'issuedOn', DATE),
		amountCents: amountOf(row),
		status: read(row, 'status', STATUS) ?? 'open',
		humanReason: humanReasonOf(row),
		charges: chargesOf(row),
		boleto: read(row, 'boleto', TEXT),
		pix: read(row, 'pix', TEXT),
		link: read(row, 'link', TEXT),
	};
}

function payerOf(row: Row, invoice: string): Payer {
	const documentText = read(row, 'payer.document', TEXT);
	// Wrong check digits may stand for many people ("000.000.000-00"): such a document groups nobody.
	const document = documentText === null ? null : taxIdIn(documentText);
	const phone = read(row, 'payer.phone', TEXT);
	const id = read(row, 'payer.id', TEXT);
	const uf = read(row, 'payer.uf', STATE);
	return {
		key: read(row, 'payer.key', TEXT) ?? document ?? phoneKey(phone) ?? id ?? `invoice:${invoice}`,
		name: read(row, 'payer.name', TEXT) ?? '',
		document,
		phone,
		uf: uf === 'EX' ? null : uf,
		segment: read(row, 'payer.segment', TEXT),
	};
}

function phoneKey(phone: string | null): string | null {
	const found = phone === null ? null : normalizePhone(phone, { source: 'register' });
	return found?.ok ? found.e164 : null;
}

function amountOf(row: Row): number {
	if (row.amountCents) return read(row, 'amountCents', CENTS) ?? 0;
	return required(row, 'amount', REAIS, 'o valor (campo "amount" ou "valor", em reais, ou "amountCents")') ?? 0;
}

/** A mark without words counts: it says that a person must look. */
function humanReasonOf(row: Row): string {
	const value = row.humanReason?.value;
	if (typeof value === 'boolean') return value ? 'sinalizada no ERP' : '';
	return read(row, 'humanReason', TEXT) ?? '';
}

function chargesOf(row: Row): Charges | null {
	if (row.charges) {
		if (typeof row.charges.value !== 'object')
			complain(row, row.charges, 'não é um objeto', 'Use finePercent e monthlyInterestPercent.');
		else gatherFields(row, row.charges.value!);
	}
	const fine = read(row, 'finePercent', PERCENT);
	const interest = read(row, 'monthlyInterestPercent', PERCENT);
	return fine === null && interest === null ? null : { finePercent: fine ?? 0, monthlyInterestPercent: interest ?? 0 };
}

// ---------------------------------------------------------------- helpers

/** null when it was not given, or when it is wrong, which is then the problem of the row. */
function read<T>(row: Row, field: Field, kind: Kind<T>): T | null {
	const given = row[field];
	if (!given) return null;
	const value = kind.read(given.value);
	if (value !== undefined) return value;
	complain(row, given, kind.problem, kind.hint);
	return null;
}

function required<T>(row: Row, field: Field, kind: Kind<T>, what: string): T | null {
	if (!row[field]) row.problem ??= `Falta ${what}.`;
	return read(row, field, kind);
}

function complain(row: Row, { name, value }: Given, problem: string, hint: string): void {
	row.problem ??= `O campo "${name}" ${problem}: ${shown(value)}. ${hint}`;
}

function shown(value: unknown): string {
	const text =
		typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
