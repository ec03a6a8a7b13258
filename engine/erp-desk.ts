import type { Clock } from './clock';
import { storeDeliveries, type Fate, type Prepared } from './erp-inbox/store-deliveries';
import { receiveErp, type ErpAnswer, type ErpCall } from './erp-inbox/receive-erp';
import type { ErpSystem } from './erp/types';
import type { ErpItem } from './erp-inbox/erp-item';
import { refusedLine, runFailedLine, unreadableLine } from './erp-inbox/lines';
import { asItems, newestTestEvents } from './erp-inbox/read-events';
import { tidyErpEvents } from './erp-inbox/tidy-erp-events';
import type { Instant } from './model';
import { GroupCommit } from './store/group-commit';
import type { Store } from './store/open-store';
import { isBadData } from './store/retry';
import type { TimelineLine } from './timeline/timeline';

export interface ErpDeskOptions {
	store: Store;
	clock: Clock;
	tell(lines: readonly TimelineLine[]): Promise<void>;
	/** New rows were committed for these sources, and perhaps lines of the timeline. */
	onStored(sources: ReadonlySet<string>): void;
}

/** What a manual test gets: the facts of the newest delivery that was sent for it in the last two minutes; [] = none came. */
export async function testErpItems(
	{ store, clock }: { store: Store; clock: Clock },
	source: string,
	raw: boolean,
): Promise<ErpItem[]> {
	return asItems(store, await newestTestEvents(store, source, clock.now()), raw);
}

/** The line that tells of a failed run; the run is not repeated. */
export function erpRunFailed(
	items: readonly ErpItem[],
	source: string,
	workflow: { id: string; name: string },
	at: Instant,
): TimelineLine {
	const system = items[0]!.system as ErpSystem;
	return runFailedLine(
		{ source, system },
		workflow,
		items.map(({ eventId }) => eventId),
		at,
	);
}

/** What lines this process has told lately is remembered up to here. */
const TOLD_AT_MOST = 5_000;

/** Takes what ERPs deliver: many requests share few transactions, and each is answered when its own is durable. */
export class ErpDesk {
	readonly #commits: GroupCommit<Prepared, Fate>;
	/** Keys of lines that need not be told again. */
	readonly #told = new Set<string>();

	constructor(private readonly options: ErpDeskOptions) {
		const { clock, tell } = options;
		this.#commits = new GroupCommit({
			store: (deliveries) => this.#store(deliveries),
			isBadData,
			refuse: ([first], error) => tell([unreadableLine(first!, String(error), clock.now())]),
		});
	}

	receive(call: ErpCall): Promise<ErpAnswer> {
		const { clock, tell } = this.options;
		return receiveErp(
			{
				now: () => clock.now(),
				submit: async (delivery) => {
					const [fate] = await this.#commits.submit([delivery]);
					return fate === 'unusable' ? 'unusable' : 'stored';
				},
				tellRefused: async ({ source, preset, test }, reason, at) => {
					const line = refusedLine({ source, system: preset.system }, reason, at);
					if (test || !this.#isNews(line.key)) return;
					await tell([line]);
				},
			},
			call,
		);
	}

	tidy(isOver: () => boolean): Promise<void> {
		return tidyErpEvents(this.options.store, isOver, this.options.clock.now());
	}

	idle(): Promise<void> {
		return this.#commits.idle();
	}

	async #store(deliveries: readonly Prepared[]): Promise<readonly Fate[]> {
		const { store, clock, onStored } = this.options;
		const { fates, sources, told } = await store.transaction((tx) =>
			storeDeliveries(tx, store.dialect, deliveries, (key) => this.#told.has(key), clock.now()),
		);
		for (const key of told) this.#isNews(key);
		onStored(sources);
		return fates;
	}

	#isNews(key: string): boolean {
		if (this.#told.has(key)) return false;
		if (this.#told.size >= TOLD_AT_MOST) this.#told.clear();
		this.#told.add(key);
		return true;
	}
}
