import { learnPairs } from '../contact/learn-pairs';
import { resolveContacts } from '../contact/resolve-contacts';
import { expectFiles } from '../media/expect-files';
import type { AccountEvent, EchoEvent, InboundEvent, Instant, MessageEvent, StatusEvent } from '../model';
import type { Store, Tx } from '../store/open-store';
import { insertMany, lockOrder, oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { claimOf } from './claims';
import { followIdentity, pairIn } from './follow-identity';
import { followPreferences } from './follow-preferences';
import { hearConsent, type Said } from './hear-consent';
import { personOf, spokenRow, statusRow } from './inbound-row';
import { conversationOf, openConversations } from './open-conversations';
import { reminderReplies } from './reminder-replies';
import { linesOfReplies } from './reply-lines';
import { takeTestMessages } from './test-listeners';
import { linesOfUnopened } from './unopened-lines';
import { wantedEvents } from './wanted-events';

/** An event and the channel it came through. */
export interface Arrival {
	channelId: string;
	event: InboundEvent;
}

/** What became of an arrival: a new row · one that was there already · noted elsewhere, or nothing to store. */
export type Fate = 'stored' | 'duplicate' | 'noted';

/** What a stored batch means to the rest of the engine; everything here is new (not seen before). */
export interface Ingested {
	/** One for each arrival, in their order. */
	fates: Fate[];
	/** How many rows were stored. */
	rows: number;
	/** How many files are to be fetched. */
	files: number;
	/** How many confirmations of an opt-out or opt-in wait to be sent. */
	confirmations: number;
	/** Who wrote on which channel. */
	wrote: Array<{ channelId: string; contactId: string }>;
	echoes: Array<{ channelId: string; contactId: string; conversationId: string; event: EchoEvent }>;
	/** Statuses are always returned: applying one twice changes nothing. */
	statuses: Array<{ channelId: string; event: StatusEvent }>;
	lines: TimelineLine[];
}

type Claimed<E extends InboundEvent = InboundEvent> = { channelId: string; event: E; claim: string; at: number };

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
	const result: Ingested = {
		fates: arrivals.map(() => 'noted'),
		rows: 0,
		files: 0,
		confirmations: 0,
		wrote: [],
		echoes: [],
		statuses: [],
		lines: [],
	};
	const wants = await wantedEvents(tx);
	const candidates = arrivals.map((arrival, at) => ({
		...arrival,
		claim: claimOf(arrival.channelId, arrival.event),
		at,
	}));
	for (const { channelId, event } of candidates)
		if (event.type === 'status') result.statuses.push({ channelId, event });
	const fresh = await takeFresh(
		tx,
		candidates.filter(({ channelId, event }) => event.type !== 'status' || wants(channelId, 'status')),
		result.fates,
	);
	for (const each of fresh) {
		const { channelId, event, claim } = each;
		if (event.type === 'identity' && !pairIn(event))
			result.lines.push(...(await followIdentity(tx, channelId, event, claim, now)));
		if (event.type === 'account') result.lines.push(accountLine(channelId, event, claim));
	}
	const pairs = fresh.flatMap(({ event }) => (event.type === 'identity' && pairIn(event)) || []);
	if (pairs.length > 0) result.lines.push(...(await learnPairs(tx, pairs, now)));
	result.lines.push(...(await followPreferences(tx, fresh.filter(isAccount), now)));

	const spoken = fresh.filter(isSpoken).sort((a, b) => a.event.sentAt - b.event.sentAt);
	const people = spoken.map(({ event }) => personOf(event));
	const { contacts, lines } = await resolveContacts(tx, people, now);
	result.lines.push(...lines);
	const contactIds = people.map((person) => contacts.get(person)!.id);
	const seats = spoken.map(({ channelId, event }, i) => ({
		channelId,
		contactId: contactIds[i]!,
		address: people[i]!.address,
		at: Math.min(event.sentAt, now),
		inbound: event.type === 'message',
	}));
	const conversations = await openConversations(tx, dialect, seats, now);
	const placed = spoken.map(({ channelId, event, claim }, i) => {
		const contactId = contactIds[i]!;
		const conversationId = conversationOf(conversations, channelId, contactId);
		if (event.type === 'echo') result.echoes.push({ channelId, contactId, conversationId, event });
		return { channelId, contactId, conversationId, event, claim };
	});
	const said = placed.filter((each): each is Said => each.event.type === 'message');
	result.wrote = said.map(({ channelId, contactId }) => ({ channelId, contactId }));
	const heard = await hearConsent(tx, said, now);
	result.lines.push(...heard.lines);
	result.confirmations = heard.confirmations;
	const consents = new Map(said.map(({ claim }, i) => [claim, heard.news[i]!]));
	const hearsReplies = (channelId: string) => wants(channelId, 'reminderReply');
	const reminders = await reminderReplies(tx, said, hearsReplies, now);
	result.lines.push(...linesOfReplies(said, reminders, now), ...linesOfUnopened(said, now));
	const rows = placed.map(({ channelId, event, claim, ...seat }) => {
		const reminder = reminders.get(claim) ?? null;
		const row = spokenRow(channelId, event, claim, { ...seat, consent: consents.get(claim) ?? null, reminder }, now);
		// Whoever takes the answers to reminders gets it, and nobody else.
		return reminder && hearsReplies(channelId) ? { ...row, kind: 'reminderReply' } : row;
	});
	result.files = await expectFiles(
		tx,
		placed.map(({ channelId, event }, i) => ({ inboundId: rows[i]!.id, channelId, media: event.content.media })),
		now,
	);
	await takeTestMessages(tx, rows, contacts, now);
	const reports = fresh.filter(isReport).map((r) => statusRow(r.channelId, r.event, r.claim, now));
	for (const { at } of spoken) result.fates[at] = 'stored';

	if (rows.length + reports.length > 0) await lockOrder(tx, dialect, 'inbound');
	// No "on conflict do nothing": if another process stored one meanwhile, the whole transaction runs again and sees it.
	await insertMany(tx, 'inbound', [...rows, ...reports]);
	result.rows = rows.length + reports.length;
	return result;
}

/** Those that were not stored before; the first of several equal ones counts. Account news are told once by their timeline key. */
async function takeFresh(tx: Tx, candidates: readonly Claimed[], fates: Fate[]): Promise<Claimed[]> {
	const asked = candidates.filter(({ event }) => event.type !== 'account').map(({ claim }) => claim);
	const known = new Set<string>();
	if (asked.length > 0) {
		const rows = await tx
			.selectFrom('inbound')
			.select('claim')
			.where(oneOf(tx, 'claim', asked))
			.execute();
		for (const row of rows) known.add(row.claim);
	}
	return candidates.filter(({ claim, at }) => {
		if (known.has(claim)) {
			fates[at] = 'duplicate';
			return false;
		}
		known.add(claim);
		return true;
	});
}

function isSpoken(each: Claimed): each is Claimed<MessageEvent | EchoEvent> {
	return each.event.type === 'message' || each.event.type === 'echo';
}

function isReport(each: Claimed): each is Claimed<StatusEvent> {
	return each.event.type === 'status';
}

function isAccount(each: Claimed): each is Claimed<AccountEvent> {
	return each.event.type === 'account';
}

function accountLine(channelId: string, event: Extract<InboundEvent, { type: 'account' }>, key: string): TimelineLine {
	return { event: 'account', at: event.at, channelId, text: event.summary, data: { field: event.field }, key };
}
