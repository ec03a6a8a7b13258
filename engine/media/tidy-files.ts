/** Lets go of files nobody needs any more, a few at a time, so that the store does not grow for ever. */
import type { Instant } from '../model';
import type { Db, Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline } from '../timeline/timeline';
import { unfinished, waiting } from '../outbox/unfinished';
import { waitingFile } from './claim-files';
import { KEPT_BY_PROVIDER_MS } from './judge-fetch';
import { lostLines } from './record-file';

const DAY_MS = 24 * 3_600_000;
// Few, because a file may have 100 MB and a deletion holds up every other write.
const AT_ONCE = 10;
const GIVEN_UP_AT_ONCE = 200;

/**
 * Gives up what could not be fetched, and deletes stored files, received and sent, that are older than `keepDays`.
 * What a message still to be sent carries stays.
 * @param keepDays 0 = for ever
 * @param isOver whether to stop in between
 */
export async function tidyFiles(store: Store, keepDays: number, isOver: () => boolean, now: Instant): Promise<void> {
	while (!isOver() && (await giveUpForgotten(store, now)) > 0);
	if (keepDays <= 0) return;
	const before = now - keepDays * DAY_MS;
	let needed: Set<string> | undefined;
	for (let last: Place | null = null; !isOver();) {
		const batch: Place[] = await oldBlobs(store, before, last);
		if (batch.length === 0) break;
		needed ??= await store.read((db) => neededBlobs(db));
		const ids = batch.map((row) => row.id).filter((id) => !needed!.has(id));
		if (ids.length > 0) await deleteFiles(store, ids, keepDays);
		last = batch.at(-1)!;
	}
}

/** Files that no process could fetch while the provider still had them. Returns how many, a batch at a time. */
function giveUpForgotten(store: Store, now: Instant): Promise<number> {
	const reason = 'nenhum processo pôde baixá-lo em 7 dias';
	return store.transaction(async (tx) => {
		const rows = await tx
			.selectFrom('inbound_media')
			.select('inbound_id')
			.where(waitingFile)
			.where('created_at', '<', now - KEPT_BY_PROVIDER_MS)
			.limit(GIVEN_UP_AT_ONCE)
			.execute();
		const ids = rows.map((row) => row.inbound_id);
		if (ids.length === 0) return 0;
		await tx
			.updateTable('inbound_media')
			.set({ status: 'gone', reason })
			.where(oneOf(tx, 'inbound_id', ids))
			.where(waitingFile)
			.execute();
		await appendTimeline(tx, store.dialect, await lostLines(tx, ids, reason, now));
		return ids.length;
	});
}

type Place = { id: string; created_at: Instant };

/** Oldest first, without their bytes; `after` is the last one looked at. */
function oldBlobs(store: Store, before: Instant, after: Place | null): Promise<Place[]> {
	return store.read((db) =>
		db
			.selectFrom('blob')
			.select(['id', 'created_at'])
			.where('created_at', '<', before)
			.$if(after !== null, (query) =>
				query.where((e) =>
					e.or([
						e('created_at', '>', after!.created_at),
						e.and([e('created_at', '=', after!.created_at), e('id', '>', after!.id)]),
					]),
				),
			)
			.orderBy('created_at')
			.orderBy('id')
			.limit(AT_ONCE)
			.execute(),
	);
}

async function deleteFiles(store: Store, ids: readonly string[], keepDays: number): Promise<void> {
	const reason = `foi apagado depois de ${keepDays} dias (WHATSAPP_DESK_KEEP_MEDIA_DAYS)`;
	await store.transaction(async (tx) => {
		await tx
			.updateTable('inbound_media')
			.set({ status: 'gone', blob_id: null, reason })
			.where(oneOf(tx, 'blob_id', ids))
			.execute();
		await tx
			.deleteFrom('blob')
			.where(oneOf(tx, 'id', ids))
			.execute();
	});
}

/** Files that a message not yet sent carries. */
async function neededBlobs(db: Db): Promise<Set<string>> {
	const withFile = () =>
		db
			.selectFrom('outbox')
			.select(['content', 'outside_window'])
			.where((e) => e.or([e('content', 'like', REFERENCE), e('outside_window', 'like', REFERENCE)]));
	const rows = [
		...(await withFile().where(unfinished('status')).execute()),
		...(await withFile().where(waiting('waits')).where('status', '=', 'held').execute()),
	];
	const texts = rows.flatMap((row) => [row.content, row.outside_window ?? '']);
	return new Set(texts.flatMap((text) => [...text.matchAll(/"blobId":"([^"]+)"/g)].map((match) => match[1]!)));
}

const REFERENCE = '%"blobId":"%';
