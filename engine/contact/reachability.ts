/**
 * Is somebody on WhatsApp? The official API has no check (V-10): what is known comes from messages, delivery reports and
 * refusals that were stored. The latest of them counts.
 */
import type { Instant } from '../model';
import type { Db, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';

export type Reachability =
	/** A message came from there or arrived there. */
	| { status: 'confirmed'; since: Instant; by: 'message' | 'delivery' }
	/** WhatsApp refused a message with 131026: no account there, terms not accepted, or a very old app. */
	| { status: 'notOnWhatsApp'; since: Instant; by: 'refusal' }
	| { status: 'unknown'; since: null; by: null };

/** Meta: "message undeliverable". */
export const NOT_ON_WHATSAPP = '131026';
/** A linked device asks before it sends. */
const NOT_FOUND_BEFORE_SENDING = 'notOnWhatsApp';

const UNKNOWN: Reachability = { status: 'unknown', since: null, by: null };

/** By contact id; every id gets an answer. */
export async function reachabilityOf(db: Db | Tx, contactIds: readonly string[]): Promise<Map<string, Reachability>> {
	const found = new Map<string, Reachability>(contactIds.map((id) => [id, UNKNOWN]));
	if (contactIds.length === 0) return found;
	const learn = (id: string, news: Reachability) => {
		const known = found.get(id);
		if (known && news.since !== null && (known.since === null || news.since > known.since)) found.set(id, news);
	};
	for (const [id, since] of await lastInboundOf(db, contactIds)) {
		learn(id, { status: 'confirmed', since, by: 'message' });
	}
	const arrived = await db
		.selectFrom('outbox')
		.select((e) => ['contact_id', e.fn.max('delivery_at').as('at')])
		.where(oneOf(db, 'contact_id', contactIds))
		.where('delivery', 'in', ['delivered', 'read', 'played'])
		.groupBy('contact_id')
		.execute();
	for (const { contact_id, at } of arrived) {
		learn(contact_id, { status: 'confirmed', since: Number(at), by: 'delivery' });
	}
	const refused = await db
		.selectFrom('outbox')
		.select((e) => ['contact_id', e.fn.max('finished_at').as('at')])
		.where(oneOf(db, 'contact_id', contactIds))
		.where('error_code', 'in', [NOT_ON_WHATSAPP, NOT_FOUND_BEFORE_SENDING])
		.where('finished_at', 'is not', null)
		.groupBy('contact_id')
		.execute();
	for (const { contact_id, at } of refused) {
		learn(contact_id, { status: 'notOnWhatsApp', since: Number(at), by: 'refusal' });
	}
	return found;
}

/** When each contact last wrote, to whichever number; who never did is not in it. */
export async function lastInboundOf(db: Db | Tx, contactIds: readonly string[]): Promise<Map<string, Instant>> {
	if (contactIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('conversation')
		.select((e) => ['contact_id', e.fn.max('last_inbound_at').as('at')])
		.where(oneOf(db, 'contact_id', contactIds))
		.where('last_inbound_at', 'is not', null)
		.groupBy('contact_id')
		.execute();
	return new Map(rows.map(({ contact_id, at }) => [contact_id, Number(at)]));
}
