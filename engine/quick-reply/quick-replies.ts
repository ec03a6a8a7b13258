/** Which ready messages (mensagens prontas) has the company written? None exists until somebody creates one (B-73…B-79). */
import { ConfigurationError, NotFound, RuleBroken } from '../errors';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { fold } from '../text';
import { variablesOf } from './fill';

export interface QuickReply {
	id: string;
	/** Internal; never sent. Unique without regard to case and accents. */
	name: string;
	/** With its variables, at most 4,096 characters. */
	content: string;
	/** As written in the content, each once: '[Cliente]', '{{conversation.protocolNumber}}'. */
	variables: string[];
	createdAt: Instant;
	updatedAt: Instant;
}

const LONGEST_NAME = 100;
/** WhatsApp's limit for a text. */
const LONGEST_CONTENT = 4_096;

/** @throws ConfigurationError for an unusable name or content, RuleBroken when the name is taken */
export async function createQuickReply(
	store: Store,
	given: { name: string; content: string },
	now: Instant,
): Promise<QuickReply> {
	const [name, content] = [usableName(given.name), usableContent(given.content)];
	const id = newId('qrp', now);
	return store.transaction(async (tx) => {
		await refuseTakenName(tx, name, id);
		const row = { id, name, name_key: fold(name), content, created_at: now, updated_at: now };
		await tx.insertInto('quick_reply').values(row).execute();
		return toQuickReply(row);
	});
}

/** All of them in alphabetical order (B-77). */
export async function listQuickReplies(store: Store): Promise<QuickReply[]> {
	const rows = await store.read((db) => db.selectFrom('quick_reply').selectAll().execute());
	return rows.map(toQuickReply).sort((a, b) => ALPHABET.compare(a.name, b.name));
}

/** @param idOrName the name without regard to case and accents. @throws NotFound */
export async function getQuickReply(store: Store, idOrName: string): Promise<QuickReply> {
	return store.read((db) => find(db, idOrName));
}

/** What each of these ids or names stands for; those that are none are absent. */
export async function findQuickReplies(tx: Tx, idsOrNames: readonly string[]): Promise<Map<string, QuickReply>> {
	const wanted = [...new Set(idsOrNames)];
	if (wanted.length === 0) return new Map();
	const rows = await tx
		.selectFrom('quick_reply')
		.selectAll()
		.where((e) => e.or([oneOf(tx, 'id', wanted), oneOf(tx, 'name_key', wanted.map(fold))]))
		.execute();
	const byKey = new Map(rows.map((row) => [row.name_key, row]));
	const byId = new Map(rows.map((row) => [row.id, row]));
	return new Map(
		wanted.flatMap((each) => {
			const row = byId.get(each) ?? byKey.get(fold(each));
			return row ? [[each, toQuickReply(row)] as const] : [];
		}),
	);
}

/** Changes what is named, leaves the rest. @throws NotFound, ConfigurationError or RuleBroken */
export async function updateQuickReply(
	store: Store,
	idOrName: string,
	patch: { name?: string; content?: string },
	now: Instant,
): Promise<QuickReply> {
	return store.transaction(async (tx) => {
		const known = await find(tx, idOrName);
		const name = patch.name === undefined ? known.name : usableName(patch.name);
		const content = patch.content === undefined ? known.content : usableContent(patch.content);
		if (name === known.name && content === known.content) return known;
		await refuseTakenName(tx, name, known.id);
		const row = { name, name_key: fold(name), content, updated_at: now };
		await tx.updateTable('quick_reply').set(row).where('id', '=', known.id).execute();
		return toQuickReply({ ...row, id: known.id, created_at: known.createdAt });
	});
}

/** @throws NotFound */
export async function deleteQuickReply(store: Store, idOrName: string): Promise<QuickReply> {
	return store.transaction(async (tx) => {
		const known = await find(tx, idOrName);
		await tx.deleteFrom('quick_reply').where('id', '=', known.id).execute();
		return known;
	});
}

export async function quickReplyNames(db: Tx | Store['db']): Promise<string[]> {
	const rows = await db.selectFrom('quick_reply').select('name').execute();
	return rows.map(({ name }) => name).sort(ALPHABET.compare);
}

/** The error for a name that stands for nothing. */
export function noQuickReply(idOrName: string, names: readonly string[]): NotFound {
	return new NotFound(
		`There is no quick reply "${idOrName}".`,
		names.length > 0
			? `Quick replies there are: ${names.join(', ')}.`
			: 'None exists yet. Create one with WhatsApp Desk: Quick Reply: Create.',
		'quickReply',
	);
}

// Upper case, accents and numbers as people sort them.
const ALPHABET = new Intl.Collator('pt-BR', { numeric: true });

interface Row {
	id: string;
	name: string;
	content: string;
	created_at: number;
	updated_at: number;
}

function toQuickReply(row: Row): QuickReply {
	const { id, name, content } = row;
	const [createdAt, updatedAt] = [Number(row.created_at), Number(row.updated_at)];
	return { id, name, content, variables: variablesOf(content), createdAt, updatedAt };
}

async function find(db: Tx | Store['db'], idOrName: string): Promise<QuickReply> {
	const row = await db
		.selectFrom('quick_reply')
		.selectAll()
		.where((e) => e.or([e('id', '=', idOrName), e('name_key', '=', fold(idOrName))]))
		.executeTakeFirst();
	if (row) return toQuickReply(row);
	throw noQuickReply(idOrName, await quickReplyNames(db));
}

async function refuseTakenName(tx: Tx, name: string, id: string): Promise<void> {
	const taken = await tx
		.selectFrom('quick_reply')
		.select('name')
		.where('name_key', '=', fold(name))
		.where('id', '!=', id)
		.executeTakeFirst();
	if (!taken) return;
	throw new RuleBroken(
		'quickReplyNameTaken',
		`There already is a quick reply named "${taken.name}".`,
		'Choose another name, or edit the one that exists. Capitals and accents make no difference.',
	);
}

function usableName(given: string): string {
	const name = given.replace(/\s+/g, ' ').trim();
	if (fold(name) === '') {
		throw new ConfigurationError('A quick reply needs a name.', 'Enter a short name that agents recognise.', 'name');
	}
	if (name.length <= LONGEST_NAME) return name;
	throw new ConfigurationError(
		`The name has ${name.length} characters; at most ${LONGEST_NAME} are possible.`,
		'Choose a short name. It is internal and never sent; the text goes into the content.',
		'name',
	);
}

function usableContent(given: string): string {
	const content = given.trim();
	if (content === '') {
		throw new ConfigurationError('A quick reply needs a content.', 'Enter the text that customers receive.', 'content');
	}
	if (content.length <= LONGEST_CONTENT) return content;
	throw new ConfigurationError(
		`The content has ${content.length} characters; WhatsApp takes at most ${LONGEST_CONTENT} in one text.`,
		'Shorten it, or make two quick replies of it.',
		'content',
	);
}
