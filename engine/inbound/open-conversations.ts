import { randomBytes } from 'node:crypto';
import { initialTriageData, MACHINE_VERSION } from '../conversation/types';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { insertMany, oneOf, updateMany } from '../store/sql';

/** A contact on a channel whose conversation is wanted, with the address that wrote last. */
export interface ConversationSeat {
	channelId: string;
	contactId: string;
	address: string;
	at: Instant;
	/** Whether the contact wrote (moves the service window); false for a message typed on the phone. */
	inbound: boolean;
}

const seatKey = (channelId: string, contactId: string) => `${channelId} ${contactId}`;

/**
 * The conversation of each seat: the open one, else the one closed a moment ago whose grace window still runs (D-23),
 * else a new one in triage. Returns conversation ids by `channelId contactId`; "open or find" is one step (D-15).
 * On PostgreSQL the conversations found stay locked until the transaction ends, in the order every other change takes them.
 */
export async function openConversations(
	tx: Tx,
	dialect: Store['dialect'],
	seats: readonly ConversationSeat[],
	now: Instant,
): Promise<Map<string, string>> {
	const wanted = joinSeats(seats);
	const found = await findConversations(tx, dialect, wanted, now);
	const ids = new Map([...found].map(([key, row]) => [key, row.id]));
	const fresh = [...wanted].filter(([key]) => !found.has(key));
	const data = JSON.stringify(initialTriageData());
	const rows = fresh.map(([key, seat]) => {
		const row = freshRow(newId('cnv', now), seat, data, now);
		ids.set(key, row.id);
		return row;
	});
	await insertMany(tx, 'conversation', rows);
	// When and from which address the contact wrote last: the reply goes there. News that come late change nothing.
	const wrote = [...found].filter(([key, row]) => {
		const seat = wanted.get(key)!;
		return seat.inbound && seat.at >= (row.last_inbound_at ?? 0);
	});
	await updateMany(
		tx,
		'conversation',
		wrote.map(([key, row]) => ({
			id: row.id,
			last_inbound_at: wanted.get(key)!.at,
			address: wanted.get(key)!.address,
		})),
	);
	return ids;
}

/** One seat per contact and channel, with what was written last; a phone echo does not say from where the contact writes. */
function joinSeats(seats: readonly ConversationSeat[]): Map<string, ConversationSeat> {
	const joined = new Map<string, ConversationSeat>();
	for (const seat of seats) {
		const key = seatKey(seat.channelId, seat.contactId);
		const before = joined.get(key);
		const isLater = !before || (seat.inbound === before.inbound ? seat.at >= before.at : seat.inbound);
		if (isLater) joined.set(key, seat);
	}
	return joined;
}

async function findConversations(
	tx: Tx,
	dialect: Store['dialect'],
	wanted: ReadonlyMap<string, ConversationSeat>,
	now: Instant,
) {
	const found = new Map<string, { id: string; last_inbound_at: number | null }>();
	const contactIds = [...new Set([...wanted.values()].map((seat) => seat.contactId))];
	if (contactIds.length === 0) return found;
	const query = tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'contact_id', 'state', 'opened_at', 'last_inbound_at'])
		.where(oneOf(tx, 'contact_id', contactIds))
		.where((e) => e.or([e('state', '<>', 'resolved'), e('grace_until', '>', now)]))
		.orderBy('id');
	const rows = await (dialect === 'postgres' ? query.forUpdate() : query).execute();
	// Written last wins: the open one, before any that is only within its grace window, before older ones.
	const rank = (row: { state: string; opened_at: number }) => (row.state === 'resolved' ? 0 : 1e15) + row.opened_at;
	rows.sort((a, b) => rank(a) - rank(b));
	for (const row of rows) {
		const key = seatKey(row.channel_id, row.contact_id);
		if (wanted.has(key)) found.set(key, row);
	}
	return found;
}

function freshRow(id: string, seat: ConversationSeat, data: string, now: Instant) {
	return {
		id,
		channel_id: seat.channelId,
		contact_id: seat.contactId,
		address: seat.address,
		state: 'triage',
		queue: null,
		agent: null,
		protocol_number: protocolNumber(now),
		opened_at: now,
		updated_at: now,
		resolved_at: null,
		grace_until: null,
		bot_paused_until: null,
		last_inbound_at: seat.inbound ? seat.at : null,
		machine_version: MACHINE_VERSION,
		data,
	};
}

export function conversationOf(ids: Map<string, string>, channelId: string, contactId: string): string {
	return ids.get(seatKey(channelId, contactId))!;
}

const PROTOCOL_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const BRASILIA_OFFSET_MS = 3 * 3_600_000;

/** Short enough to read aloud: the day in Brasília and five characters without look-alikes, e.g. 261121-K7QM4. */
export function protocolNumber(now: Instant): string {
	const day = new Date(now - BRASILIA_OFFSET_MS).toISOString().slice(2, 10).replaceAll('-', '');
	let code = '';
	for (const byte of randomBytes(5)) code += PROTOCOL_ALPHABET[byte & 31];
	return `${day}-${code}`;
}
