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
import {
	DEFAULT_PROMISE_RULES,
	isLate,
	transition,
	wrongPersonNews,
	type Change,
	type News,
	type PromiseRules,
	type Transition,
} from './transition';
import { nameOf } from './words';
import {
	cancelToWrongPerson,
	forgetWrongPerson,
	loadWrongPersons,
	rememberWrongPerson,
	wrongKey,
	type WrongPerson,
} from './wrong-person';

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
	const results = changes.map((given): Followed => {
		const known = withSnapshot(records.get(textOf(given)) ?? newRecord(given, now), given.known);
		const outcome = transition(known, given.change, circumstancesOf(given, now));
		const receivable = outcome.type === 'changed' ? outcome.record : known;
		records.set(textOf(given), receivable);
		if (outcome.type === 'changed') lines.push(...linesOf(receivable, given, outcome.news, now));
		const code = outcome.type === 'refused' ? outcome.code : null;
		return { given, result: outcome.type, code, explanation: outcome.explanation, receivable, cancelled: [] };
	});
	await saveReceivables(tx, [...records.values()], now);
	lines.push(...(await followWrongPersons(tx, results, now)));
	for (const each of results) {
		for (const { ids, lines: more } of await cancelMessages(tx, each, now)) {
			each.cancelled.push(...ids);
			lines.push(...more);
		}
	}
	await appendTimeline(tx, dialect, lines);
	return results.map(({ given: _, ...result }) => result);
}

/** A change with what became of it. */
type Followed = ReceivableResult & { given: ReceivableChange };

/**
 * "Não sou eu" is about a contact and a payer, so it is remembered wherever the invoice has got to: who says it of one that is paid
 * hears nothing of the next one either. In the order of the changes: the last word about a contact and a payer counts.
 * @returns what is to be told of invoices that stay as they are
 */
async function followWrongPersons(tx: Tx, results: readonly Followed[], now: Instant): Promise<TimelineLine[]> {
	const last = new Map<string, Followed>();
	for (const each of results) {
		const who = wrongPersonOf(each.receivable);
		if (who && (deniesPayer(each, now) || each.given.change.type === 'reopen')) last.set(wrongKey(who), each);
	}
	if (last.size === 0) return [];
	const whoOf = (type: Change['type']) =>
		[...last.values()].flatMap(({ given, receivable }) =>
			given.change.type === type ? wrongPersonOf(receivable)! : [],
		);
	const known = await loadWrongPersons(
		tx,
		whoOf('wrongPerson').map(({ contactId }) => contactId),
	);
	await rememberWrongPerson(tx, whoOf('wrongPerson'), now);
	await forgetWrongPerson(tx, whoOf('reopen'));
	const lines: TimelineLine[] = [];
	for (const [who, each] of last) {
		const { given, result, receivable } = each;
		if (given.change.type !== 'wrongPerson' || result !== 'stale') continue;
		const news = wrongPersonNews(receivable, circumstancesOf(given, now));
		each.explanation += ` ${news.text}`;
		if (!known.has(who)) lines.push(...linesOf(receivable, given, [news], now));
	}
	return lines;
}

/** News from before a reopening, when the number was corrected, counts no more for the contact than for the invoice. */
function deniesPayer({ given, receivable }: Followed, now: Instant): boolean {
	return given.change.type === 'wrongPerson' && !isLate(receivable, given.change, circumstancesOf(given, now));
}

function wrongPersonOf({ contactId, payer }: ReceivableRecord): WrongPerson | null {
	return contactId !== null && payer !== null ? { contactId, payer } : null;
}

/** Then whatever waits about it is void, also a bill that was to be sent; thanks for a payment are written after this. */
const SPEAKS_NO_MORE: ReadonlySet<ReceivableState> = new Set([
	...(['paid', 'cancelled', 'renegotiated', 'claimedPaid', 'disputed', 'wrongPerson'] as const),
]);

async function cancelMessages(tx: Tx, each: Followed, now: Instant): Promise<Cancellation[]> {
	const { given, result, receivable } = each;
	const taken: Cancellation[] = [];
	const stop = result === 'changed' ? stopOf(receivable) : null;
	if (stop !== null) {
		const which = SPEAKS_NO_MORE.has(receivable.state) ? {} : { purpose: REMINDER };
		const explanation = `Cancelada: ${stop.why}.`;
		taken.push(await cancelAbout(tx, [invoiceTopic(receivable)], { ...which, explanation }, now));
	}
	if (result === 'changed' && given.change.type === 'partPayment') {
		const explanation = `Cancelada: entrou uma parte da ${nameOf(receivable)}, e este lembrete diz o valor de antes.`;
		taken.push(await cancelAbout(tx, [invoiceTopic(receivable)], { purpose: REMINDER, explanation }, now));
	}
	const who = deniesPayer(each, now) ? wrongPersonOf(receivable) : null;
	if (who !== null) {
		const explanation = `Cancelada: ${stopOf({ ...receivable, state: 'wrongPerson' })!.why}.`;
		taken.push(await cancelToWrongPerson(tx, who, explanation, now));
	}
	return taken;
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
	news: readonly News[],
	at: Instant,
): TimelineLine[] {
	const place = { contactId: record.contactId, conversationId: conversationId ?? null };
	return news.map(({ event, text, data }) => ({ event, at, text, data, ...place, topics: [invoiceTopic(record)] }));
}
