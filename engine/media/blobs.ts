import type { MediaReader } from '../channel/port';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';

/** Keeps the bytes of an attachment so that any process can send it later. Returns its id. */
export async function saveBlob(
	store: Store,
	blob: { bytes: Uint8Array; mimeType: string; fileName: string | null },
	now: Instant,
): Promise<string> {
	const id = newId('blb', now);
	await store.transaction((tx) =>
		tx
			.insertInto('blob')
			.values({ id, mime_type: blob.mimeType, file_name: blob.fileName, bytes: blob.bytes, created_at: now })
			.execute(),
	);
	return id;
}

/** Gives channels the bytes of stored attachments. */
export function storedMedia(store: Store): MediaReader {
	return {
		async read({ blobId }) {
			const row = await store.read((db) =>
				db.selectFrom('blob').selectAll().where('id', '=', blobId).executeTakeFirst(),
			);
			return row ? { bytes: Buffer.from(row.bytes), mimeType: row.mime_type, fileName: row.file_name } : null;
		},
	};
}
