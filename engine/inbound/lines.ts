import type { StoredInbound } from './message-item';

/**
 * Who is next? Messages wait in one line per contact; a line gives one item at a time and is busy until that item's run has
 * ended. Memory only, time is an argument.
 */
export interface LineOptions {
	/** At most this many contacts in one run. */
	batchSize: number;
	/** Joins messages a contact writes within this time; 0 = each message on its own (D-14). */
	mergeWindowMs: number;
}

const LONGEST_WAIT_WINDOWS = 5;

export class Lines {
	readonly #lines = new Map<string, StoredInbound[]>();
	/** Lines with something in them that are not busy, longest waiting first. */
	readonly #ready = new Set<string>();
	readonly #busy = new Set<string>();
	/** The earliest instant at which an open merge window may close; none found by the last `next`: undefined. */
	#opensAt: number | undefined;

	constructor(private readonly options: LineOptions) {}

	/** To the end of its line. */
	add(row: StoredInbound): void {
		const lane = laneOf(row);
		const line = this.#lines.get(lane);
		if (line) line.push(row);
		else this.#lines.set(lane, [row]);
		if (!this.#busy.has(lane)) this.#ready.add(lane);
	}

	/** Back to the front of its line: it was not run after all. */
	giveBack(rows: readonly StoredInbound[]): void {
		const lane = laneOf(rows[0]!);
		this.#lines.set(lane, [...rows, ...(this.#lines.get(lane) ?? [])]);
		this.free(lane);
	}

	/** Nothing of this line is given until it is freed. */
	block(lane: string): void {
		this.#busy.add(lane);
		this.#ready.delete(lane);
	}

	free(lane: string): void {
		this.#busy.delete(lane);
		if (this.#lines.has(lane)) this.#ready.add(lane);
	}

	/** The next run: groups of rows that make one item each, every contact at most once. Their lines are busy from now on. */
	next(now: number): StoredInbound[][] {
		const groups: StoredInbound[][] = [];
		this.#opensAt = undefined;
		for (const lane of this.#ready) {
			if (groups.length >= this.options.batchSize) break;
			const line = this.#lines.get(lane)!;
			const group = this.#takeGroup(line, now);
			if (group.length === 0) continue;
			if (line.length === 0) this.#lines.delete(lane);
			this.block(lane);
			groups.push(group);
		}
		return groups;
	}

	/** Milliseconds until a merge window may close; undefined when no line waits for that. */
	opensIn(now: number): number | undefined {
		return this.#opensAt === undefined ? undefined : Math.max(0, this.#opensAt - now);
	}

	/** The messages that make one item: one, or all that came within the merge window once it has closed. */
	#takeGroup(line: StoredInbound[], now: number): StoredInbound[] {
		const windowMs = this.options.mergeWindowMs;
		const [first] = line as [StoredInbound];
		if (windowMs === 0 || !isPlainText(first)) return [line.shift()!];
		const joinable = countJoinable(line, windowMs);
		// A later message that is not joined (media, a digit, a tapped option, a pause in between) ends the wait at once.
		if (joinable === line.length) {
			const closesAt = Math.min(line[joinable - 1]!.received_at + windowMs, lastInstant(first, windowMs));
			if (now < closesAt) {
				this.#opensAt = Math.min(this.#opensAt ?? closesAt, closesAt);
				return [];
			}
		}
		return line.splice(0, joinable);
	}
}

/**
 * How many messages from the front make one item. Decided by when they came, not by when this is asked: a run repeated
 * after a crash joins the same ones, and so finds what was already done for them.
 */
function countJoinable(line: readonly StoredInbound[], windowMs: number): number {
	const until = lastInstant(line[0]!, windowMs);
	const end = line.findIndex((row, i) => {
		if (i === 0) return false;
		const gap = row.received_at - line[i - 1]!.received_at;
		return gap >= windowMs || row.received_at >= until || !isPlainText(row);
	});
	return end === -1 ? line.length : end;
}

/** Whoever never stops writing is answered after a few windows all the same. */
function lastInstant(first: StoredInbound, windowMs: number): number {
	return first.received_at + LONGEST_WAIT_WINDOWS * windowMs;
}

/** What has no contact (a delivery status) waits for nobody. */
export function laneOf(row: StoredInbound): string {
	return row.contact_id ?? row.id;
}

/** A single digit or an option is an answer to a menu and never waits for more. */
function isPlainText(row: StoredInbound): boolean {
	if (row.kind !== 'message') return false;
	const content = JSON.parse(row.content) as { type?: string; text?: string };
	return content.type === 'text' && !/^\s*\d{1,2}\D{0,2}\s*$/u.test(content.text ?? '');
}

/** The same groups as one or two runs: first those without a file, then those with one. */
export function filesApart(groups: ReadonlyArray<readonly StoredInbound[]>): StoredInbound[][][] {
	const runs: StoredInbound[][][] = [[], []];
	// The quotation marks of what a customer writes are escaped, so this is never found in a text.
	for (const group of groups) runs[group.some((row) => row.content.includes('"media":{')) ? 1 : 0]!.push([...group]);
	return runs.filter((run) => run.length > 0);
}
