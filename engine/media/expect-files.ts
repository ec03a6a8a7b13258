import { bareMimeType } from '../channel/file-types';
import type { InboundMedia, Instant } from '../model';
import type { Tx } from '../store/open-store';
import { insertMany } from '../store/sql';

/** A message that may carry a file. */
export interface MessageWithFile {
	inboundId: string;
	channelId: string;
	media: InboundMedia | null;
}

/**
 * Notes which files are to be fetched, in the transaction that stores their messages: the provider forgets them after
 * seven days. Returns how many.
 */
export async function expectFiles(tx: Tx, messages: readonly MessageWithFile[], now: Instant): Promise<number> {
	const rows = messages.flatMap(({ inboundId, channelId, media }) =>
		media?.providerMediaId
			? [waitingRow(inboundId, channelId, { ...media, providerMediaId: media.providerMediaId }, now)]
			: [],
	);
	await insertMany(tx, 'inbound_media', rows, 'on conflict ("inbound_id") do nothing');
	return rows.length;
}

function waitingRow(
	inboundId: string,
	channelId: string,
	media: InboundMedia & { providerMediaId: string },
	now: Instant,
) {
	return {
		inbound_id: inboundId,
		channel_id: channelId,
		provider_media_id: media.providerMediaId,
		status: 'waiting',
		attempts: 0,
		not_before: now,
		claimed_by: null,
		claimed_at: null,
		blob_id: null,
		mime_type: bareMimeType(media.mimeType) || null,
		file_name: media.fileName,
		size: null,
		sha256: media.sha256,
		reason: null,
		created_at: now,
	};
}
