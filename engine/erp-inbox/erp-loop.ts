import type { Clock } from '../clock';
import type { Store } from '../store/open-store';
import { TailLoop } from '../store/tail-loop';
import type { ErpItem } from './erp-item';
import { asItems, eventsAfter } from './read-events';

export interface ErpLoopOptions {
	/** workflow id + node id: what was received under this name is run. */
	source: string;
	workflowId: string;
	/** At most this many facts in one run. */
	batchSize: number;
	/** Whether what is ignored starts a run too. */
	runForIgnored: boolean;
	/** Whether items carry the body they came with. */
	raw: boolean;
	/** Starts a run and settles when it has ended. */
	emit(items: ErpItem[]): Promise<'succeeded' | 'failed'>;
	/** Told when a run failed; it is not repeated. */
	onFailed(items: readonly ErpItem[]): Promise<void>;
}

// A run costs n8n tens of milliseconds however much it carries, and answers to ERPs wait meanwhile.
const PAUSE_MS = 250;

interface Waiting {
	seq: number;
	item: ErpItem;
}

/** Runs a workflow for what an ERP told: in order, one run at a time, many facts per run under load, at least once. */
export class ErpLoop {
	readonly #loop: TailLoop<Waiting>;

	constructor(
		store: Store,
		clock: Clock,
		private readonly options: ErpLoopOptions,
	) {
		const { source, workflowId, batchSize, runForIgnored, raw } = options;
		this.#loop = new TailLoop<Waiting>(store, clock, {
			identity: { id: source, source: 'erp_event', channelId: null, workflowId, events: [] },
			// Nothing is received for a workflow that was never published.
			from: 'start',
			read: async (after) => {
				const rows = await eventsAfter(store, source, after, batchSize);
				const items = await asItems(store, rows, raw);
				return rows.map(({ seq }, i) => ({ seq, item: items[i]! }));
			},
			isWanted: ({ item }) => item.outcome === 'event' || runForIgnored,
			run: (rows) => this.#run(rows.map(({ item }) => item)),
			strictlyInTurn: true,
			pauseMs: PAUSE_MS,
		});
	}

	start(previous?: ErpLoop): Promise<void> {
		return this.#loop.start(previous && previous.#loop);
	}

	nudge(): void {
		this.#loop.nudge();
	}

	stop(): Promise<void> {
		return this.#loop.stop();
	}

	async #run(items: ErpItem[]): Promise<void> {
		const outcome = await this.options.emit(items).catch(() => 'failed' as const);
		if (outcome === 'failed') await this.options.onFailed(items).catch(() => undefined);
	}
}
