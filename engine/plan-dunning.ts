/**
 * Which reminders are due now, and why are the others not? Reads what the desk knows of the payers, a few thousand receivables at a
 * time, and lets the rules decide (engine/dunning). It writes nothing and never holds more than a chunk, so the list may be of any
 * length; what makes a reminder unrepeatable happens when it is enqueued (X-04, D-34).
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Desk } from './desk';
import { decidePayer } from './dunning/decide-payer';
import { readPayerRows, type PayerRows } from './dunning/payer-rows';
import { compilePolicy, type CompiledPolicy } from './dunning/policy';
import { NO_HISTORY, type Decision, type DunningPolicy, type PayerHistory, type Receivable } from './dunning/types';
import type { Instant } from './model';
import { loadHistories, type PlannedPayer, type PositionOf } from './receivable/history';
import { loadReleased } from './receivable/told-steps';
import type { Store } from './store/open-store';

/** So many receivables are read and decided at once. */
const CHUNK = 2_000;

/**
 * A week of reminders counts. What they held back may be caught up after it, and the week before may have held it back already; two
 * days for the distance of clocks.
 */
const lookBackMs = ({ catchUpDays }: DunningPolicy) => (14 + catchUpDays + 2) * 24 * 3_600_000;

/** One decision per reminder, one per receivable that is not reminded of. */
export type DecisionStream = AsyncGenerator<Decision, void, undefined>;

/** What of a desk planning needs. */
export type PlanningDesk = Pick<Desk, 'store'>;

/**
 * @param receivables those of one payer follow each other (see `sortByPayer`): a payer met again counts as another one, and only the
 * outbox keeps them from a second reminder on the same day
 * @throws ConfigurationError naming the field of the policy at fault, before anything is read
 */
export function planDunning(
	desk: PlanningDesk,
	receivables: AsyncIterable<Receivable> | Iterable<Receivable>,
	policy: DunningPolicy,
	now: Instant,
): DecisionStream {
	const compiled = compilePolicy(policy);
	return oneByOne(decideInTurn(desk.store, chunksOf(receivables), compiled, now));
}

/** The whole list at once, in any order. */
export async function planAll(
	desk: PlanningDesk,
	receivables: readonly Receivable[],
	policy: DunningPolicy,
	now: Instant,
): Promise<Decision[]> {
	const compiled = compilePolicy(policy);
	const all: Decision[] = [];
	for await (const decisions of decideInTurn(desk.store, chunksOfGroups(groupsOf(receivables)), compiled, now)) {
		for (const decision of decisions) all.push(decision);
	}
	return all;
}

/** Those of one payer and creditor together; payers in the order in which they are first met. */
export function sortByPayer(receivables: readonly Receivable[]): Receivable[] {
	return [...groupsOf(receivables)].flat();
}

// ---------------------------------------------------------------- helpers

/** All of one payer and creditor. */
type Group = Receivable[];

/** Not `yield*`: that would wait for each decision twice, which costs more than making it. */
async function* oneByOne(chunks: AsyncIterable<Decision[]>): DecisionStream {
	for await (const decisions of chunks) for (const decision of decisions) yield decision;
}

function groupsOf(receivables: readonly Receivable[]): Iterable<Group> {
	const groups = new Map<string, Group>();
	let group: Group | undefined;
	for (const receivable of receivables) {
		// Nearly all lists have those of one payer together.
		if (!group || !isOfSamePayer(group[0]!, receivable)) {
			const key = keyOf(receivable);
			group = groups.get(key);
			if (!group) groups.set(key, (group = []));
		}
		group.push(receivable);
	}
	return groups.values();
}

function* chunksOfGroups(groups: Iterable<Group>): Generator<Group[]> {
	let chunk: Group[] = [];
	let held = 0;
	for (const group of groups) {
		if (held >= CHUNK) {
			yield chunk;
			[chunk, held] = [[], 0];
		}
		chunk.push(group);
		held += group.length;
	}
	if (chunk.length > 0) yield chunk;
}

/** Groups of neighbours, a chunk at a time; none is cut. */
async function* chunksOf(receivables: AsyncIterable<Receivable> | Iterable<Receivable>): AsyncGenerator<Group[]> {
	let chunk: Group[] = [];
	let held = 0;
	let current: Receivable | null = null;
	const add = (receivable: Receivable): Group[] | null => {
		const isSame = current !== null && isOfSamePayer(current, receivable);
		const full = !isSame && held >= CHUNK ? chunk : null;
		if (full) [chunk, held] = [[], 0];
		if (isSame) chunk.at(-1)!.push(receivable);
		else chunk.push([receivable]);
		current = receivable;
		held++;
		return full;
	};
	if (Symbol.iterator in receivables) {
		// Waiting for each item of a plain list would cost more than deciding about it.
		for (const receivable of receivables) {
			const full = add(receivable);
			if (full) yield full;
		}
	} else {
		for await (const receivable of receivables) {
			const full = add(receivable);
			if (full) yield full;
		}
	}
	if (chunk.length > 0) yield chunk;
}

/** What is known about the next chunk is asked for while this one is decided: on PostgreSQL both go on at the same time. */
async function* decideInTurn(
	store: Store,
	chunks: AsyncIterable<Group[]> | Iterable<Group[]>,
	compiled: CompiledPolicy,
	now: Instant,
): AsyncGenerator<Decision[], void, undefined> {
	const released = await store.read(loadReleased);
	let reading: Promise<Known> | undefined;
	for await (const groups of chunks) {
		const next = readKnown(store, groups, now - lookBackMs(compiled.policy), released, compiled.positionOf);
		// Its failure is told when its turn comes.
		next.catch(() => undefined);
		if (reading) yield decide(await reading, compiled, now);
		reading = next;
		// Everything else this process does goes on between two chunks.
		await breathe();
	}
	if (reading) yield decide(await reading, compiled, now);
}

function decide({ groups, rows, histories }: Known, compiled: CompiledPolicy, now: Instant): Decision[] {
	const decisions: Decision[] = [];
	for (const [i, group] of groups.entries()) {
		const { creditor, payer } = group[0]!;
		const history = histories.get(creditor)?.get(payer.key) ?? NO_HISTORY;
		for (const decision of decidePayer(group, compiled, history, now, rows[i])) decisions.push(decision);
	}
	return decisions;
}

interface Known {
	groups: readonly Group[];
	rows: readonly PayerRows[];
	/** By creditor, then payer: two creditors may use the same numbers for their invoices. */
	histories: ReadonlyMap<string, ReadonlyMap<string, PayerHistory>>;
}

async function readKnown(
	store: Store,
	groups: readonly Group[],
	since: Instant,
	released: ReadonlySet<string>,
	positionOf: PositionOf,
): Promise<Known> {
	const rows = groups.map((group) => readPayerRows(group));
	const byCreditor = new Map<string, PlannedPayer[]>();
	for (const [i, group] of groups.entries()) {
		const { creditor, payer } = group[0]!;
		const { phone } = rows[i]!;
		const planned: PlannedPayer = {
			key: payer.key,
			creditor,
			phone: phone?.ok ? phone.e164 : null,
			invoices: group.map(({ invoice }) => invoice),
		};
		const others = byCreditor.get(creditor);
		if (others) others.push(planned);
		else byCreditor.set(creditor, [planned]);
	}
	const histories = new Map<string, Map<string, PayerHistory>>();
	for (const [creditor, payers] of byCreditor) {
		histories.set(creditor, await store.read((db) => loadHistories(db, payers, since, released, positionOf)));
	}
	return { groups, rows, histories };
}

const keyOf = ({ creditor, payer }: Receivable) => `${creditor}\n${payer.key}`;
const isOfSamePayer = (a: Receivable, b: Receivable) => a.payer.key === b.payer.key && a.creditor === b.creditor;
