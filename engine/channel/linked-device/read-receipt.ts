/**
 * What became of a message of ours? Baileys tells it as an update of the message, or as a receipt of one reader. Order is not
 * promised (D-32).
 * A message that was merely written to the socket has no status yet: only WhatsApp's word counts.
 */
import type { DeliveryStatus, Instant, ProviderError, StatusEvent } from '../../model';
import { isObject, listOf, textOf, type Json } from '../untrusted';
import { explainLinkedError } from './error-table';
import { personOf } from './read-person';
import { countOf, instantOf, plainCopy } from './wire-values';

/** As WAMessageStatus counts; 1 is "on its way". */
const STATUS: Record<number, DeliveryStatus> = { 0: 'failed', 2: 'sent', 3: 'delivered', 4: 'read', 5: 'played' };

/** One element of `messages.update`. @returns null when it is about something else, or a message that is not ours */
export function readUpdate(element: unknown, now: Instant): StatusEvent | null {
	if (!isObject(element) || !isObject(element.key) || !isObject(element.update)) return null;
	return statusOf(element.key, element.update, now, element);
}

/** One element of `message-receipt.update`, which names who received or read. */
export function readReceipt(element: unknown, now: Instant): StatusEvent | null {
	if (!isObject(element) || !isObject(element.key) || !isObject(element.receipt)) return null;
	const { playedTimestamp, readTimestamp, receiptTimestamp } = element.receipt;
	const played = instantOf(playedTimestamp);
	const read = instantOf(readTimestamp);
	const received = instantOf(receiptTimestamp);
	const at = played ?? read ?? received;
	if (at === null) return null;
	const status = played !== null ? 5 : read !== null ? 4 : 3;
	return statusOf(element.key, { status, messageTimestamp: at / 1000 }, now, element);
}

function statusOf(key: Json, update: Json, now: Instant, raw: unknown): StatusEvent | null {
	const id = textOf(key.id);
	const code = countOf(update.status);
	const status = code === null ? undefined : STATUS[code];
	if (key.fromMe !== true || id === null || status === undefined) return null;
	return {
		type: 'status',
		providerMessageId: id,
		status,
		at: instantOf(update.messageTimestamp) ?? now,
		recipient: personOf(key.remoteJid, key.remoteJidAlt, null, null),
		outboxId: null,
		error: status === 'failed' ? errorOf(update) : null,
		pricing: null,
		raw: plainCopy(raw),
	};
}

function errorOf(update: Json): ProviderError {
	const [code] = listOf(update.messageStubParameters);
	const told =
		typeof code === 'number' || (typeof code === 'string' && /^\d{1,6}$/.test(code)) ? String(code) : 'unknown';
	return {
		code: told === 'unknown' ? told : Number(told),
		title: `Recusada pelo WhatsApp (${told})`,
		details: explainLinkedError(told).explanation,
	};
}
