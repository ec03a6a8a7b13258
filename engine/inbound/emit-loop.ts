import type { Clock } from '../clock';
import { openConsumer, saveProgress, type ConsumerIdentity } from '../store/consumers';
import type { Store } from '../store/open-store';
import { filesApart, laneOf, Lines } from './lines';
import { LATE_AFTER_MS, buildItems, type MessageItem, type StoredInbound } from './message-item';
import { Progress } from './progress';
import { Runs, YOUNG_MS, type RunOutcome } from './runs';

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
	/** Messages with a file get runs of their own: their run may have to wait for the file, and nobody else shall. */
	filesApart?: boolean;
	/** Starts a run and settles when it has ended. `key` names the emission, for n8n's own duplicate check. */
	emit(items: MessageItem[], key: string): Promise<RunOutcome>;
	/** Told when a run of one message failed for good. */
	onFailed(item: MessageItem): Promise<void>;
}

const FETCH = 500;
// Kept in memory per loop; beyond it rows wait in the table.
const BACKLOG = 5_000;
/** How often the table is looked at without being told: other processes may have written to it. */
const POLL_MS = 1_000;
// So many rows of others are passed before the cursor is stored for them alone.
const PASSED_AT_MOST = 1_000;

type Group = readonly StoredInbound[];

/**
 * Runs a workflow for every stored message: in order per contact, contacts in parallel, many contacts per run under load (D3).
 * A message is done when its run has ended; after a crash the loop resumes with what was not done.
 */
export class EmitLoop {
	readonly #lines: Lines;
	readonly #runs: Runs;
	#progress = new Progress(0, new Set());
	/** The cursor as it is stored. */
	#stored = 0;
	#opened = false;
	/** Rows that were emitted and have not ended, here or by the loop before this one; by row number, the line each is of. */
	readonly #underWay = new Map<number, string>();
	#successor: EmitLoop | undefined;
	#finished: number[] = [];
	#stopped = false;
	#pumping: Promise<void> | undefined;
	#again = false;
	#timer: NodeJS.Timeout | undefined;
	#saving: Promise<void> | undefined;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly options: EmitLoopOptions,
	) {
		this.#lines = new Lines(options);
		this.#runs = new Runs(options.consumer.id, (items, key) => options.emit(items, key));
	}

	/** `previous` is the stopped loop of the same trigger (a workflow published again): its runs under way are not repeated. */
	async start(previous?: EmitLoop): Promise<void> {
		if (previous) await previous.#handOver(this);
		const { cursor, done } = await openConsumer(this.store, this.options.consumer, this.clock.now());
		this.#progress = new Progress(cursor, done);
		this.#stored = cursor;
		this.#opened = true;
		this.#saveSoon();
		this.#schedule(0);
	}

	/** Something new was stored: look now. */
	nudge(): void {
		if (this.#stopped) return;
		if (this.#pumping) this.#again = true;
		else this.#schedule(0);
	}

	/** Takes no more work. Runs under way end by themselves; their messages are still marked done. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#pumping;
	}

	/** Waits until nothing is running or unsaved; for orderly shutdown and tests. */
	async drained(): Promise<void> {
		while (!this.idle) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	/** Nothing is running or unsaved; messages may wait. */
	get idle(): boolean {
		return !this.#pumping && !this.#saving && this.#underWay.size === 0 && this.#finished.length === 0;
	}

	/** What runs goes on, but its end is told to `next`. Resolves once everything that ended here is stored. */
	async #handOver(next: EmitLoop): Promise<void> {
		this.#successor = next;
		for (const [seq, lane] of this.#underWay) {
			next.#underWay.set(seq, lane);
			next.#lines.block(lane);
		}
		this.#underWay.clear();
		await this.#saving;
	}

	#schedule(delay: number): void {
		if (this.#stopped || !this.#opened) return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#pumping = this.#pump()
				// The store is away for longer than its own patience: the next look finds what this one left.
				.catch(() => undefined)
				.then(() => {
					this.#pumping = undefined;
					const soon = this.#again;
					this.#again = false;
					this.#schedule(soon ? 0 : Math.min(POLL_MS, this.#lines.opensIn(this.clock.now()) ?? POLL_MS));
				});
		}, delay);
		this.#timer.unref?.();
	}

	async #pump(): Promise<void> {
		await this.#fetch();
		while (!this.#stopped && this.#runs.hasRoom) {
			const groups = this.#lines.next(this.clock.now());
			if (groups.length === 0) return;
			for (const group of groups) for (const row of group) this.#underWay.set(row.seq, laneOf(row));
			await this.#startRuns(this.options.filesApart ? filesApart(groups) : [groups]);
		}
	}

	/** Reads new rows into per-contact lines. Rows that are not for this workflow are done at once. */
	async #fetch(): Promise<void> {
		while (this.#progress.openCount < BACKLOG && !this.#stopped) {
			const rows = await this.#read(this.#progress.seen);
			for (const row of rows) {
				row.seq = Number(row.seq);
				if (!this.#progress.look(row.seq, this.#isMine(row))) continue;
				if (!this.#underWay.has(row.seq)) this.#lines.add(row);
			}
			if (this.#progress.cursor - this.#stored > PASSED_AT_MOST) this.#saveSoon();
			if (rows.length < FETCH) return;
		}
	}

	#read(after: number): Promise<StoredInbound[]> {
		return this.store.read((db) =>
			db
				.selectFrom('inbound')
				.select(['seq', 'id', 'kind', 'channel_id', 'contact_id', 'conversation_id', 'provider_message_id'])
				.select(['address', 'sent_at', 'received_at', 'content', 'test_listener', 'workflow_id'])
				.$if(this.options.raw, (query) => query.select('raw'))
				.where('channel_id', '=', this.options.channelId)
				.where('seq', '>', after)
				.orderBy('seq')
				.limit(FETCH)
				.execute(),
		);
	}

	#isMine(row: StoredInbound): boolean {
		if (row.test_listener !== null) return false;
		if (row.kind === 'wake') return row.workflow_id === this.options.consumer.workflowId;
		return this.options.events.has(row.kind);
	}

	async #startRuns(parts: ReadonlyArray<readonly Group[]>): Promise<void> {
		for (const [i, part] of parts.entries()) {
			try {
				await this.#startRun(part);
			} catch (error) {
				for (const rest of parts.slice(i + 1)) this.#giveBack(rest);
				throw error;
			}
		}
	}

	async #startRun(groups: readonly Group[]): Promise<void> {
		let items: MessageItem[];
		try {
			items = await this.#build(groups);
		} catch (error) {
			this.#giveBack(groups);
			throw error;
		}
		if (this.#stopped) return this.#giveBack(groups);
		// A run that only waits frees its slot after a second even though nothing has ended.
		setTimeout(() => this.nudge(), YOUNG_MS + 10).unref?.();
		void this.#watch(groups, items);
	}

	async #watch(groups: readonly Group[], items: MessageItem[]): Promise<void> {
		const outcome = await this.#runs.emit(items, groups[0]![0]!.seq);
		if (outcome === 'succeeded') return this.#end(groups);
		if (groups.length === 1) {
			await this.options.onFailed(items[0]!).catch(() => undefined);
			return this.#end(groups);
		}
		for (const [i, group] of groups.entries()) {
			// Whoever follows runs the rest.
			if (this.#stopped) return this.#giveBack(groups.slice(i));
			const [item] = await this.#build([group]).catch(() => []);
			if (!item) this.#giveBack([group]);
			else await this.#watch([group], [item]);
		}
	}

	#build(groups: readonly Group[]): Promise<MessageItem[]> {
		const { raw, lateAfterMs = LATE_AFTER_MS } = this.options;
		return buildItems(this.store, groups, { raw, now: this.clock.now(), lateAfterMs });
	}

	#end(groups: readonly Group[]): void {
		if (this.#successor) return this.#successor.#end(groups);
		for (const group of groups) {
			for (const row of group) {
				this.#underWay.delete(row.seq);
				this.#finished.push(row.seq);
			}
			this.#lines.free(laneOf(group[0]!));
		}
		this.#saveSoon();
		this.nudge();
	}

	/** These were not run after all: they are next again. */
	#giveBack(groups: readonly Group[]): void {
		if (this.#successor) return this.#successor.#giveBack(groups);
		for (const group of groups) {
			for (const row of group) this.#underWay.delete(row.seq);
			// What this loop has not looked at yet, it will find in the table.
			const looked = group.filter((row) => row.seq <= this.#progress.seen);
			if (looked.length > 0) this.#lines.giveBack(looked);
			else this.#lines.free(laneOf(group[0]!));
		}
		this.nudge();
	}

	#saveSoon(): void {
		if (this.#opened) this.#saving ??= this.#save().finally(() => (this.#saving = undefined));
	}

	/** Saves everything that ended meanwhile in one transaction, again and again until nothing is left. */
	async #save(): Promise<void> {
		while (this.#finished.length > 0 || this.#progress.cursor - this.#stored > PASSED_AT_MOST) {
			const seqs = this.#finished;
			this.#finished = [];
			this.#progress.end(seqs);
			const { cursor } = this.#progress;
			try {
				await saveProgress(this.store, this.options.consumer.id, cursor, seqs, this.clock.now());
				this.#stored = cursor;
			} catch {
				// The database is away for longer than its own retries: keep the news and try again.
				this.#finished.push(...seqs);
				if (this.store.closed) return;
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			}
		}
	}
}
