import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';

/** What a sender that waits is told. `queued` = not decided yet, it will still be tried. */
export interface Settled {
	id: string;
	status: 'sent' | 'refused' | 'queued' | 'unknown';
	providerMessageId: string | null;
	errorCode: string | null;
	explanation: string | null;
	finishedAt: Instant | null;
}

type Tell = (settled: Settled) => void;

// Another process may be the one that sends: the table is looked at now and then.
const LOOK_EVERY_MS = 1_000;

/** Who waits for the outcome of which message. */
export class Settlements {
	readonly #waiters = new Map<string, Set<Tell>>();
	#stopped = false;

	constructor(private readonly store: Store) {}

	/** Resolves once each message is decided, or with how it stands after `timeoutMs`. */
	async wait(ids: readonly string[], timeoutMs: number): Promise<Map<string, Settled>> {
		const results = new Map<string, Settled>();
		let allTold!: () => void;
		const told = new Promise<void>((resolve) => (allTold = resolve));
		const tell: Tell = (settled) => {
			results.set(settled.id, settled);
			if (results.size === ids.length) allTold();
		};
		for (const id of ids) this.#waiters.set(id, (this.#waiters.get(id) ?? new Set()).add(tell));
		const open = () => ids.filter((id) => !results.has(id));
		const deadline = performance.now() + timeoutMs;
		try {
			for (;;) {
				await this.look(open());
				const left = deadline - performance.now();
				if (open().length === 0 || left <= 0 || this.#stopped) break;
				let timer: NodeJS.Timeout | undefined;
				const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(left, LOOK_EVERY_MS))));
				await Promise.race([told, pause]);
				clearTimeout(timer);
			}
		} finally {
			for (const id of ids) this.#forget(id, tell);
		}
		for (const settled of await this.#load(open())) results.set(settled.id, settled);
		return results;
	}

	/** Something was decided for good. */
	announce(settled: Settled): void {
		if (settled.status === 'queued' || settled.status === 'unknown') return;
		const waiters = this.#waiters.get(settled.id);
		this.#waiters.delete(settled.id);
		for (const tell of waiters ?? []) tell(settled);
	}

	/** Reads how these messages stand and tells those who wait for them. */
	async look(ids: readonly string[]): Promise<void> {
		const awaited = ids.filter((id) => this.#waiters.has(id));
		for (const settled of await this.#load(awaited)) this.announce(settled);
	}

	/** Nobody waits any longer. */
	stop(): void {
		this.#stopped = true;
	}

	#forget(id: string, tell: Tell): void {
		const waiters = this.#waiters.get(id);
		waiters?.delete(tell);
		if (waiters?.size === 0) this.#waiters.delete(id);
	}

	async #load(ids: readonly string[]): Promise<Settled[]> {
		if (ids.length === 0) return [];
		const rows = await this.store.read((db) =>
			db
				.selectFrom('outbox')
				.select(['id', 'status', 'provider_message_id', 'error_code', 'explanation', 'finished_at'])
				.where(oneOf(db, 'id', ids))
				.execute(),
		);
		return rows.map((row) => ({
			id: row.id,
			status: row.status === 'sending' ? 'queued' : (row.status as Settled['status']),
			providerMessageId: row.provider_message_id,
			errorCode: row.error_code,
			explanation: row.explanation,
			finishedAt: row.finished_at === null ? null : Number(row.finished_at),
		}));
	}
}
