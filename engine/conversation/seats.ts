/** Where does each message go? To a contact at the address it is known by; one that is only known by a phone is made here. */
import { lidOf, phoneDigitsOf } from '../channel/linked-device/jids';
import { confirmedForms } from '../contact/ninth-digit';
import { resolveContacts } from '../contact/resolve-contacts';
import type { Instant, Sender } from '../model';
import { normalizePhone } from '../phone';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { SendRequest } from './send';

export type Seat = { type: 'found'; contactId: string; conversationId: string | null; address: string };
/** `why`: in Portuguese; '' = no phone was given. */
export type NoSeat = { type: 'noPhone'; why: string };

/** Where each message goes; contacts that are only known by a phone are made here. */
export async function findSeats(
	tx: Tx,
	requests: ReadonlyArray<Pick<SendRequest, 'channelId' | 'recipient'>>,
	lines: TimelineLine[],
	now: Instant,
): Promise<Array<Seat | NoSeat>> {
	const named = await loadNamed(tx, requests);
	const senders = requests.map(({ recipient: r }) => (r.type === 'phone' ? senderOf(r.phone, r.name ?? null) : ''));
	const people = senders.filter((sender) => typeof sender !== 'string');
	const resolved = await resolveContacts(tx, people, now, 'company');
	lines.push(...resolved.lines);
	const latest = await latestConversations(
		tx,
		people.map((person) => resolved.contacts.get(person)!.id),
	);
	const forms = await confirmedForms(
		tx,
		requests.flatMap(({ channelId }, i) => {
			const sender = senders[i]!;
			if (typeof sender === 'string') return [];
			const contactId = resolved.contacts.get(sender)!.id;
			return sender.waId === null || latest.has(`${channelId} ${contactId}`)
				? []
				: [{ contactId, e164: `+${sender.address}` }];
		}),
	);
	return requests.map(({ channelId, recipient }, i): Seat | NoSeat => {
		if (recipient.type === 'contact') {
			const { conversationId, address } = recipient;
			if (!address) return { type: 'noPhone', why: '' };
			// The contact may have been merged into another since the item was made; the conversation knows.
			const contactId = (conversationId && named.get(conversationId)?.contact_id) || recipient.contactId;
			return { type: 'found', contactId, conversationId, address };
		}
		if (recipient.type === 'conversation') {
			const found = named.get(recipient.conversationId);
			if (!found) return { type: 'noPhone', why: `a conversa ${recipient.conversationId} não existe` };
			return { type: 'found', contactId: found.contact_id, conversationId: found.id, address: found.address };
		}
		const sender = senders[i]!;
		if (typeof sender === 'string') return { type: 'noPhone', why: sender };
		const contactId = resolved.contacts.get(sender)!.id;
		const last = latest.get(`${channelId} ${contactId}`);
		const conversationId = last && last.state !== 'resolved' ? last.id : null;
		// An address WhatsApp itself used for this contact beats one derived from the phone (D-06).
		const address = last?.address ?? forms.get(contactId) ?? sender.address;
		return { type: 'found', contactId, conversationId, address };
	});
}

/** The conversations that requests name. */
async function loadNamed(tx: Tx, requests: ReadonlyArray<Pick<SendRequest, 'recipient'>>) {
	const ids = requests.flatMap(({ recipient: r }) =>
		r.type !== 'phone' && r.conversationId ? [r.conversationId] : [],
	);
	if (ids.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'contact_id', 'address'])
		.where(oneOf(tx, 'id', [...new Set(ids)]))
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** The open conversation of each contact, else the last one, by `channelId contactId`. */
async function latestConversations(tx: Tx, contactIds: readonly string[]) {
	if (contactIds.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'contact_id', 'address', 'state', 'opened_at'])
		.where(oneOf(tx, 'contact_id', [...new Set(contactIds)]))
		.orderBy('opened_at')
		.execute();
	const open = rows.filter((row) => row.state !== 'resolved');
	// Written last wins.
	return new Map([...rows, ...open].map((row) => [`${row.channel_id} ${row.contact_id}`, row]));
}

/** A typed phone, or an address on a linked device, as a sender; or the reason why it cannot be one ('' when nothing was typed). */
function senderOf(phone: string, name: string | null): Sender | string {
	const lid = lidOf(phone.trim());
	if (lid) return { address: lid, waId: null, bsuid: null, lid, name, username: null };
	const normalized = normalizePhone(phoneDigitsOf(phone.trim()) ?? phone);
	if (!normalized.ok) return normalized.reason === 'empty' ? '' : normalized.message;
	const digits = normalized.e164.slice(1);
	return { address: digits, waId: digits, bsuid: null, name, username: null };
}
