/**
 * Does a contact want to hear from the company? What was said is kept here with its proof; the outbox reads the same table at
 * the moment of sending (D-35). Changes belong to the caller's transaction and come back as timeline lines.
 */
import type { Selectable } from 'kysely';
import type { Instant } from '../model';
import type { Db, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { insertMany, oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

/** `all`: no message on the company's initiative · `marketing`: no marketing. Answers in a conversation go on in both. */
export type OptOutScope = 'all' | 'marketing';

export interface Consent {
	/** Since when the contact wants no message at all; null = wants or never said. */
	optedOutAt: Instant | null;
	marketingStoppedAt: Instant | null;
	optedInAt: Instant | null;
	/** Where the opt-in is written down, in a person's words. */
	proof: string | null;
}

/** Nobody said anything yet. */
export const NO_CONSENT: Consent = { optedOutAt: null, marketingStoppedAt: null, optedInAt: null, proof: null };

export interface Change {
	/** False when it was so already, or when a later word of the contact says otherwise. */
	changed: boolean;
	consent: Consent;
	lines: TimelineLine[];
}

/** What each contact said; who never said anything is not in the map. */
export async function consentOf(db: Db | Tx, contactIds: readonly string[]): Promise<Map<string, Consent>> {
	if (contactIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('consent')
		.selectAll()
		.where(oneOf(db, 'contact_id', [...new Set(contactIds)]))
		.execute();
	return new Map(rows.map((row) => [row.contact_id, toConsent(row)]));
}

/**
 * Takes an opt-out down.
 * @param how where it came from, in Portuguese, e.g. "respondeu PARAR"; stands in the timeline
 * @param at when the contact said it
 */
export async function recordOptOut(
	tx: Tx,
	contactId: string,
	scope: OptOutScope,
	how: string,
	at: Instant,
): Promise<Change> {
	await hold(tx, [contactId]);
	const known = (await consentOf(tx, [contactId])).get(contactId) ?? NO_CONSENT;
	const field = scope === 'all' ? 'optedOutAt' : 'marketingStoppedAt';
	const consent = { ...known, [field]: latest(known[field], at) };
	await save(tx, contactId, consent, at);
	const changed = known[field] === null;
	return { changed, consent, lines: changed ? [outLine(contactId, scope, how, at)] : [] };
}

/**
 * Takes an opt-in down; it ends every opt-out said before it. One that is older than the contact's last opt-out is kept as
 * a record and opens nothing.
 * @param proof where the consent is written down (LGPD art. 8 §2), e.g. "formulário do site em 02/11/2026"
 */
export async function recordOptIn(tx: Tx, contactId: string, proof: string, at: Instant): Promise<Change> {
	await hold(tx, [contactId]);
	const known = (await consentOf(tx, [contactId])).get(contactId) ?? NO_CONSENT;
	const consent: Consent = {
		optedOutAt: stillAfter(known.optedOutAt, at),
		marketingStoppedAt: stillAfter(known.marketingStoppedAt, at),
		...(known.optedInAt !== null && known.optedInAt > at
			? { optedInAt: known.optedInAt, proof: known.proof }
			: { optedInAt: at, proof }),
	};
	await save(tx, contactId, consent, at);
	const outweighed = consent.optedOutAt !== null;
	const repeated = known.optedInAt === at && known.proof === proof;
	const text = outweighed
		? `Consentimento anotado (${proof}), mas o contato pediu depois para não receber mensagens: o descadastro continua.`
		: `O contato aceitou receber mensagens: ${proof}.`;
	const line = { event: 'optedIn', at, contactId, text, data: { proof, outweighed } };
	return { changed: !outweighed && !repeated, consent, lines: repeated ? [] : [line] };
}

/** WhatsApp itself says that these contacts stopped the company's marketing (131050, user_preferences). */
export async function stopMarketing(
	tx: Tx,
	contactIds: readonly string[],
	how: string,
	at: Instant,
): Promise<TimelineLine[]> {
	const known = await consentOf(tx, contactIds);
	const news = [...new Set(contactIds)].filter((id) => (known.get(id)?.marketingStoppedAt ?? null) === null).sort();
	const columns = { opted_out_at: null, marketing_out_at: at, opted_in_at: null, proof: null, updated_at: at };
	await insertMany(
		tx,
		'consent',
		news.map((contact_id) => ({ contact_id, ...columns })),
		'on conflict (contact_id) do update set marketing_out_at = excluded.marketing_out_at, updated_at = excluded.updated_at',
	);
	return news.map((contactId) => outLine(contactId, 'marketing', how, at));
}

/** WhatsApp says that the contact wants marketing again; a stop said later, or an opt-out from everything, stays. */
export async function resumeMarketing(tx: Tx, contactId: string, how: string, at: Instant): Promise<TimelineLine[]> {
	await hold(tx, [contactId]);
	const known = (await consentOf(tx, [contactId])).get(contactId);
	if (!known || known.marketingStoppedAt === null || known.marketingStoppedAt > at) return [];
	await save(tx, contactId, { ...known, marketingStoppedAt: null }, at);
	const text = `O contato voltou a aceitar promoções: ${how}.`;
	return [{ event: 'marketingResumed', at, contactId, text, data: { how } }];
}

/** Two contacts turned out to be one: whatever either of them refused stays refused. */
export async function moveConsent(tx: Tx, keep: string, gone: string, now: Instant): Promise<void> {
	await hold(tx, [keep, gone]);
	const both = await consentOf(tx, [keep, gone]);
	const moved = both.get(gone);
	if (!moved) return;
	const own = both.get(keep) ?? NO_CONSENT;
	const newer = (moved.optedInAt ?? 0) > (own.optedInAt ?? 0) ? moved : own;
	const joined: Consent = {
		optedOutAt: latest(own.optedOutAt, moved.optedOutAt),
		marketingStoppedAt: latest(own.marketingStoppedAt, moved.marketingStoppedAt),
		optedInAt: newer.optedInAt,
		proof: newer.proof,
	};
	await save(tx, keep, joined, now);
	await tx.deleteFrom('consent').where('contact_id', '=', gone).execute();
}

// ---------------------------------------------------------------- private

function outLine(contactId: string, scope: OptOutScope, how: string, at: Instant): TimelineLine {
	return scope === 'all'
		? {
				event: 'optedOut',
				at,
				contactId,
				text: `O contato não quer mais receber mensagens da empresa: ${how}. Atendimentos continuam.`,
				data: { scope, how },
			}
		: {
				event: 'marketingStopped',
				at,
				contactId,
				text: `O contato não quer mais receber promoções: ${how}.`,
				data: { scope, how },
			};
}

/** One change of a contact's consent at a time: an opt-in must not overwrite the opt-out that arrives at the same moment. */
async function hold(tx: Tx, contactIds: readonly string[]): Promise<void> {
	for (const id of [...contactIds].sort()) {
		await tx
			.updateTable('contact')
			.set((e) => ({ id: e.ref('id') }))
			.where('id', '=', id)
			.execute();
	}
}

async function save(tx: Tx, contactId: string, consent: Consent, at: Instant): Promise<void> {
	const row = {
		opted_out_at: consent.optedOutAt,
		marketing_out_at: consent.marketingStoppedAt,
		opted_in_at: consent.optedInAt,
		proof: consent.proof,
		updated_at: at,
	};
	await tx
		.insertInto('consent')
		.values({ contact_id: contactId, ...row })
		.onConflict((c) => c.column('contact_id').doUpdateSet(row))
		.execute();
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function stillAfter(out: Instant | null, optedInAt: Instant): Instant | null {
	return out !== null && out > optedInAt ? out : null;
}

function toConsent(row: Selectable<Database['consent']>): Consent {
	const instant = (value: number | null) => (value === null ? null : Number(value));
	return {
		optedOutAt: instant(row.opted_out_at),
		marketingStoppedAt: instant(row.marketing_out_at),
		optedInAt: instant(row.opted_in_at),
		proof: row.proof,
	};
}
