/**
 * News about receivables: each is written down, told on the timeline, and whatever still waits to remind of it is taken back in the
 * same transaction, so that what is paid is never charged.
 */
import { DateTime } from 'luxon';
import { DEFAULT_ZONE } from '../business-hours/schedule';
import type { Instant } from '../model';
import { REMINDER, type ReceivableKey, type ReceivableRecord, type ReceivableState } from '../model-receivable';
import { invoiceTopic } from '../model-topic';
import { cancelAbout, type Cancellation } from '../outbox/cancel-about';
import { stopOf } from '../outbox/rules/receivable-open';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { loadReceivables, newRecord, saveReceivables, textOf, touchReceivables } from './rows';
import { DEFAULT_PROMISE_RULES, transition, type Change, type PromiseRules, type Transition } from './transition';
import { cancelToWrongPerson, forgetWrongPerson, rememberWrongPerson } from './wrong-person';

/** What is known of a receivable besides its state; what is null or absent stays as it is known. */
export type Snapshot = Partial<Pick<ReceivableRecord, 'number' | 'payer' | 'contactId' | 'dueDate' | 'amountCents'>>;

export interface ReceivableChange extends ReceivableKey {
	change: Change;
	known?: Snapshot;
	/** Portuguese: who said so, and why when it matters, e.g. 'pelo fluxo "Cobrança"'. */
	reason?: string | null;
	/** When it happened where the news comes from: older than a reopening, it changes nothing. */
	occurredAt?: Instant | null;
	/** The conversation in which it was said, for the timeline. */
	conversationId?: string | null;
	/** IANA zone of the payer's dates; default America/Sao_Paulo. */
	zone?: string;
	promises?: Partial<PromiseRules>;
}

export interface ReceivableResult {
	result: Transition['type'];
	/** Of a refusal: promiseInPast, promiseTooFar, tooManyPromises, noDate. */
	code: string | null;
	/** One sentence in Portuguese. */
	explanation: string;
	/** As it stands now. */
	receivable: ReceivableRecord;
	/** The messages that were taken back. */
	cancelled: string[];
}

/** In the order of `changes`; several about one receivable follow each other. Announce what was cancelled after the commit. */
export function changeReceivables(
	store: Store,
	changes: readonly ReceivableChange[],
	now: Instant,
): Promise<ReceivableResult[]> {
	return store.transaction((tx) => changeWithin(tx, store.dialect, changes, now));
}

export async function changeWithin(
	tx: Tx,
	dialect: Store['dialect'],
	changes: readonly ReceivableChange[],
	now: Instant,
): Promise<ReceivableResult[]> {
	if (changes.length === 0) return [];
	await touchReceivables(tx, changes, now);
	const records = await loadReceivables(tx, changes, dialect);
	const lines: TimelineLine[] = [];
	const results = changes.map((given): ReceivableResult & { given: ReceivableChange } => {
		const known = withSnapshot(records.get(textOf(given)) ?? newRecord(given, now), given.known);
		const outcome = transition(known, given.change, circumstancesOf(given, now));
		const receivable = outcome.type === 'changed' ? outcome.record : known;
		records.set(textOf(given), receivable);
		if (outcome.type === 'changed') lines.push(...linesOf(receivable, given, outcome.news, now));
		const code = outcome.type === 'refused' ? outcome.code : null;
		return { given, result: outcome.type, code, explanation: outcome.explanation, receivable, cancelled: [] };
	});
	await saveReceivables(tx, [...records.values()], now);
	const changed = results.filter(({ result }) => result === 'changed');
	await followWrongPersons(tx, changed, now);
	for (const each of changed) {
		for (const { ids, lines: more } of await cancelMessages(tx, each, now)) {
			each.cancelled.push(...ids);
			lines.push(...more);
		}
	}
	await appendTimeline(tx, dialect, lines);
	return results.map(({ given: _, ...result }) => result);
}

async function followWrongPersons(
	tx: Tx,
	changed: ReadonlyArray<{ given: ReceivableChange; receivable: ReceivableRecord }>,
	now: Instant,
): Promise<void> {
	const of = (type: Change['type']) =>
		changed.flatMap(({ given, receivable: { contactId, payer } }) =>
			given.change.type === type && contactId !== null && payer !== null ? [{ contactId, payer }] : [],
		);
	await rememberWrongPerson(tx, of('wrongPerson'), now);
	await forgetWrongPerson(tx, of('reopen'));
}

/** Then whatever waits about it is void, also a bill that was to be sent; thanks for a payment are written after this. */
const SPEAKS_NO_MORE: ReadonlySet<ReceivableState> = new Set([
	...(['paid', 'cancelled', 'renegotiated', 'claimedPaid', 'disputed', 'wrongPerson'] as const),
]);

async function cancelMessages(
	tx: Tx,
	{ given, receivable }: { given: ReceivableChange; receivable: ReceivableRecord },
	now: Instant,
): Promise<Cancellation[]> {
	const stop = stopOf(receivable);
	if (stop === null) return [];
	const explanation = `Cancelada: ${stop.why}.`;
	const which = SPEAKS_NO_MORE.has(receivable.state) ? {} : { purpose: REMINDER };
	const about = await cancelAbout(tx, [invoiceTopic(receivable)], { ...which, explanation }, now);
	const { contactId, payer } = receivable;
	if (given.change.type !== 'wrongPerson' || contactId === null || payer === null) return [about];
	return [about, await cancelToWrongPerson(tx, { contactId, payer }, explanation, now)];
}

function withSnapshot(record: ReceivableRecord, known: Snapshot = {}): ReceivableRecord {
	const given = Object.entries(known).filter(([, value]) => value !== null && value !== undefined);
	return { ...record, ...(Object.fromEntries(given) as Snapshot) };
}

function circumstancesOf({ zone = DEFAULT_ZONE, occurredAt, reason, promises }: ReceivableChange, now: Instant) {
	const today = DateTime.fromMillis(now, { zone }).toISODate()!;
	const rules = { ...DEFAULT_PROMISE_RULES, ...promises };
	return { now, zone, today, occurredAt: occurredAt ?? null, reason: reason || null, promises: rules };
}

function linesOf(
	record: ReceivableRecord,
	{ conversationId }: ReceivableChange,
	news: ReadonlyArray<{ event: string; text: string; data: Record<string, unknown> }>,
	at: Instant,
): TimelineLine[] {
	const place = { contactId: record.contactId, conversationId: conversationId ?? null };
	return news.map(({ event, text, data }) => ({ event, at, text, data, ...place, topics: [invoiceTopic(record)] }));
}
