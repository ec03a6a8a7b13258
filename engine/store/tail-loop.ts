import type { Clock } from '../clock';
import { openConsumer, saveProgress, type ConsumerIdentity } from './consumers';
import type { Store } from './open-store';

export interface TailLoopOptions<Row extends { seq: number }> {
	identity: ConsumerIdentity;
	/** Where one that was never open begins: with what comes from now on, or with whatever is there. Default 'end'. */
	from?: 'end' | 'start';
	/** The next rows after `seq`, in their order; none = nothing new. */
	read(after: number): Promise<Row[]>;
	/** Rows that are not wanted are passed without a run. */
	isWanted(row: Row): boolean;
	/** Runs a workflow; settles when the run has ended. */
	run(rows: Row[]): Promise<unknown>;
	/** Also waits for the run that a former loop of the same trigger has under way. */
	strictlyInTurn?: boolean;
	/** Rest between runs, so that under load a run carries more. */
	pauseMs?: number;
}

const POLL_MS = 1_000;
// So many rows nobody asked for are passed before the cursor is stored for them alone.
const PASSED_AT_MOST = 1_000;

/**
 * Runs a workflow for the rows of a table, in their order, one run at a time, at least once: the cursor moves when the run has
 * ended. A run that fails is not repeated.
 */
export class TailLoop<Row extends { seq: number }> {
	#stopped = false;
	/** How far rows were read and, where they were wanted, run. */
	#cursor = 0;
	#stored = 0;
	#again = false;
	#ranAt = -Infinity;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;
	/** What the loop before this one still has under way. */
	#before: Promise<void> | undefined;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly options: TailLoopOptions<Row>,
	) {}

	/** `previous` is the stopped loop of the same trigger: the run it may still have under way is not started again. */
	async start(previous?: TailLoop<Row>): Promise<void> {
		const { identity, from, strictlyInTurn } = this.options;
		const { cursor } = await openConsumer(this.store, identity, this.clock.now(), from);
		this.#cursor = cursor;
		this.#stored = cursor;
		if (previous) {
			this.#cursor = Math.max(cursor, previous.#cursor);
			if (strictlyInTurn) this.#before = previous.#running ?? previous.#before;
		}
		this.nudge();
	}

	/** Something new may be there: look now. */
	nudge(): void {
		if (this.#stopped) return;
		this.#again = true;
		if (this.#running) return;
		clearTimeout(this.#timer);
		this.#running = this.#drain()
			.catch(() => undefined)
			.finally(() => {
				this.#running = undefined;
				if (this.#stopped) return;
				this.#timer = setTimeout(() => this.nudge(), this.#again ? 0 : POLL_MS);
				this.#timer.unref?.();
			});
	}

	/** Takes no more. A run under way ends by itself and is still stored as done. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
	}

	async #drain(): Promise<void> {
		const { read, isWanted, run } = this.options;
		await this.#before;
		this.#before = undefined;
		while (!this.#stopped) {
			await this.#rest();
			this.#again = false;
			const rows = await read(this.#cursor);
			const last = rows.at(-1);
			if (!last || this.#stopped) return;
			const wanted = rows.filter(isWanted);
			this.#cursor = last.seq;
			if (wanted.length > 0) {
				await run(wanted).catch(() => undefined);
				this.#ranAt = performance.now();
			}
			if (wanted.length > 0 || this.#cursor - this.#stored > PASSED_AT_MOST) await this.#save(last.seq);
		}
	}

	async #rest(): Promise<void> {
		const left = this.#ranAt + (this.options.pauseMs ?? 0) - performance.now();
		if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
	}

	async #save(cursor: number): Promise<void> {
		await saveProgress(this.store, this.options.identity.id, cursor, [], this.clock.now());
		this.#stored = cursor;
	}
}
