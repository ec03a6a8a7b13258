/** The file of a received message, for whoever needs its bytes: from the store, or as soon as it is fetched. */
import { NotFound } from '../errors';
import type { InboundContent, Instant } from '../model';
import type { Db, Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { expectFiles } from './expect-files';
import { KEPT_BY_PROVIDER_MS } from './judge-fetch';
import type { MediaFetcher } from './media-fetcher';

export type InboundFile =
	| {
			type: 'file';
			messageId: string;
			bytes: Buffer;
			mimeType: string;
			/** Safe to use as it is, with the extension of its type. */
			fileName: string;
			size: number;
			/** Hexadecimal. */
			sha256: string | null;
	  }
	/**
	 * noMedia: the message carries no file · notYet: it was not fetched within the time given · gone: it cannot be had any more.
	 * `reason` is Portuguese.
	 */
	| { type: 'missing'; messageId: string; code: 'noMedia' | 'notYet' | 'gone'; reason: string };

/** Another process may be the one that fetches: the table is looked at now and then. */
const LOOK_EVERY_MS = 500;

/**
 * @param id ours, or the provider's (wamid)
 * @param waitMs how long to wait for a file that is not stored yet; 0 = not at all
 * @throws NotFound when no such message was received
 */
export async function readInboundMedia(
	store: Store,
	fetcher: MediaFetcher,
	id: string,
	waitMs: number,
	now: Instant,
): Promise<InboundFile> {
	const message = await store.read((db) => findMessage(db, id));
	if (!message) throw unknownMessage(id);
	const messageId = message.id;
	const { media } = JSON.parse(message.content) as Partial<InboundContent>;
	if (!media) return { type: 'missing', messageId, code: 'noMedia', reason: 'A mensagem não traz arquivo.' };

	const deadline = performance.now() + waitMs;
	for (let look = 1; ; look++) {
		const row = await store.read((db) =>
			db.selectFrom('inbound_media').selectAll().where('inbound_id', '=', messageId).executeTakeFirst(),
		);
		if (row?.status === 'gone') return gone(messageId, row.reason);
		if (row?.status === 'stored') {
			const file = await readStored(store, messageId, row);
			if (file) return file;
		}
		if (!row) {
			const isOld = now - message.received_at >= KEPT_BY_PROVIDER_MS;
			if (!media.providerMediaId || isOld) return gone(messageId, 'ele não foi guardado quando chegou');
			// Stored by a version that did not fetch files.
			await store.transaction((tx) =>
				expectFiles(tx, [{ inboundId: messageId, channelId: message.channel_id, media }], now),
			);
		}
		const left = deadline - performance.now();
		if (left <= 0) return notYet(messageId, row?.reason ?? null);
		if (look === 1) await urge(store, messageId, now);
		fetcher.nudge();
		await fetcher.news(messageId, Math.min(left, LOOK_EVERY_MS));
	}
}

/** By our own id, or by the provider's, which its claim ends with. */
async function findMessage(db: Db, id: string) {
	const wanted = id.trim();
	const base = db.selectFrom('inbound').select(['id', 'channel_id', 'content', 'received_at']);
	if (wanted.startsWith('msg_')) return await base.where('id', '=', wanted).executeTakeFirst();
	const channels = await db.selectFrom('channel').select('id').execute();
	const claims = channels.map((channel) => `${channel.id}|m|${wanted}`);
	return await base.where(oneOf(db, 'claim', claims)).executeTakeFirst();
}

async function readStored(
	store: Store,
	messageId: string,
	row: { blob_id: string | null; sha256: string | null },
): Promise<InboundFile | null> {
	const blob = await store.read((db) =>
		db
			.selectFrom('blob')
			.selectAll()
			.where('id', '=', row.blob_id ?? '')
			.executeTakeFirst(),
	);
	if (!blob) return null;
	const bytes = Buffer.from(blob.bytes.buffer, blob.bytes.byteOffset, blob.bytes.byteLength);
	return {
		type: 'file',
		messageId,
		bytes,
		mimeType: blob.mime_type,
		fileName: blob.file_name ?? messageId,
		size: bytes.length,
		sha256: row.sha256,
	};
}

/** A file that rests after a failure is tried now. */
async function urge(store: Store, messageId: string, now: Instant): Promise<void> {
	await store.transaction((tx) =>
		tx
			.updateTable('inbound_media')
			.set({ not_before: now })
			.where('inbound_id', '=', messageId)
			.where('status', '=', 'waiting')
			.where('claimed_by', 'is', null)
			.where('not_before', '>', now)
			.execute(),
	);
}

function gone(messageId: string, why: string | null): InboundFile {
	const reason = `O arquivo não pode mais ser obtido${why ? `: ${why}` : ''}. Peça ao contato que o envie de novo.`;
	return { type: 'missing', messageId, code: 'gone', reason };
}

function notYet(messageId: string, why: string | null): InboundFile {
	const reason = `O arquivo ainda não foi baixado${why ? `: ${why}` : ''}. Ele continua sendo buscado.`;
	return { type: 'missing', messageId, code: 'notYet', reason };
}

function unknownMessage(id: string): NotFound {
	return new NotFound(
		`There is no received message "${id}".`,
		'Use the messageId (or providerMessageId) of a WhatsApp Desk Trigger item.',
		'message',
	);
}
