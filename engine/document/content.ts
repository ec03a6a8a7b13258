/**
 * How is a document worded? The template a supervisor edits: a list of simple blocks with wildcards, kept as JSON (C-01…C-05).
 * It holds words only: no images, no links, no files, so that nothing can be fetched while it is rendered.
 */
import { z } from 'zod/v4';
import { partySchema } from './data';
import { readable, type DataProblem } from './problems';

export const DOCUMENT_KINDS = ['agreement', 'debtStatement'] as const;

/** agreement: termo de acordo (C-01) · debtStatement: demonstrativo de débito, título original (C-02) */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const words = (most: number) => z.string({ error: 'deve ser um texto' }).max(most, `passa de ${most} caracteres`);
const line = words(4_000).min(1, 'está vazio');

const blockSchema = z
	.strictObject({
		title: line.optional(),
		heading: line.optional(),
		/** *bold* between asterisks; a line break is one. */
		paragraph: line.optional(),
		/** A paragraph in a box. */
		highlight: line.optional(),
		/** The receivables with their charges, or the instalments of an agreement. */
		table: z.enum(['titulos', 'parcelas'], { error: 'deve ser "titulos" ou "parcelas"' }).optional(),
		/** Rows of a name and a text; a row whose wildcards have no value is left out. */
		facts: z
			.array(z.tuple([words(80), line], { error: 'cada linha é ["nome", "texto"]' }), { error: 'deve ser uma lista' })
			.min(1, 'está vazio')
			.max(40, 'passa de 40 linhas')
			.optional(),
		/** What stands under each line to sign on; a line of text whose wildcards have no value is left out. */
		signatures: z.array(line, { error: 'deve ser uma lista de textos' }).min(1, 'está vazio').max(8).optional(),
		/** The block is there only when this wildcard has a value, e.g. "ENTRADA". */
		when: words(80).optional(),
		/** The block is left out when this wildcard has a value. */
		unless: words(80).optional(),
	})
	.refine((block) => Object.keys(block).filter((key) => key !== 'when' && key !== 'unless').length === 1, {
		error: 'deve ter um só conteúdo: title, heading, paragraph, highlight, table, facts ou signatures',
	});

const contentSchema = z.strictObject({
	blocks: z.array(blockSchema, { error: 'deve ser uma lista' }).min(1, 'está vazio').max(200, 'passa de 200 blocos'),
	/** At the foot of every page; '' = the page number only. */
	footer: words(300).default(''),
	/** Who signs where the data names nobody (C-03). */
	signedBy: words(120).default(''),
	/** Who is owed, so that the data need not say it each time; the data comes first. */
	creditor: partySchema.nullable().default(null),
	/** Names of wildcards of the company's own, whose values come in the data under "fields". */
	fields: z.array(words(80).min(1, 'está vazio')).max(50).default([]),
});

export type DocumentBlock = z.infer<typeof blockSchema>;
export type DocumentContent = z.infer<typeof contentSchema>;

export type ContentReading = { ok: true; content: DocumentContent } | { ok: false; problems: DataProblem[] };

/** @param given an object, or its JSON as text */
export function readContent(given: unknown): ContentReading {
	const value = typeof given === 'string' ? parsed(given) : given;
	if (value === undefined) {
		return {
			ok: false,
			problems: [{ field: '', explanation: 'O texto não é um JSON válido. Confira vírgulas e aspas.' }],
		};
	}
	const read = contentSchema.safeParse(value);
	return read.success ? { ok: true, content: read.data } : { ok: false, problems: readable(read.error) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
