import { GroupCommit, type GroupCommitOptions } from '../store/group-commit';
import type { Arrival, Fate } from './ingest';

export interface Stored {
	stored: number;
	duplicates: number;
	/** Events the store cannot hold; they were told, and their neighbours are stored. */
	unusable: number;
}

export type ReceiverOptions = GroupCommitOptions<Arrival, Fate>;

/** Many webhooks, few commits. A caller is answered when everything it brought is durable. */
export class Receiver {
	readonly #commits: GroupCommit<Arrival, Fate>;

	constructor(options: ReceiverOptions) {
		this.#commits = new GroupCommit(options);
	}

	async receive(arrivals: readonly Arrival[]): Promise<Stored> {
		return count(await this.#commits.submit(arrivals));
	}

	idle(): Promise<void> {
		return this.#commits.idle();
	}
}

function count(fates: ReadonlyArray<Fate | 'unusable'>): Stored {
	const of = (fate: Fate | 'unusable') => fates.filter((each) => each === fate).length;
	return { stored: of('stored'), duplicates: of('duplicate'), unusable: of('unusable') };
}
