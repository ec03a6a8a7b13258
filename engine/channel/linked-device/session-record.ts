/** The row of a session as its owner writes it: every change names the fence, and what people are told of it is told with it. */
import type { Clock } from '../../clock';
import type { Instant } from '../../model';
import type { SessionProblem } from '../../model-linked-device';
import type { Store, Tx } from '../../store/open-store';
import { LeaseLost } from './fence';
import type { Ownership } from './ownership';
import { explainProblem } from './problems';
import type { SessionNews } from './session-news';
import { report, viewOf, type SessionPatch, type SessionRow } from './session-rows';

export interface SessionRecordOptions {
	store: Store;
	clock: Clock;
	channelId: string;
	ownership: Ownership;
	/** Tells people, in the transaction that changes the row. */
	tell(tx: Tx, row: SessionRow, news: readonly SessionNews[], now: Instant): Promise<void>;
	/** People were told. */
	told(): void;
}

export class SessionRecord {
	#row: SessionRow | null = null;

	constructor(private readonly options: SessionRecordOptions) {}

	/** As it was read or written last. */
	get row(): SessionRow | null {
		return this.#row;
	}

	get isLinked(): boolean {
		return this.#row?.linkedAt != null;
	}

	get ageDays(): number | null {
		return this.#row && viewOf(this.#row, this.options.clock.now()).ageDays;
	}

	/** False: it was read before something was written here. */
	read(row: SessionRow): boolean {
		if (this.#row && row.version < this.#row.version) return false;
		this.#row = row;
		return true;
	}

	/** Throws LeaseLost when somebody else owns the session. */
	async write(patch: SessionPatch, news: readonly SessionNews[] = []): Promise<void> {
		const { store, clock, channelId, ownership, tell, told } = this.options;
		const fence = ownership.fence;
		if (fence === null) throw new LeaseLost(channelId);
		const now = clock.now();
		const row = await store.transaction(async (tx) => {
			const changed = await report(tx, { channelId, fence }, patch, now);
			if (changed && news.length > 0) await tell(tx, changed, news, now);
			return changed;
		});
		if (!row) {
			ownership.lose();
			throw new LeaseLost(channelId);
		}
		this.#row = row;
		if (news.length > 0) told();
	}

	/** What is told of a session that does not come back, or not soon. */
	down(problem: SessionProblem, detail: string | null, wasLinked: boolean): SessionNews {
		const explanation = explainProblem(problem, { phone: this.#row?.phone ?? null, detail });
		return { type: 'down', problem, explanation, wasLinked, detail };
	}
}

export const NO_CODE: SessionPatch = { qr: null, qr_expires_at: null, pairing_code: null };
export const NO_PROBLEM: SessionPatch = { problem: null, problem_detail: null };
