/**
 * The linked device as a channel: the port on one side, an open connection on the other. It exists while its connection is open
 * and never reconnects; between two connections messages wait in the outbox.
 */
import type { SendResult } from '../../model';
import { formatPhone } from '../../phone';
import type { Channel, ChannelHealth } from '../port';
import { LINKED_DEVICE_CAPABILITIES } from './capabilities';
import { fetchMedia } from './fetch-media';
import { phoneDigitsOf } from './jids';
import { lookUpNumber } from './numbers';
import { LINE_DOWN, readSendFailure } from './send-failure';
import { numbersOf, sendMessage, type Line } from './send';

export interface LinkedDeviceFacts {
	/** What the number calls itself. */
	name: string | null;
	/** It may answer but not start conversations (463). */
	restricted: boolean;
}

/** @param facts asked whenever they are shown */
export function createLinkedDeviceChannel(line: Line, facts: () => LinkedDeviceFacts): Channel {
	return {
		id: line.channelId,
		kind: 'linkedDevice',
		capabilities: LINKED_DEVICE_CAPABILITIES,
		send: (message, media) => sendMessage(line, message, media),
		markRead: (providerMessageId, typing) => markRead(line, providerMessageId, typing),
		status: () => Promise.resolve(healthOf(line, facts())),
		fetchMedia: (providerMediaId, options) => fetchMedia(line, providerMediaId, options),
		checkNumber: (digits) => lookUpNumber(numbersOf(line), digits),
	};
}

async function markRead(
	{ connection, store, channelId }: Line,
	providerMessageId: string,
	typing: boolean,
): Promise<SendResult | { type: 'ok' }> {
	if (!connection.isOpen) return { type: 'notSent', reason: LINE_DOWN };
	const row = await store.read((db) =>
		db
			.selectFrom('inbound')
			.select('address')
			.where('claim', '=', `${channelId}|m|${providerMessageId}`)
			.executeTakeFirst(),
	);
	// Forgotten meanwhile, or another channel's: there is nothing to mark.
	if (!row?.address) return { type: 'ok' };
	try {
		await connection.socket.readMessages([{ remoteJid: row.address, id: providerMessageId, fromMe: false }]);
		if (typing) await connection.socket.sendPresenceUpdate('composing', row.address);
		return { type: 'ok' };
	} catch (error) {
		return readSendFailure(error, 0);
	}
}

function healthOf({ connection }: Line, { name, restricted }: LinkedDeviceFacts): ChannelHealth {
	const problems: ChannelHealth['problems'] = [];
	if (!connection.isOpen) {
		problems.push({
			what: 'The number is not connected.',
			why: 'The line to WhatsApp is down.',
			fix: 'It is tried again by itself. If it lasts, look at the pairing page of the Desk Console.',
		});
	}
	if (restricted) {
		problems.push({
			what: 'The number may answer, but not start conversations.',
			why: 'WhatsApp restricted it (463), usually after many messages to people who had not written.',
			fix: 'Stop campaigns on this number and wait until WhatsApp lifts it; the phone shows until when.',
		});
	}
	return { ok: connection.isOpen, phone: shownPhone(connection.ownJid), name, quality: 'unknown', problems };
}

function shownPhone(jid: string): string | null {
	const digits = phoneDigitsOf(jid);
	return digits === null ? null : formatPhone(`+${digits}`);
}
