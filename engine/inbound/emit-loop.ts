import type { Clock } from '../clock';
import type { Store } from '../store/open-store';
import { openConsumer, saveProgress, type ConsumerIdentity, type ConsumerState } from '../store/consumers';
import { LATE_AFTER_MS, buildItems, type MessageItem, type StoredInbound } from './message-item';

/** How a run ended. A failed run of many is repeated one by one, so that one bad item never costs its neighbours. */
export type RunOutcome = 'succeeded' | 'failed';

export interface EmitLoopOptions {
	consumer: ConsumerIdentity;
	channelId: string;
	/** Which kinds become items: message, echo, status. Wake-ups of the own workflow always do. */
	events: ReadonlySet<string>;
	/** At most this many contacts in one run. */
	batchSize: number;
	/** Joins messages a contact writes within this time; 0 = each message on its own (D-14). */
	mergeWindowMs: number;
	lateAfterMs?: number;
	raw: boolean;
	/** Starts a run and settles when it has ended. `key` names the emission, for n8n's own duplicate check. */
	emit(items: MessageItem[], key: string): Promise<RunOutcome>;
	/** Told when a run of one message failed for good. */
	onFailed(item: MessageItem): Promise<void>;
}

// A run costs tens of milliseconds of CPU however many contacts it carries: two at a time keep the processor busy,
// more would only make the batches smaller. Runs that wait for something else stop counting after a second.
const YOUNG_RUNS = 2;
const YOUNG_MS = 1_000;
const ALL_RUNS = 40;
const FETCH = 500;
// Kept in memory per loop; beyond it rows wait in the table.
const BACKLOG = 5_000;
/** How often the table is looked at without being told: other processes may have written to it. */
const POLL_MS = 1_000;

/**
 * Runs a workflow for every stored message: in order per contact, contacts in parallel, many contacts per run under load (D3).
 * A message is done when its run has ended; after a crash the loop resumes with what was not done.
 */
export class EmitLoop {
	#state: ConsumerState = { cursor: 0, done: new Set() };
	#fetched = 0;
	#floor: number[] = [];
	readonly #waiting = new Map<string, StoredInbound[]>();
	readonly #busy = new Set<string>();
	readonly #runs = new Map<number, { startedAt: number; groups: StoredInbound[][] }>();
	#successor: EmitLoop | undefined;
	/** Rows an earlier loop of this trigger is still running; they are not done, but not ours to start. */
	readonly #inherited = new Set<number>();
	#finished: number[] = [];
	#runNumber = 0;
	#stopped = false;
	#pumping: Promise<void> | undefined;
	#again = false;
	#timer: NodeJS.Timeout | undefined;
	#saving: Promise<void> | undefined;
	readonly #bootId = Math.random().toString(36).slice(2, 10);

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly options: EmitLoopOptions,
	) {}

	/** `previous` is the stopped loop of the same trigger (a workflow published again): its runs under way are not repeated. */
	async start(previous?: EmitLoop): Promise<void> {
		this.#state = await openConsumer(this.store, this.options.consumer, this.clock.now());
		this.#fetched = this.#state.cursor;
		if (previous) this.#inherit(previous);
		this.#schedule(0);
	}

	/** Something new was stored: look now. */
	nudge(): void {
		if (this.#stopped) return;
		if (this.#pumping) this.#again = true;
		else this.#schedule(0);
	}

	#inherit(previous: EmitLoop): void {
		previous.#successor = this;
		for (const { groups } of previous.#runs.values()) {
			for (const group of groups) {
				this.#busy.add(laneOf(group[0]!));
				for (const row of group) this.#inherited.add(row.seq);
			}
		}
	}

	/** Takes no more work. Runs under way end by themselves; their messages are still marked done. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#pumping;
	}

	/** Waits until nothing is running or unsaved; for orderly shutdown and tests. */
	async drained(): Promise<void> {
		while (this.#pumping || this.#saving || this.#runs.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	get idle(): boolean {
		return !this.#pumping && !this.#saving && this.#runs.size === 0 && this.#waiting.size === 0;
	}

	#schedule(delay: number): void {
		if (this.#stopped) return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#pumping = this.#pump()
				.then(
					() => POLL_MS,
					() => POLL_MS,
				)
				.then((pause) => {
					this.#pumping = undefined;
					const soon = this.#again;
					this.#again = false;
					this.#schedule(soon ? 0 : (this.#mergePause() ?? pause));
				});
		}, delay);
		this.#timer.unref?.();
	}

	async #pump(): Promise<void> {
		await this.#fetch();
		while (!this.#stopped) {
			const groups = this.#nextBatch();
			if (groups.length === 0) return;
			await this.#run(groups);
		}
	}

	/** Reads new rows into per-contact lines. Rows that are not for this workflow are done at once. */
	async #fetch(): Promise<void> {
		while (this.#floor.length < BACKLOG) {
			const rows = await this.store.read((db) =>
				db
					.selectFrom('inbound')
					.selectAll()
					.where('channel_id', '=', this.options.channelId)
					.where('seq', '>', this.#fetched)
					.orderBy('seq')
					.limit(FETCH)
					.execute(),
			);
			for (const row of rows as StoredInbound[]) {
				row.seq = Number(row.seq);
				this.#fetched = row.seq;
				if (this.#state.done.has(row.seq)) continue;
				if (!this.#isMine(row)) continue;
				this.#floor.push(row.seq);
				if (this.#inherited.has(row.seq)) continue;
				const lane = laneOf(row);
				const line = this.#waiting.get(lane);
				if (line) line.push(row);
				else this.#waiting.set(lane, [row]);
			}
			if (rows.length < FETCH) return;
		}
	}

	#isMine(row: StoredInbound): boolean {
		if (row.test_listener !== null) return false;
		if (row.kind === 'wake') return row.workflow_id === this.options.consumer.workflowId;
		return this.options.events.has(row.kind);
	}

	#nextBatch(): StoredInbound[][] {
		const now = performance.now();
		let young = 0;
		for (const { startedAt } of this.#runs.values()) if (now - startedAt < YOUNG_MS) young++;
		if (young >= YOUNG_RUNS || this.#runs.size >= ALL_RUNS) return [];
		const groups: StoredInbound[][] = [];
		for (const [lane, line] of this.#waiting) {
			if (groups.length >= this.options.batchSize) break;
			if (this.#busy.has(lane)) continue;
			const group = this.#takeGroup(line);
			if (group.length === 0) continue;
			if (line.length === 0) this.#waiting.delete(lane);
			this.#busy.add(lane);
			groups.push(group);
		}
		return groups;
	}

	/** The messages that make one item: one, or all that came within the merge window once it has passed. */
	#takeGroup(line: StoredInbound[]): StoredInbound[] {
		const first = line[0]!;
		if (this.options.mergeWindowMs === 0 || !isPlainText(first)) return [line.shift()!];
		const texts = line.findIndex((row) => !isPlainText(row));
		const joinable = texts === -1 ? line.length : texts;
		const last = line[joinable - 1]!;
		// A later message that cannot be joined, or a digit, ends the wait at once.
		const open = joinable === line.length && this.clock.now() - last.received_at < this.options.mergeWindowMs;
		return open ? [] : line.splice(0, joinable);
	}

	/** When a merge window is open, look again as soon as it may have closed. */
	#mergePause(): number | undefined {
		return this.options.mergeWindowMs > 0 && this.#waiting.size > 0
			? Math.max(20, this.options.mergeWindowMs / 4)
			: undefined;
	}

	async #run(groups: StoredInbound[][]): Promise<void> {
		const items = await buildItems(this.store, groups, {
			raw: this.options.raw,
			now: this.clock.now(),
			lateAfterMs: this.options.lateAfterMs ?? LATE_AFTER_MS,
		});
		const run = ++this.#runNumber;
		this.#runs.set(run, { startedAt: performance.now(), groups });
		const key = `${this.options.consumer.id}:${this.#bootId}:${run}:${groups[0]![0]!.seq}`;
		// A run that only waits frees its slot after a second even though nothing has ended.
		setTimeout(() => this.nudge(), YOUNG_MS + 10).unref?.();
		void this.options
			.emit(items, key)
			.catch((): RunOutcome => 'failed')
			.then(async (outcome) => {
				this.#runs.delete(run);
				if (outcome === 'failed' && groups.length > 1) return this.#runOneByOne(groups);
				if (outcome === 'failed') await this.options.onFailed(items[0]!).catch(() => undefined);
				this.#finish(groups);
			});
	}

	async #runOneByOne(groups: StoredInbound[][]): Promise<void> {
		for (const group of groups) {
			const [item] = await buildItems(this.store, [group], {
				raw: this.options.raw,
				now: this.clock.now(),
				lateAfterMs: this.options.lateAfterMs ?? LATE_AFTER_MS,
			});
			const run = ++this.#runNumber;
			this.#runs.set(run, { startedAt: performance.now(), groups: [group] });
			const outcome = await this.options
				.emit([item!], `${this.options.consumer.id}:${this.#bootId}:${run}:${group[0]!.seq}`)
				.catch((): RunOutcome => 'failed');
			this.#runs.delete(run);
			if (outcome === 'failed') await this.options.onFailed(item!).catch(() => undefined);
			this.#finish([group]);
		}
	}

	#finish(groups: StoredInbound[][]): void {
		if (this.#successor) return this.#successor.#finish(groups);
		for (const group of groups) {
			this.#busy.delete(laneOf(group[0]!));
			for (const row of group) this.#finished.push(row.seq);
		}
		this.#saving ??= this.#save().finally(() => (this.#saving = undefined));
		this.nudge();
	}

	/** Saves everything that ended meanwhile in one transaction, again and again until nothing is left. */
	async #save(): Promise<void> {
		while (this.#finished.length > 0) {
			const seqs = this.#finished;
			this.#finished = [];
			for (const seq of seqs) this.#state.done.add(seq);
			this.#floor = this.#floor.filter((seq) => !this.#state.done.has(seq));
			const cursor = this.#floor.length > 0 ? this.#floor[0]! - 1 : Math.max(this.#fetched, ...seqs);
			try {
				await saveProgress(this.store, this.options.consumer.id, cursor, seqs, this.clock.now());
				for (const seq of this.#state.done) if (seq <= cursor) this.#state.done.delete(seq);
				this.#state.cursor = cursor;
			} catch {
				// The database is away for longer than its own retries: keep the news and try again.
				this.#finished.push(...seqs);
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			}
		}
	}
}

function laneOf(row: StoredInbound): string {
	return row.contact_id ?? row.id;
}

/** A single digit or an option is an answer to a menu and never waits for more. */
function isPlainText(row: StoredInbound): boolean {
	if (row.kind !== 'message') return false;
	const content = JSON.parse(row.content) as { type?: string; text?: string };
	return content.type === 'text' && !/^\s*\d{1,2}\D{0,2}\s*$/u.test(content.text ?? '');
}
