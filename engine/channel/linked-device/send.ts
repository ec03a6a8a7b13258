/**
 * Sends one message once and tells the exact truth about it. A message has the same id at every try, is in the ledger before it
 * leaves, and counts as sent when WhatsApp's server said that it took it: what Baileys calls sent was merely written to a socket.
 */
import type { proto } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock';
import type { OutboundMessage, SendResult } from '../../model';
import type { Store } from '../../store/open-store';
import type { MediaReader } from '../port';
import type { Baileys } from './baileys';
import { buildContent } from './build-content';
import type { Connection } from './connection';
import { NO_LEAVE, RESTRICTED } from './error-table';
import { readJid } from './jids';
import type { NumberLookup } from './numbers';
import { findQuoted } from './quoted';
import { findRecipient } from './recipient';
import { LINE_DOWN, readSendFailure, refusedBy } from './send-failure';
import { loadSent, messageIdOf, type Ledger } from './sent-messages';
import type { Timelock } from './timelock';

/** An open connection and what sending over it needs. */
export interface Line {
	channelId: string;
	connection: Connection;
	baileys: Baileys;
	store: Store;
	clock: Clock;
	ledger: Ledger;
	/** Asks WhatsApp whether it lets the number start conversations. */
	askLock(): Promise<Timelock>;
	/** How long the server may take to answer; default 20 s. */
	ackMs?: number;
}

const ACK_MS = 20_000;

export async function sendMessage(line: Line, message: OutboundMessage, media: MediaReader): Promise<SendResult> {
	const { connection, ledger } = line;
	if (!connection.isOpen) return { type: 'notSent', reason: LINE_DOWN };
	const recipient = await findRecipient(numbersOf(line), message.address);
	if (recipient.type !== 'found') return recipient;
	const composed = await compose(line, message, recipient.jid, media);
	if (composed.type !== 'composed') return composed;

	const id = messageIdOf(message.id);
	await ledger.remember({ id, outboxId: message.id, message: composed.bytes });
	const result = await relay(line, id, recipient.jid, composed.message, message.attempt ?? 0);
	if (result.type === 'refused' && result.error.code === RESTRICTED) return await turnedDown(line, message, result);
	if (result.type !== 'sent') return result;
	const hint = composed.hint === undefined ? {} : { hint: composed.hint };
	return { ...result, waId: recipient.waId, bsuid: null, ...hint };
}

/** Asks over this line which numbers are on WhatsApp. */
export function numbersOf({ store, channelId, connection, clock }: Line): NumberLookup {
	return {
		...{ store, channelId, now: clock.now() },
		async ask(digits) {
			const answers = await connection.socket.onWhatsApp(...digits);
			return answers?.map(({ jid, exists }) => ({ jid, exists }));
		},
	};
}

type Composed =
	| { type: 'composed'; message: proto.IMessage; bytes: Uint8Array; hint?: string }
	| Exclude<SendResult, { type: 'sent' }>;

/** What was composed for an earlier try is sent again as it was: its file is uploaded already. */
async function compose(line: Line, message: OutboundMessage, jid: string, media: MediaReader): Promise<Composed> {
	const { baileys, connection, channelId, store } = line;
	const messageId = messageIdOf(message.id);
	const earlier = (message.attempt ?? 0) > 0 ? await store.read((db) => loadSent(db, channelId, messageId)) : null;
	const built = await buildContent(message.content, media, jid);
	if (built.type !== 'ok') return built;
	const hint = built.hint === undefined ? {} : { hint: built.hint };
	if (earlier) return { type: 'composed', message: baileys.decode(earlier), bytes: earlier, ...hint };

	const quote = message.quotedProviderMessageId;
	const quoted = quote === undefined ? null : await store.read((db) => findQuoted(db, channelId, quote, jid, baileys));
	try {
		const composed = await baileys.compose(jid, built.content, {
			messageId,
			ownJid: connection.ownJid,
			socket: connection.socket,
			...(quoted ? { quoted } : {}),
		});
		return { type: 'composed', message: composed, bytes: baileys.encode(composed), ...hint };
	} catch (error) {
		// The upload of its file failed: nothing was sent.
		const reason = error instanceof Error ? error.message : String(error);
		return { type: 'notSent', reason: `a mensagem não pôde ser preparada (${reason.slice(0, 160)})` };
	}
}

async function relay(
	{ connection, ackMs = ACK_MS }: Line,
	id: string,
	jid: string,
	message: proto.IMessage,
	attempt: number,
): Promise<SendResult> {
	const { socket, acks } = connection;
	const ack = acks.expect(id);
	const relayed = socket.relayMessage(jid, message, { messageId: id });
	try {
		// A line that closed may leave it hanging.
		await Promise.race([relayed, ack.came]);
	} catch (error) {
		ack.forget();
		return readSendFailure(error, attempt);
	}
	relayed.catch(() => undefined);
	const answer = await ack.answer(ackMs);
	if (answer.type === 'rejected') return refusedBy(answer.code, attempt);
	if (answer.type === 'none') return { type: 'unknown', reason: answer.reason };
	// Accepted, but written to no device of the recipient: WhatsApp did not say which there are.
	if (!(await hasDevices(connection, jid))) return refusedBy(NO_DEVICES, attempt);
	return { type: 'sent', providerMessageId: id, waId: null, bsuid: null };
}

/**
 * 463 says that the number is restricted, or that WhatsApp's leave for this one contact is missing. Of whoever wrote within a day
 * Baileys gets that leave when it hears the refusal: such an answer is tried once more.
 */
async function turnedDown(line: Line, { id, attempt = 0 }: OutboundMessage, refused: Refused): Promise<Refused> {
	const lock = await line.askLock();
	if (lock.type !== 'none') return refused;
	const { explanation } = NO_LEAVE;
	const error = { ...refused.error, details: explanation };
	const again = attempt === 0 && (await isAnswer(line, id));
	return { ...refused, error, explanation, ...(again && { retry: ONCE_MORE }) };
}

type Refused = Extract<SendResult, { type: 'refused' }>;

const ONCE_MORE = { kind: 'backoff', minMs: 5_000, scope: 'contact' } as const;
const DAY_MS = 86_400_000;

/** @param outboxId of a message to somebody who wrote to this number within a day */
async function isAnswer({ store, channelId, clock }: Line, outboxId: string): Promise<boolean> {
	const row = await store.read((db) =>
		db
			.selectFrom('conversation as c')
			.innerJoin('outbox as o', 'o.contact_id', 'c.contact_id')
			.select('c.id')
			.where('o.id', '=', outboxId)
			.where('c.channel_id', '=', channelId)
			.where('c.last_inbound_at', '>', clock.now() - DAY_MS)
			.limit(1)
			.executeTakeFirst(),
	);
	return row !== undefined;
}

/** Tried again later, as if WhatsApp had been too busy. */
const NO_DEVICES = '503';

async function hasDevices({ socket }: Connection, jid: string): Promise<boolean> {
	const devices: unknown = await socket.userDevicesCache.get(readJid(jid)?.user ?? '');
	return Array.isArray(devices) && devices.length > 0;
}
