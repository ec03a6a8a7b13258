import { fileNameFor } from '../channel/file-name';
import { bareMimeType, isUnknownType } from '../channel/file-types';
import { signedType } from '../channel/file-signature';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import type { ClaimedFile } from './claim-files';
import type { FetchVerdict } from './judge-fetch';

/** Writes down what became of a file. Whoever was first wins: a file that is stored or given up stays so. */
export async function recordFile(store: Store, file: ClaimedFile, verdict: FetchVerdict, now: Instant): Promise<void> {
	const blobId = newId('blb', now);
	await store.transaction(async (tx) => {
		const change = tx
			.updateTable('inbound_media')
			.where('inbound_id', '=', file.inboundId)
			.where('status', '=', 'waiting')
			.returning('inbound_id');
		switch (verdict.type) {
			case 'again': {
				const { notBefore, reason } = verdict;
				await change.set({ not_before: notBefore, reason, claimed_by: null, claimed_at: null }).execute();
				return;
			}
			case 'store': {
				const kept = keptFile(file, verdict);
				const { bytes, sha256 } = verdict;
				const stored = await change
					.set({
						...kept,
						sha256: sha256 ?? file.sha256,
						status: 'stored',
						blob_id: blobId,
						size: bytes.length,
						reason: null,
					})
					.executeTakeFirst();
				if (!stored) return;
				await tx
					.insertInto('blob')
					.values({ id: blobId, mime_type: kept.mime_type, file_name: kept.file_name, bytes, created_at: now })
					.execute();
				return;
			}
			case 'giveUp': {
				const lost = await change.set({ status: 'gone', reason: verdict.reason }).executeTakeFirst();
				if (lost) await appendTimeline(tx, store.dialect, await lostLines(tx, [file.inboundId], verdict.reason, now));
			}
		}
	});
}

/** What the desk tells when files of these messages cannot be had any more. */
export async function lostLines(
	tx: Tx,
	inboundIds: readonly string[],
	reason: string,
	now: Instant,
): Promise<TimelineLine[]> {
	const rows = await tx
		.selectFrom('inbound')
		.select(['id', 'channel_id', 'contact_id', 'conversation_id'])
		.where('id', 'in', [...inboundIds])
		.execute();
	return rows.map((row) => ({
		event: 'mediaLost',
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: `O arquivo recebido não pôde ser guardado: ${reason}. Peça ao contato que o envie de novo.`,
		data: { messageId: row.id, reason },
		key: `mediaLost|${row.id}`,
	}));
}

/** Type and name a workflow can rely on, whatever the customer's phone wrote. */
function keptFile(file: ClaimedFile, { bytes, mimeType, fileName }: Extract<FetchVerdict, { type: 'store' }>) {
	const declared = bareMimeType(mimeType ?? file.mimeType);
	const type = (isUnknownType(declared) ? signedType(bytes) : null) ?? (declared || 'application/octet-stream');
	return { mime_type: type, file_name: fileNameFor(fileName ?? file.fileName, type, file.inboundId) };
}
