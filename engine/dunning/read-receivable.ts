import { readTaxId, withLostZeros } from '../brazil/tax-id';
import { normalizePhone } from '../phone';
import { namesInPayer, namesInRow, type Field, type Names } from './receivable-fields';
import { CENTS, DATE, MARK, PERCENT, REAIS, STATE, STATUS, TEXT, type Kind } from './receivable-values';
import type { OwnCharges, Payer, Receivable } from './types';

/**
 * Which receivable is this row of an ERP? Friendly about names and ways of writing, strict about what is written: what cannot be
 * charged for certain is a problem that names its field, never a guess. By hand, because a run reads a hundred thousand rows.
 */
export type ReceivableReading =
	| { ok: true; receivable: Receivable }
	/** Portuguese, naming the field. */
	| { ok: false; problem: string };

/** A value that somebody says belongs to this field; `name` is where it stands, for people. */
export interface MappedValue {
	field: string;
	name: string;
	value: unknown;
}

/**
 * @param input see receivable-fields for the names; a Receivable reads as itself
 * @param mapped these count before all that the row itself calls so; what has no value is passed over
 */
export function readReceivable(
	input: Record<string, unknown>,
	defaults: { creditor: string },
	mapped: readonly MappedValue[] = [],
): ReceivableReading {
	if (typeof input !== 'object' || input === null || Array.isArray(input)) {
		return { ok: false, problem: 'A linha não é um objeto com campos.' };
	}
	const row = openRow(input, mapped);
	const receivable = receivableOf(row, defaults);
	return row.problem === null ? { ok: true, receivable } : { ok: false, problem: row.problem };
}

/** An object fields are read from, the row itself or one within it. */
interface Source {
	object: Record<string, unknown>;
	namesOf: Names;
	/** In front of its names, for people: "cliente." */
	prefix: string;
}

interface Row {
	mapped: Source | null;
	self: Source;
	payer: Source | null;
	charges: Source | null;
	/** The first one found; reading goes on with stand-ins. */
	problem: string | null;
}

function openRow(input: Record<string, unknown>, mapped: readonly MappedValue[]): Row {
	const self = { object: input, namesOf: namesInRow(input), prefix: '' };
	return {
		mapped: mapped.length === 0 ? null : mappedSource(mapped),
		self,
		payer: inner(self, 'payer', namesInPayer),
		charges: inner(self, 'charges', namesInRow),
		problem: null,
	};
}

function mappedSource(mapped: readonly MappedValue[]): Source {
	const object: Record<string, unknown> = {};
	const namesOf: Record<string, string[]> = {};
	for (const { field, name, value } of mapped) {
		object[name] = value;
		(namesOf[field] ??= []).push(name);
	}
	return { object, namesOf, prefix: '' };
}

function inner(self: Source, field: 'payer' | 'charges', namesIn: (object: object) => Names): Source | null {
	const name = givenName(self, field);
	const object = name === undefined ? null : self.object[name];
	if (typeof object !== 'object' || object === null) return null;
	return { object: object as Record<string, unknown>, namesOf: namesIn(object), prefix: `${name}.` };
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
	const of = <T>(field: Field, kind: Kind<T>) => read(row, field, kind, row.payer);
	const documentText = of('payer.document', TEXT);
	const taxId = documentText === null ? null : readTaxId(withLostZeros(documentText));
	// Wrong check digits may stand for many people ("000.000.000-00"): such a document groups nobody.
	const document = taxId?.ok ? taxId.digits : null;
	const phone = of('payer.phone', TEXT);
	const id = of('payer.id', TEXT);
	const uf = of('payer.uf', STATE);
	return {
		key: of('payer.key', TEXT) ?? document ?? phoneKey(phone) ?? id ?? `invoice:${invoice}`,
		name: of('payer.name', TEXT) ?? (row.payer ? null : read(row, 'payer', TEXT)) ?? '',
		document,
		...(taxId?.ok === false && /\w/.test(documentText!) && { documentProblem: taxId.reason }),
		phone,
		uf: uf === 'EX' ? null : uf,
		segment: of('payer.segment', TEXT),
	};
}

function phoneKey(phone: string | null): string | null {
	const found = phone === null ? null : normalizePhone(phone, { source: 'register' });
	return found?.ok ? found.e164 : null;
}

/** What was mapped, else what is still open, else what it began with. */
function amountOf(row: Row): number {
	const cents =
		(row.mapped && (readFrom(row.mapped, row, 'amountCents', CENTS) ?? readFrom(row.mapped, row, 'amount', REAIS))) ??
		read(row, 'openCents', CENTS) ??
		read(row, 'openAmount', REAIS) ??
		read(row, 'amountCents', CENTS);
	if (cents !== null || row.problem !== null) return cents ?? 0;
	return required(row, 'amount', REAIS, 'o valor (campo "amount" ou "valor", em reais, ou "amountCents")') ?? 0;
}

/** A mark without words counts: it says that a person must look; a "no" does not. */
function humanReasonOf(row: Row): string {
	const marked = read(row, 'humanReason', MARK) ?? false;
	return typeof marked === 'string' ? marked : marked ? 'sinalizada no ERP' : '';
}

/** A rate that the row leaves out stays the policy's. */
function chargesOf(row: Row): OwnCharges | null {
	const name = row.charges ? undefined : givenName(row.self, 'charges');
	if (name !== undefined)
		complain(row, name, row.self.object[name], 'não é um objeto', 'Use finePercent e monthlyInterestPercent.');
	const finePercent = read(row, 'finePercent', PERCENT, row.charges);
	const monthlyInterestPercent = read(row, 'monthlyInterestPercent', PERCENT, row.charges);
	return finePercent === null && monthlyInterestPercent === null ? null : { finePercent, monthlyInterestPercent };
}

// ---------------------------------------------------------------- helpers

/** null when it was not given, or when it is wrong, which is then the problem of the row. @param first asked before the row itself */
function read<T>(row: Row, field: Field, kind: Kind<T>, first: Source | null = null): T | null {
	return (
		(row.mapped && readFrom(row.mapped, row, field, kind)) ??
		(first && readFrom(first, row, field, kind)) ??
		readFrom(row.self, row, field, kind)
	);
}

function readFrom<T>(source: Source, row: Row, field: Field, kind: Kind<T>): T | null {
	const name = givenName(source, field);
	if (name === undefined) return null;
	const given = source.object[name];
	const value = kind.read(given);
	if (value !== undefined) return value;
	complain(row, source.prefix + name, given, kind.problem, kind.hint);
	return null;
}

function required<T>(row: Row, field: Field, kind: Kind<T>, what: string): T | null {
	const isGiven = [row.mapped, row.self].some((source) => source && givenName(source, field) !== undefined);
	if (!isGiven) row.problem ??= `Falta ${what}.`;
	return read(row, field, kind);
}

/** Under which name this object has a value for the field. */
function givenName({ object, namesOf }: Source, field: Field): string | undefined {
	const names = namesOf[field];
	if (names === undefined) return undefined;
	for (const name of names) {
		const value = object[name];
		if (value !== null && value !== undefined && (typeof value !== 'string' || /\S/.test(value))) return name;
	}
	return undefined;
}

function complain(row: Row, name: string, value: unknown, problem: string, hint: string): void {
	row.problem ??= `O campo "${name}" ${problem}: ${shown(value)}. ${hint}`;
}

function shown(value: unknown): string {
	const text =
		typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
