import { resolveContacts } from '../contact/resolve-contacts';
import { newId } from '../ids';
import type { Contact, EchoEvent, InboundEvent, Instant, MessageEvent, Sender, StatusEvent } from '../model';
import type { Store, Tx } from '../store/open-store';
import { insertMany, lockOrder, oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { claimOf } from './claims';
import { followIdentity } from './follow-identity';
import { conversationOf, openConversations } from './open-conversations';
import { takeTestMessages } from './test-listeners';

/** An event and the channel it came through. */
export interface Arrival {
	channelId: string;
	event: InboundEvent;
}

/** What a stored batch means to the rest of the engine; everything here is new (not seen before). */
export interface Ingested {
	/** How many messages and echoes were stored, for the record. */
	stored: number;
	duplicates: number;
	echoes: Array<{ channelId: string; contactId: string; conversationId: string; event: EchoEvent }>;
	/** Statuses are always returned: applying one twice changes nothing. */
	statuses: Array<{ channelId: string; event: StatusEvent }>;
	lines: TimelineLine[];
}

/**
 * Stores what arrived, once: messages and echoes become inbound rows with their contact and conversation,
 * identity changes are followed, account news become timeline lines. Statuses become rows only where a trigger asked for them
 * (D-01), so that a delivery report never starts a run by itself.
 */
export async function ingest(
	tx: Tx,
	dialect: Store['dialect'],
	arrivals: readonly Arrival[],
	now: Instant,
): Promise<Ingested> {
	const result: Ingested = { stored: 0, duplicates: 0, echoes: [], statuses: [], lines: [] };
	const wanted = await wantedEvents(tx);
	const fresh: Array<Arrival & { claim: string }> = [];
	const candidates = arrivals.map((arrival) => ({ ...arrival, claim: claimOf(arrival.channelId, arrival.event) }));
	// Account news are told once by their timeline key; statuses need a claim only where they become rows.
	const claims = candidates.filter((c) => (c.event.type === 'status' ? wants(wanted, c) : c.event.type !== 'account'));
	const claimed = await alreadyClaimed(
		tx,
		claims.map((c) => c.claim),
	);
	for (const candidate of candidates) {
		if (candidate.event.type === 'status')
			result.statuses.push({ channelId: candidate.channelId, event: candidate.event });
		if (claimed.has(candidate.claim)) {
			result.duplicates++;
			continue;
		}
		claimed.add(candidate.claim);
		fresh.push(candidate);
	}

	for (const { channelId, event, claim } of fresh) {
		if (event.type === 'identity') result.lines.push(...(await followIdentity(tx, channelId, event, claim, now)));
		if (event.type === 'account') {
			result.lines.push({
				event: 'account',
				at: event.at,
				channelId,
				text: event.summary,
				data: { field: event.field },
				key: claimOf(channelId, event),
			});
		}
	}

	const spoken = fresh.filter(
		(f): f is Arrival & { claim: string; event: MessageEvent | EchoEvent } =>
			f.event.type === 'message' || f.event.type === 'echo',
	);
	const { contacts, lines } = await resolveContacts(
		tx,
		spoken.map((s) => personOf(s.event)),
		now,
	);
	result.lines.push(...lines);
	const conversations = await openConversations(
		tx,
		dialect,
		spoken.map(({ channelId, event }) => ({
			channelId,
			contactId: contactOf(contacts, event).id,
			address: personOf(event).address,
			at: event.sentAt,
			inbound: event.type === 'message',
		})),
		now,
	);
	const rows = spoken.map(({ channelId, event, claim }) => {
		const contactId = contactOf(contacts, event).id;
		const conversationId = conversationOf(conversations, channelId, contactId);
		if (event.type === 'echo') result.echoes.push({ channelId, contactId, conversationId, event });
		return inboundRow(channelId, event, claim, now, contactId, conversationId, personOf(event).address);
	});
	const statusRows = fresh
		.filter((f): f is Arrival & { claim: string; event: StatusEvent } => f.event.type === 'status' && wants(wanted, f))
		.map(({ channelId, event, claim }) => ({
			...baseRow(channelId, 'status', claim, now),
			sent_at: event.at,
			provider_message_id: event.providerMessageId,
			content: JSON.stringify({
				status: event.status,
				outboxId: event.outboxId,
				error: event.error,
				pricing: event.pricing,
			}),
		}));

	await takeTestMessages(tx, rows, contacts, now);
	if (rows.length + statusRows.length > 0) await lockOrder(tx, dialect, 'inbound');
	// No "on conflict do nothing": if another process stored one meanwhile, the whole transaction runs again and sees it.
	await insertMany(tx, 'inbound', [...rows, ...statusRows]);
	result.stored = rows.length;
	return result;
}

type InboundRow = ReturnType<typeof inboundRow>;
export type { InboundRow };

function inboundRow(
	channelId: string,
	event: MessageEvent | EchoEvent,
	claim: string,
	now: Instant,
	contactId: string,
	conversationId: string,
	address: string,
) {
	return {
		...baseRow(channelId, event.type, claim, now),
		contact_id: contactId,
		conversation_id: conversationId,
		address,
		sent_at: event.sentAt,
		provider_message_id: event.providerMessageId,
		content: JSON.stringify({
			...event.content,
			quotedMessageId: event.type === 'message' ? event.quotedMessageId : null,
		}),
		raw: JSON.stringify(event.raw ?? null),
	};
}

function baseRow(channelId: string, kind: string, claim: string, now: Instant) {
	return {
		id: newId('msg', now),
		claim,
		kind,
		channel_id: channelId,
		contact_id: null as string | null,
		conversation_id: null as string | null,
		provider_message_id: null as string | null,
		address: null as string | null,
		sent_at: now,
		received_at: now,
		content: '{}',
		raw: null as string | null,
		test_listener: null as string | null,
		workflow_id: null as string | null,
	};
}

function personOf(event: MessageEvent | EchoEvent): Sender {
	return event.type === 'message' ? event.sender : event.recipient;
}

function contactOf(contacts: Map<Sender, Contact>, event: MessageEvent | EchoEvent): Contact {
	return contacts.get(personOf(event))!;
}

async function alreadyClaimed(tx: Tx, claims: readonly string[]): Promise<Set<string>> {
	if (claims.length === 0) return new Set();
	const rows = await tx
		.selectFrom('inbound')
		.select('claim')
		.where(oneOf(tx, 'claim', claims))
		.execute();
	return new Set(rows.map((row) => row.claim));
}

function wants(wanted: Map<string, Set<string>>, { channelId, event }: Arrival): boolean {
	return wanted.get(channelId)?.has(event.type) ?? false;
}

/** Which kinds of events the live triggers of each channel ask for. */
async function wantedEvents(tx: Tx): Promise<Map<string, Set<string>>> {
	const wanted = new Map<string, Set<string>>();
	const rows = await tx
		.selectFrom('consumer')
		.select(['channel_id', 'events'])
		.where('source', '=', 'inbound')
		.where('closed_at', 'is', null)
		.execute();
	for (const { channel_id, events } of rows) {
		if (!channel_id) continue;
		const set = wanted.get(channel_id) ?? new Set();
		for (const event of JSON.parse(events) as string[]) set.add(event);
		wanted.set(channel_id, set);
	}
	return wanted;
}
