import type { Clock } from '../clock';
import { openConsumer, saveProgress } from '../store/consumers';
import type { Store } from '../store/open-store';
import { timelineAfter, type TimelineEntry } from './timeline';

export interface EventLoopOptions {
	/** Workflow id + node id: survives edits and restarts. */
	id: string;
	workflowId: string;
	/** Timeline event names that start a run. */
	events: ReadonlySet<string>;
	channelId: string | null;
	emit(entries: TimelineEntry[]): Promise<'succeeded' | 'failed'>;
}

const FETCH = 100;
const POLL_MS = 1_000;
// So many lines nobody asked for are passed before the cursor is stored for them alone.
const PASSED_AT_MOST = 1_000;

/**
 * Runs a workflow for desk events, in the order they happened, at least once: the cursor moves when the run has ended (D6).
 * A run that fails is not repeated; n8n shows it among the failed executions.
 */
export class EventLoop {
	#stopped = false;
	/** How far lines were read and, where somebody asked for them, emitted. */
	#cursor = 0;
	#stored = 0;
	#again = false;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly options: EventLoopOptions,
	) {}

	/** `previous` is the stopped loop of the same trigger: the run it may still have under way is not started again. */
	async start(previous?: EventLoop): Promise<void> {
		const { id, workflowId, channelId, events } = this.options;
		const identity = { id, source: 'timeline' as const, channelId, workflowId, events: [...events] };
		const { cursor } = await openConsumer(this.store, identity, this.clock.now());
		const isSameTable = previous !== undefined && previous.options.channelId === channelId;
		this.#cursor = isSameTable ? Math.max(cursor, previous.#cursor) : cursor;
		this.#stored = cursor;
		this.nudge();
	}

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
		const { channelId, events, emit } = this.options;
		while (!this.#stopped) {
			this.#again = false;
			const entries = await timelineAfter(this.store, this.#cursor, FETCH);
			const last = entries.at(-1);
			if (!last || this.#stopped) return;
			const wanted = entries.filter(
				(entry) =>
					events.has(entry.event) && (channelId === null || entry.channelId === null || entry.channelId === channelId),
			);
			this.#cursor = last.seq;
			if (wanted.length > 0) await emit(wanted).catch(() => undefined);
			if (wanted.length > 0 || this.#cursor - this.#stored > PASSED_AT_MOST) await this.#save(last.seq);
		}
	}

	async #save(cursor: number): Promise<void> {
		await saveProgress(this.store, this.options.id, cursor, [], this.clock.now());
		this.#stored = cursor;
	}
}
