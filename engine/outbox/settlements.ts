import type { Clock } from '../clock';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { WAITS } from './unfinished';

/**
 * What a sender that waits is told.
 *   queued     not decided yet, it will still be tried
 *   postponed  not before `notBefore`; the code says why, none when it was planned so
 *   held       not before the contact writes
 */
export interface Settled {
	id: string;
	status: 'sent' | 'refused' | 'queued' | 'unknown' | 'postponed' | 'held';
	providerMessageId: string | null;
	errorCode: string | null;
	explanation: string | null;
	/** What was done differently from what was asked, in Portuguese. */
	hint: string | null;
	/** Of postponed ones. */
	notBefore: Instant | null;
	finishedAt: Instant | null;
}

interface Waiter {
	tell: (settled: Settled) => void;
	/** Gives up waiting then. */
	until: Instant;
}

// Another process may be the one that sends: the table is looked at now and then.
const LOOK_EVERY_MS = 1_000;

/** Who waits for the outcome of which message. */
export class Settlements {
	readonly #waiters = new Map<string, Set<Waiter>>();
	#stopped = false;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
	) {}

	/**
	 * Resolves once each message is decided, or with how it stands after `timeoutMs`. For what is held, or will certainly not
	 * leave in that time, nobody waits.
	 */
	async wait(ids: readonly string[], timeoutMs: number): Promise<Map<string, Settled>> {
		const results = new Map<string, Settled>();
		let allTold!: () => void;
		const told = new Promise<void>((resolve) => (allTold = resolve));
		const waiter: Waiter = {
			until: this.clock.now() + timeoutMs,
			tell: (settled) => {
				results.set(settled.id, settled);
				if (results.size === ids.length) allTold();
			},
		};
		for (const id of ids) this.#waiters.set(id, (this.#waiters.get(id) ?? new Set()).add(waiter));
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
			for (const id of ids) this.#forget(id, waiter);
		}
		for (const settled of await this.#load(open())) results.set(settled.id, settled);
		return results;
	}

	/** Something was decided: for good, or for longer than some are ready to wait. */
	announce(settled: Settled): void {
		if (settled.status === 'queued' || settled.status === 'unknown') return;
		for (const waiter of this.#waiters.get(settled.id) ?? []) {
			if (settled.status === 'postponed' && (settled.notBefore ?? 0) < waiter.until) continue;
			this.#forget(settled.id, waiter);
			waiter.tell(settled);
		}
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

	#forget(id: string, waiter: Waiter): void {
		const waiters = this.#waiters.get(id);
		waiters?.delete(waiter);
		if (waiters?.size === 0) this.#waiters.delete(id);
	}

	async #load(ids: readonly string[]): Promise<Settled[]> {
		if (ids.length === 0) return [];
		const rows = await this.store.read((db) =>
			db
				.selectFrom('outbox')
				.select(['id', 'status', 'provider_message_id', 'error_code', 'explanation', 'finished_at'])
				.select(['hint', 'waits', 'not_before'])
				.where(oneOf(db, 'id', ids))
				.execute(),
		);
		return rows.map((row) => ({
			id: row.id,
			status: statusOf(row),
			providerMessageId: row.provider_message_id,
			errorCode: row.error_code,
			explanation: row.explanation,
			hint: row.hint,
			notBefore: statusOf(row) === 'postponed' ? Number(row.not_before) : null,
			finishedAt: row.finished_at === null ? null : Number(row.finished_at),
		}));
	}
}

function statusOf({ status, waits }: { status: string; waits: number }): Settled['status'] {
	if (status === 'sending') return 'queued';
	if (status === 'queued' && waits !== WAITS.forNothing) return 'postponed';
	return status as Settled['status'];
}
