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

/**
 * Runs a workflow for desk events, in the order they happened, at least once: the cursor moves when the run has ended (D6).
 * A run that fails is not repeated; n8n shows it among the failed executions.
 */
export class EventLoop {
	#stopped = false;
	#cursor = 0;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly options: EventLoopOptions,
	) {}

	async start(): Promise<void> {
		const { id, workflowId, channelId, events } = this.options;
		const state = await openConsumer(
			this.store,
			{ id, source: 'timeline', channelId, workflowId, events: [...events] },
			this.clock.now(),
		);
		this.#cursor = state.cursor;
		this.nudge();
	}

	nudge(): void {
		if (this.#stopped || this.#running) return;
		clearTimeout(this.#timer);
		this.#running = this.#drain()
			.catch(() => undefined)
			.finally(() => {
				this.#running = undefined;
				if (this.#stopped) return;
				this.#timer = setTimeout(() => this.nudge(), POLL_MS);
				this.#timer.unref?.();
			});
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
	}

	async #drain(): Promise<void> {
		while (!this.#stopped) {
			const entries = await timelineAfter(this.store, this.#cursor, FETCH);
			const last = entries.at(-1);
			if (!last) return;
			const { events, channelId, emit, id } = this.options;
			const wanted = entries.filter(
				(e) => events.has(e.event) && (channelId === null || e.channelId === null || e.channelId === channelId),
			);
			if (wanted.length > 0) await emit(wanted).catch(() => undefined);
			this.#cursor = last.seq;
			// Lines nobody asked for move the cursor in memory only: after a restart they are simply read again.
			if (wanted.length > 0) await saveProgress(this.store, id, this.#cursor, [], this.clock.now());
		}
	}
}
