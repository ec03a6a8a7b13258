/**
 * Keeps one lease for as long as this process may hold the session's socket. It is renewed every few seconds; when that fails for
 * so long that another process may take it, it is given up here first, whatever the store does.
 */
import type { Clock } from '../../clock';
import type { Instant } from '../../model';
import type { Store } from '../../store/open-store';
import { LEASE_MS, leaveLease, renewLease, takeLease } from './lease';
import { isOwned, type SessionRow } from './session-rows';

export interface OwnershipOptions {
	store: Store;
	clock: Clock;
	channelId: string;
	/** The name of this process. */
	me: string;
	/** Whether that process is known to have died; of one elsewhere only its lease tells. */
	isGone?(owner: string): boolean;
	/** Somebody else has it, or may have by now: the socket must go. */
	lost(): void;
	renewMs?: number;
}

const RENEW_MS = 4_000;
/** Given up here this long before others may take it. */
const MARGIN_MS = 2_000;

export class Ownership {
	#fence: number | null = null;
	#renewAt = 0;
	#expiry: NodeJS.Timeout | undefined;
	/** The end of somebody's lease, and since when it was not renewed, by a clock that nobody sets. */
	#seen: { leaseUntil: Instant; since: number } | null = null;

	constructor(private readonly options: OwnershipOptions) {}

	/** Null while it is not this process's. */
	get fence(): number | null {
		return this.#fence;
	}

	/** Whether nobody owns the session, as far as its row tells. */
	isFree(row: SessionRow): boolean {
		if (!isOwned(row, this.options.clock.now())) return true;
		if (row.owner !== this.options.me && this.options.isGone?.(row.owner!) && this.#isOverdue(row.leaseUntil!)) {
			this.#seen = { leaseUntil: row.leaseUntil!, since: -Infinity };
			return true;
		}
		if (row.leaseUntil !== this.#seen?.leaseUntil)
			this.#seen = { leaseUntil: row.leaseUntil!, since: performance.now() };
		return this.#isStale();
	}

	async take(): Promise<boolean> {
		const { store, clock, channelId, me } = this.options;
		const startedAt = performance.now();
		const stale = this.#isStale() ? this.#seen!.leaseUntil : null;
		const fence = await takeLease(store, channelId, me, clock.now(), stale);
		if (fence === null) return false;
		this.#fence = fence;
		this.#seen = null;
		this.#kept(startedAt);
		return true;
	}

	/** Renews it when it is time to. */
	async keep(heardAt: Instant | null): Promise<void> {
		const fence = this.#fence;
		const startedAt = performance.now();
		if (fence === null || startedAt < this.#renewAt) return;
		const { store, clock, channelId } = this.options;
		const isMine = await renewLease(store, channelId, fence, heardAt, clock.now());
		if (this.#fence !== fence) return;
		if (isMine) this.#kept(startedAt);
		else this.lose();
	}

	/** It is not ours any more. */
	lose(): void {
		if (this.#fence === null) return;
		this.#forget();
		this.options.lost();
	}

	/** Gives it back. */
	async leave(): Promise<void> {
		const fence = this.#fence;
		if (fence === null) return;
		this.#forget();
		await leaveLease(this.options.store, this.options.channelId, fence);
	}

	#kept(startedAt: number): void {
		this.#renewAt = startedAt + (this.options.renewMs ?? RENEW_MS);
		clearTimeout(this.#expiry);
		const left = startedAt + LEASE_MS - MARGIN_MS - performance.now();
		this.#expiry = setTimeout(() => this.lose(), Math.max(0, left));
		this.#expiry.unref?.();
	}

	#forget(): void {
		this.#fence = null;
		clearTimeout(this.#expiry);
	}

	/**
	 * Its owner should have renewed it by now. Two containers of one host name take each other's processes for dead: without this
	 * they would throw each other out for ever.
	 */
	#isOverdue(leaseUntil: Instant): boolean {
		const left = leaseUntil - this.options.clock.now();
		return left < LEASE_MS - 2 * (this.options.renewMs ?? RENEW_MS) || left > LEASE_MS;
	}

	/** Its owner did not renew it for longer than it lasts: gone, however far ahead that clock was. */
	#isStale(): boolean {
		return this.#seen !== null && performance.now() - this.#seen.since > LEASE_MS + MARGIN_MS;
	}
}
