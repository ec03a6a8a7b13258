import type { FetchedMedia } from '../channel/port';
import type { ChannelRegistry } from '../channel/registry';
import type { Clock } from '../clock';
import type { Store } from '../store/open-store';
import { ByteRoom } from './byte-room';
import { claimFiles, isAnyFileDue, waitingFile, type ClaimedFile } from './claim-files';
import { judgeFetch } from './judge-fetch';
import { recordFile } from './record-file';

export interface MediaFetcherOptions {
	store: Store;
	clock: Clock;
	channels: ChannelRegistry;
	/** The name of this process; it stays entered for as long as the fetcher runs. */
	me: string;
	/** Bytes in memory at a time; default 100 MB, so that the largest file fits. */
	mostBytes?: number;
	log: (message: string, details: Record<string, unknown>) => void;
}

const AT_ONCE = 4;
const MOST_BYTES = 100 * 1024 * 1024;
// What is cut short is fetched again after the next start.
const STOP_PATIENCE_MS = 1_000;

/**
 * Brings received files into the store as soon as they are announced, a few at a time. Any number of processes may run one;
 * each only touches channels it can reach. It has no timer of its own: whoever stores messages nudges it, and now and then
 * somebody nudges it for what other processes stored and for what is to be tried again.
 */
export class MediaFetcher {
	readonly #inHand = new Set<string>();
	readonly #room: ByteRoom;
	/** Who waits for news of which file. */
	readonly #waiters = new Map<string, Set<() => void>>();
	#looking: Promise<void> | undefined;
	#again = false;
	#stopped = false;

	constructor(private readonly options: MediaFetcherOptions) {
		this.#room = new ByteRoom(options.mostBytes ?? MOST_BYTES);
	}

	/** There may be something to fetch: look now. With nothing to fetch it costs one small read. */
	nudge(): void {
		this.#again = true;
		if (this.#stopped || this.#looking) return;
		this.#looking = this.#look()
			.catch((error: unknown) => {
				if (!this.#stopped) this.options.log('Received files could not be looked for.', { cause: String(error) });
			})
			.then(() => {
				this.#looking = undefined;
			});
	}

	/** The credential of a channel was changed: what rests after a failure is tried now. */
	async resume(channelId: string): Promise<void> {
		const { store, clock } = this.options;
		await store.transaction((tx) =>
			tx
				.updateTable('inbound_media')
				.set({ not_before: clock.now() })
				.where('channel_id', '=', channelId)
				.where(waitingFile)
				.where('claimed_by', 'is', null)
				.execute(),
		);
		this.nudge();
	}

	/** Resolves when something became of this file here, or after `ms`. */
	news(inboundId: string, ms: number): Promise<void> {
		return new Promise((resolve) => {
			const waiters = this.#waiters.get(inboundId) ?? new Set();
			this.#waiters.set(inboundId, waiters);
			const tell = () => {
				clearTimeout(timer);
				waiters.delete(tell);
				if (waiters.size === 0) this.#waiters.delete(inboundId);
				resolve();
			};
			const timer = setTimeout(tell, ms);
			waiters.add(tell);
		});
	}

	/** Takes no more work and lets downloads under way end for a moment. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#looking;
		const deadline = performance.now() + STOP_PATIENCE_MS;
		while (this.#inHand.size > 0 && performance.now() < deadline)
			await new Promise((resolve) => setTimeout(resolve, 10));
		for (const waiters of [...this.#waiters.values()]) for (const tell of [...waiters]) tell();
	}

	async #look(): Promise<void> {
		const { store, clock, me } = this.options;
		while (this.#again && !this.#stopped) {
			this.#again = false;
			const channelIds = this.#reachable();
			const free = AT_ONCE - this.#inHand.size;
			if (channelIds.length === 0 || free <= 0) return;
			const now = clock.now();
			if (!(await store.read((db) => isAnyFileDue(db, channelIds, now)))) return;
			const files = await store.transaction((tx) =>
				claimFiles(tx, store.dialect, channelIds, { me, inHand: this.#inHand }, free, now),
			);
			for (const file of files) this.#inHand.add(file.inboundId);
			for (const file of files) void this.#fetch(file);
		}
	}

	#reachable(): string[] {
		const { channels } = this.options;
		return channels.ids().filter((id) => channels.get(id)?.fetchMedia !== undefined);
	}

	async #fetch(file: ClaimedFile): Promise<void> {
		const { store, clock, channels, log } = this.options;
		let taken = 0;
		const admit = async (bytes: number) => {
			await this.#room.take(bytes);
			taken += bytes;
		};
		try {
			const fetched = await channels.get(file.channelId)!.fetchMedia!(file.providerMediaId, { admit }).catch(
				(error: unknown): FetchedMedia => ({ type: 'failed', reason: String(error) }),
			);
			const now = clock.now();
			await recordFile(store, file, judgeFetch(fetched, file.attempts, file.createdAt, now), now);
		} catch (error) {
			// Claimed and not recorded: it comes up again by itself.
			if (!this.#stopped) log('A received file could not be stored; it will be tried again.', { cause: String(error) });
		} finally {
			this.#room.give(taken);
			this.#inHand.delete(file.inboundId);
			for (const tell of [...(this.#waiters.get(file.inboundId) ?? [])]) tell();
			this.nudge();
		}
	}
}
