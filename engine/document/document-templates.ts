/** Which words does a company's document have? One template per account and kind, another per creditor where it differs (C-05). */
import { readTaxId } from '../brazil/tax-id';
import { ConfigurationError } from '../errors';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { readContent, type DocumentContent, type DocumentKind } from './content';
import { DEFAULT_AGREEMENT } from './default-agreement';
import { DEFAULT_STATEMENT } from './default-statement';
import type { DocumentRefusal, Moment } from './facts';
import { inOneLine, type DataProblem } from './problems';
import type { RenderedDocument } from './render';
import { renderSample } from './sample';

export interface AppliedTemplate {
	content: DocumentContent;
	/** Whose it is: the creditor's own, the account's, or the one that is shipped. */
	from: 'creditor' | 'account' | 'default';
	updatedAt: Instant | null;
}

export type SetTemplateResult =
	| { ok: true; template: AppliedTemplate; sample: RenderedDocument }
	| (Omit<DocumentRefusal, 'code'> & { code: DocumentRefusal['code'] | 'documentTemplateInvalid' });

/** For all creditors. */
export const ACCOUNT = '';

const DEFAULTS: Record<DocumentKind, DocumentContent> = {
	agreement: DEFAULT_AGREEMENT,
	debtStatement: DEFAULT_STATEMENT,
};

/** The creditor's template, else the account's, else the default. @param creditor its key; '' = the account's */
export async function findDocumentTemplate(
	store: Store,
	kind: DocumentKind,
	creditor: string,
): Promise<AppliedTemplate> {
	const key = creditorKey(creditor);
	const rows = await store.read((db) =>
		db
			.selectFrom('document_template')
			.select(['creditor', 'content', 'updated_at'])
			.where('kind', '=', kind)
			.where('creditor', 'in', [key, ACCOUNT])
			.execute(),
	);
	const row = rows.find((each) => each.creditor === key) ?? rows[0];
	if (!row) return { content: DEFAULTS[kind], from: 'default', updatedAt: null };
	const from = row.creditor === ACCOUNT ? 'account' : 'creditor';
	return { content: stored(row.content, kind), from, updatedAt: Number(row.updated_at) };
}

/** Keeps a template that works. @param given an object or JSON */
export async function setDocumentTemplate(
	store: Store,
	{ kind, creditor, content: given }: { kind: DocumentKind; creditor: string; content: unknown },
	moment: Moment,
): Promise<SetTemplateResult> {
	const read = readContent(given);
	if (!read.ok) return invalidTemplate(read.problems);
	const { content } = read;
	const sample = await renderSample(kind, content, moment);
	if (!sample.ok) return sample;
	const { now } = moment;
	const key = creditorKey(creditor);
	const text = JSON.stringify(content);
	await store.transaction((tx) =>
		tx
			.insertInto('document_template')
			.values({ kind, creditor: key, content: text, created_at: now, updated_at: now })
			.onConflict((c) => c.columns(['kind', 'creditor']).doUpdateSet({ content: text, updated_at: now }))
			.execute(),
	);
	const from = key === ACCOUNT ? 'account' : 'creditor';
	return { ok: true, template: { content, from, updatedAt: now }, sample };
}

/** @returns whether there was one; what applies from now on is found by findDocumentTemplate */
export async function deleteDocumentTemplate(store: Store, kind: DocumentKind, creditor: string): Promise<boolean> {
	return store.transaction(async (tx) => {
		const deleted = await tx
			.deleteFrom('document_template')
			.where('kind', '=', kind)
			.where('creditor', '=', creditorKey(creditor))
			.executeTakeFirst();
		return Number(deleted.numDeletedRows) > 0;
	});
}

/** A CNPJ or CPF without punctuation; any other key as it is. */
export function creditorKey(creditor: string): string {
	const id = readTaxId(creditor);
	return id.ok ? id.digits : creditor.trim();
}

function invalidTemplate(problems: DataProblem[]): SetTemplateResult {
	const explanation = `O modelo do documento não serve (${inOneLine(problems)}). Corrija e grave de novo; nada foi mudado.`;
	return { ok: false, code: 'documentTemplateInvalid', explanation, problems };
}

function stored(text: string, kind: DocumentKind): DocumentContent {
	const read = readContent(text);
	if (read.ok) return read.content;
	throw new ConfigurationError(
		`The stored document template (${kind}) cannot be read: ${inOneLine(read.problems)}.`,
		'Set it again, or delete it to go back to the default.',
	);
}
