import { randomBytes } from 'node:crypto';
import { initialTriageData, MACHINE_VERSION } from '../conversation/types';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { chunks, updateMany } from '../store/sql';

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
 */
export async function openConversations(
	tx: Tx,
	seats: readonly ConversationSeat[],
	now: Instant,
): Promise<Map<string, string>> {
	const byKey = new Map<string, ConversationSeat>();
	for (const seat of seats) {
		const key = seatKey(seat.channelId, seat.contactId);
		const before = byKey.get(key);
		byKey.set(key, {
			...seat,
			at: Math.max(seat.at, before?.at ?? 0),
			inbound: seat.inbound || (before?.inbound ?? false),
		});
	}
	const ids = new Map<string, string>();
	const contactIds = [...new Set(seats.map((s) => s.contactId))];
	for (const part of chunks(contactIds)) {
		const rows = await tx
			.selectFrom('conversation')
			.select(['id', 'channel_id', 'contact_id', 'state'])
			.where('contact_id', 'in', part)
			.where((e) => e.or([e('state', '<>', 'resolved'), e('grace_until', '>', now)]))
			.orderBy('opened_at')
			.execute();
		// The open one is written last and wins over one that is only within its grace window.
		for (const row of rows.filter((r) => r.state === 'resolved'))
			ids.set(seatKey(row.channel_id, row.contact_id), row.id);
		for (const row of rows.filter((r) => r.state !== 'resolved'))
			ids.set(seatKey(row.channel_id, row.contact_id), row.id);
	}
	const fresh = [...byKey.entries()].filter(([key]) => !ids.has(key));
	const data = JSON.stringify(initialTriageData());
	for (const part of chunks(fresh)) {
		await tx
			.insertInto('conversation')
			.values(
				part.map(([key, seat]) => {
					const id = newId('cnv', now);
					ids.set(key, id);
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
				}),
			)
			.execute();
	}
	const freshKeys = new Set(fresh.map(([key]) => key));
	// When and from which address the contact wrote last: the reply goes there.
	const wrote = [...byKey.entries()].filter(([key, seat]) => seat.inbound && !freshKeys.has(key));
	await updateMany(
		tx,
		'conversation',
		{ last_inbound_at: 'bigint', address: 'text' },
		wrote.map(([key, seat]) => ({ id: ids.get(key)!, last_inbound_at: seat.at, address: seat.address })),
	);
	return ids;
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
