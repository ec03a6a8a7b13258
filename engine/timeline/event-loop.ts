import type { Clock } from '../clock';
import type { Store } from '../store/open-store';
import { TailLoop } from '../store/tail-loop';
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

/**
 * Runs a workflow for desk events, in the order they happened, at least once (D6). A run that fails is not repeated; n8n shows
 * it among the failed executions.
 */
export class EventLoop {
	readonly #loop: TailLoop<TimelineEntry>;

	constructor(
		store: Store,
		clock: Clock,
		private readonly options: EventLoopOptions,
	) {
		const { id, workflowId, channelId, events, emit } = options;
		this.#loop = new TailLoop(store, clock, {
			identity: { id, source: 'timeline', channelId, workflowId, events: [...events] },
			read: (after) => timelineAfter(store, after, FETCH),
			isWanted: (entry) =>
				events.has(entry.event) && (channelId === null || entry.channelId === null || entry.channelId === channelId),
			run: emit,
		});
	}

	/** `previous` is the stopped loop of the same trigger: the run it may still have under way is not started again. */
	start(previous?: EventLoop): Promise<void> {
		const isSameTable = previous !== undefined && previous.options.channelId === this.options.channelId;
		return this.#loop.start(isSameTable ? previous.#loop : undefined);
	}

	nudge(): void {
		this.#loop.nudge();
	}

	/** Takes no more. A run under way ends by itself and is still stored as done. */
	stop(): Promise<void> {
		return this.#loop.stop();
	}
}
