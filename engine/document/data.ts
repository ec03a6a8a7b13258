/**
 * What goes into a document, made sure of? Data comes from ERPs and customers: every text is cut to a length and to one line,
 * every amount is whole cents, every date exists.
 */
import { z } from 'zod/v4';
import { readReais } from '../brazil/money';
import { isDateText } from '../business-hours/dates';
import { readable, type DataProblem } from './problems';

const words = (most: number) =>
	z
		.union([z.string(), z.number().transform(String)], { error: 'deve ser um texto' })
		.transform((text) => text.replace(/\s+/g, ' ').trim())
		.pipe(z.string().max(most, `passa de ${most} caracteres`));
const required = (most: number) => words(most).pipe(z.string().min(1, 'está vazio'));
const optional = (most: number) =>
	words(most)
		.nullish()
		.transform((text) => text || null);
const cents = z
	.number({ error: 'deve ser um valor em centavos, como 45990, ou em reais sem "Cents" no nome, como "459,90"' })
	.int('deve ter centavos inteiros')
	.min(0, 'não pode ser negativo')
	.max(999_999_999_999, 'é alto demais');
const optionalCents = cents.nullish().transform((value) => value ?? null);
const date = z
	.string({ error: 'deve ser uma data AAAA-MM-DD' })
	.refine(isDateText, 'não é uma data que exista; escreva AAAA-MM-DD');
const optionalDate = date.nullish().transform((value) => value ?? null);
const percent = z.number({ error: 'deve ser um percentual, como 2' }).min(0).max(1000);

/** A text without an offset would mean another instant on another machine. */
const instant = z
	.union([z.number(), z.string().transform((text) => (/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? Date.parse(text) : NaN))])
	.refine((at) => Number.isFinite(at) && Math.abs(at) < 8.64e15, 'deve ser data e hora como 2026-11-21T14:30:12-03:00');

/** `amount: "459,90"` stands for `amountCents: 45990`: ERPs write reais. */
function withCents<S extends z.ZodType>(schema: S, names: string[]) {
	return z.preprocess((given) => {
		if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
		const value: Record<string, unknown> = { ...given };
		for (const name of names) {
			if (value[`${name}Cents`] === undefined && value[name] !== undefined && value[name] !== null)
				value[`${name}Cents`] = readReais(value[name]) ?? value[name];
		}
		return value;
	}, schema);
}

const chargesSchema = z.object({ finePercent: percent.default(0), monthlyInterestPercent: percent.default(0) });

const titleSchema = withCents(
	z.object({
		number: required(80),
		issuedOn: optionalDate,
		dueDate: date,
		amountCents: cents,
		/** Absent = reckoned from `charges`. */
		fineCents: optionalCents,
		interestCents: optionalCents,
		discountCents: optionalCents,
		paidCents: optionalCents,
		/** When given, it must be what the others come to. */
		updatedCents: optionalCents,
	}),
	['amount', 'fine', 'interest', 'discount', 'paid', 'updated'],
);

const instalmentSchema = withCents(z.object({ number: z.number().int().min(0), dueDate: date, amountCents: cents }), [
	'amount',
]);

const agreementSchema = withCents(
	z.object({
		/** Off the updated total. */
		discountCents: optionalCents,
		downPaymentCents: optionalCents,
		/** Reckoned unless `instalments` are given; see engine/brazil/instalments. */
		count: z.number().int().min(1).max(120).nullish(),
		firstDueDate: optionalDate,
		monthlyRatePercent: percent.nullish(),
		/** Number 0 is the down payment. */
		instalments: z.array(instalmentSchema).max(121).nullish(),
		/** What a late instalment costs. */
		lateCharges: chargesSchema.nullish(),
		/** So many missed instalments make the rest due at once. */
		earlyMaturityAfter: z.number().int().min(1).max(120).nullish(),
		validUntil: optionalDate,
	}),
	['discount', 'downPayment'],
);

/** A company or a person; '' = not given. */
export const partySchema = z.object({
	name: words(200).default(''),
	document: words(40)
		.nullish()
		.transform((text) => text ?? ''),
	address: words(300)
		.nullish()
		.transform((text) => text ?? ''),
	phone: optional(40),
	email: optional(120),
});

const nobody = { name: '', document: '', address: '' };

const dataSchema = z.object({
	/** Of the agreement or statement; required for an agreement. */
	number: optional(60),
	/** Amounts are reckoned to this day; default today. */
	asOf: optionalDate,
	/** Of the document; default today. */
	issuedOn: optionalDate,
	/** City, e.g. "São Paulo". */
	place: optional(80),
	creditor: partySchema.default({ ...nobody, phone: null, email: null }),
	debtor: partySchema.default({ ...nobody, phone: null, email: null }),
	/** Who signs for the creditor (C-03). */
	signedBy: optional(120),
	titles: z
		.array(titleSchema, { error: 'deve ser uma lista de títulos' })
		.min(1, 'não tem nenhum título')
		.max(2_000, 'passa de 2.000 títulos'),
	/** By contract, for titles without fine and interest of their own; default 0. */
	charges: chargesSchema.nullish(),
	agreement: agreementSchema.nullish(),
	/** The customer's own words of acceptance: message id, text, instant (ISO 8601 or epoch milliseconds). */
	acceptance: z
		.object({
			messageId: required(200),
			text: required(1_000),
			at: instant,
		})
		.nullish(),
	/** Values of the template's own wildcards. */
	fields: z.record(z.string(), words(1_000)).nullish(),
});

/** As a workflow gives it; see the schema's comments. */
export type DocumentDataInput = z.input<typeof dataSchema>;
export type DocumentData = z.infer<typeof dataSchema>;
export type DocumentTitle = DocumentData['titles'][number];

export type DataReading = { ok: true; data: DocumentData } | { ok: false; problems: DataProblem[] };

/** @param given an object; more than is known is left aside, because items carry other things too */
export function readDocumentData(given: unknown): DataReading {
	const read = dataSchema.safeParse(given);
	return read.success ? { ok: true, data: read.data } : { ok: false, problems: readable(read.error) };
}
