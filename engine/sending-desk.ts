/** What a node does to send: enqueue, wait for the outcomes, keep files. */
import { acceptSends, type SendRequest } from './conversation/send';
import type { Desk } from './desk';
import { saveBlob } from './media/blobs';
import { readInboundMedia as readMedia, type InboundFile } from './media/read-inbound-media';
import type { Instant } from './model';
import type { Settled } from './outbox/settlements';

/**
 * The result of one send, in the words of the item: sent, refused, queued (not decided yet, or postponed until `notBefore` with
 * the reason), held (until the contact writes) or unknown.
 */
export interface SendOutcome {
	/** Outbox id; null when it was refused before being stored. */
	id: string | null;
	status: Exclude<Settled['status'], 'postponed'>;
	/** The key was used before: this is the first message's result, nothing was sent again. */
	repeated: boolean;
	providerMessageId: string | null;
	errorCode: string | null;
	explanation: string | null;
	/** What was done differently from what was asked, in Portuguese: a template in place of a text, a list as numbered text. */
	hint: string | null;
	/** Of a postponed or planned message. */
	notBefore: Instant | null;
	contactId: string | null;
	conversationId: string | null;
}

/** Enqueues all messages, then waits together for their outcomes (at most `waitMs`; 0 = do not wait). Results in request order. */
export async function sendMessages(
	desk: Desk,
	requests: readonly SendRequest[],
	waitMs: number,
): Promise<SendOutcome[]> {
	const accepted = await acceptSends(desk.store, requests, desk.clock.now());
	desk.nudge();
	// Nobody waits for what is planned for later.
	const soon = desk.clock.now() + waitMs;
	const ids = accepted.flatMap((a, i) =>
		a.type === 'enqueued' && (requests[i]!.notBefore ?? 0) <= soon ? [a.id] : [],
	);
	const settled =
		ids.length > 0 && waitMs > 0 ? await desk.dispatcher.settle([...new Set(ids)], waitMs) : new Map<string, Settled>();
	return accepted.map((a, i): SendOutcome => {
		if (a.type === 'refused') {
			return {
				id: null,
				status: 'refused',
				repeated: false,
				providerMessageId: null,
				errorCode: a.code,
				explanation: a.explanation,
				hint: null,
				notBefore: null,
				contactId: a.contactId,
				conversationId: a.conversationId,
			};
		}
		const s = settled.get(a.id);
		return {
			id: a.id,
			status: s === undefined || s.status === 'postponed' ? 'queued' : s.status,
			repeated: !a.isNew,
			providerMessageId: s?.providerMessageId ?? null,
			errorCode: s?.errorCode ?? null,
			explanation: s?.explanation ?? null,
			hint: s?.hint ?? null,
			notBefore: s ? s.notBefore : (requests[i]!.notBefore ?? null),
			contactId: a.contactId,
			conversationId: a.conversationId,
		};
	});
}

/** Keeps an attachment for sending; returns the id for `{ blobId }`. */
export function storeAttachment(
	desk: Desk,
	blob: { bytes: Uint8Array; mimeType: string; fileName: string | null },
): Promise<string> {
	return saveBlob(desk.store, blob, desk.clock.now());
}

/**
 * The file of a received message (its id here or at WhatsApp), waiting at most `waitMs` for it to be fetched.
 * Throws NotFound when there is no such message; a message without a file, or one that cannot be had, is an answer.
 */
export const readInboundMedia = (desk: Desk, messageId: string, options: { waitMs: number }): Promise<InboundFile> =>
	readMedia(desk.store, desk.media, messageId, options.waitMs, desk.clock.now());
