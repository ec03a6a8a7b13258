/**
 * What makes a reminder unrepeatable: before it is stored, each step of each invoice it tells is taken, the reader's day with them.
 * Runs that plan the same ladder at the same moment take their turn here; the second finds the steps taken (D-34).
 */
import type { DunningPlan } from '../dunning/types';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import { invoiceTopic, type Topic } from '../model-topic';
import { isReleased } from '../outbox/released';
import { lockReminders } from '../outbox/reminder-rows';
import { firstStop, stopOf } from '../outbox/rules/receivable-open';
import type { Store, Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { loadTold } from './load-told';
import { loadReceivables, newRecord, rowOf, textOf } from './rows';
import { objectionTo, type Told } from './told';
import { noteTold } from './told-steps';
import { breakPromise } from './transition';
import { writtenDate } from './words';
import { loadWrongPersons, wrongKey } from './wrong-person';

/** A reminder that is about to be stored. */
export interface StepRequest {
	plan: DunningPlan;
	contactId: string;
}

/**
 *   claimed   store it under this key, then call `keepClaims`
 *   repeated  a reminder of the same steps was stored before under this key: its result counts
 *   refused   it may not be told, or not any more
 */
export type StepClaim =
	{ type: 'claimed' | 'repeated'; dedupeKey: string } | { type: 'refused'; code: SkipReason; explanation: string };

export type SkipReason =
	'alreadySent' | 'oneReminderPerDay' | 'weeklyMaximum' | 'receivableSettled' | 'receivableStopped';

export const topicsOfPlan = ({ creditor, steps }: DunningPlan): Topic[] =>
	steps.map(({ invoice }) => invoiceTopic({ creditor, invoice }));

/** In the order of the requests. From here to the commit nobody else claims. `lines`: what became known on the way. */
export async function claimSteps(
	tx: Tx,
	dialect: Store['dialect'],
	requests: readonly StepRequest[],
	now: Instant,
): Promise<{ claims: StepClaim[]; lines: TimelineLine[] }> {
	if (requests.length === 0) return { claims: [], lines: [] };
	await lockReminders(tx, dialect);
	const lines: TimelineLine[] = [];
	const keys = await freeKeys(tx, [...new Set(requests.map(({ plan }) => plan.dedupeKey))]);
	const fresh = requests.filter(({ plan }) => keys.get(plan.dedupeKey)!.isFree);
	const records = await noteReceivables(tx, fresh, now);
	const wrong = await loadWrongPersons(
		tx,
		fresh.map(({ contactId }) => contactId),
	);
	const told = await loadTold(tx, requests, now);

	const taken = new Set<string>();
	const broken: ReceivableRecord[] = [];
	const claims = requests.map((request): StepClaim => {
		const { plan, contactId } = request;
		const { key: dedupeKey, isFree } = keys.get(plan.dedupeKey)!;
		if (!isFree || taken.has(dedupeKey)) {
			const other = untoldOf(request, told);
			// The second of two items with one plan gets the result of the first.
			return other ? refuseAnother(other, told) : { type: 'repeated', dedupeKey };
		}
		const named = plan.steps.map((step) => records.get(textOf({ ...step, creditor: plan.creditor }))!);
		// The ladder goes on: whoever planned it found the promise broken.
		const isBroken = (each: ReceivableRecord) => each.state === 'promised' && each.promiseDate! < plan.day;
		const standings = named.map((each) => (isBroken(each) ? { ...each, state: 'open' as const } : each));
		const isWrong = wrong.has(wrongKey({ contactId, payer: plan.payer }));
		const stop = firstStop(standings) ?? (isWrong ? stopOf({ ...named[0]!, state: 'wrongPerson' }) : null);
		if (stop) return { type: 'refused', code: stop.code, explanation: `Ignorada: ${stop.why}.` };
		const objection = objectionTo(request, told);
		if (objection) return { type: 'refused', ...objection };
		taken.add(dedupeKey);
		told.add(request, now);
		broken.push(...named.filter(isBroken));
		return { type: 'claimed', dedupeKey };
	});
	await markBroken(tx, broken, lines, now);
	return { claims, lines };
}

/** The reminders were stored under these ids: their steps and days are theirs, also those that refused ones had held. */
export async function keepClaims(
	tx: Tx,
	claimed: ReadonlyArray<StepRequest & { outboxId: string }>,
	now: Instant,
): Promise<void> {
	if (claimed.length === 0) return;
	await insertMany(
		tx,
		'dunning_step',
		claimed.flatMap(({ plan: { creditor, steps }, outboxId }) =>
			steps.map(({ invoice, step }) => ({ creditor, invoice, step, outbox_id: outboxId, at: now })),
		),
		'on conflict (creditor, invoice, step) do update set outbox_id = excluded.outbox_id, at = excluded.at',
	);
	await insertMany(
		tx,
		'dunning_message',
		claimed.map(({ plan: { creditor, payer, day, afterDue, plannedAt = now }, contactId, outboxId }) => ({
			...{ outbox_id: outboxId, creditor, payer, contact_id: contactId, day, after_due: afterDue ? 1 : 0 },
			at: Math.min(plannedAt, now),
		})),
		'on conflict (contact_id, day) do update set outbox_id = excluded.outbox_id, creditor = excluded.creditor, payer = excluded.payer, after_due = excluded.after_due, at = excluded.at',
	);
	await noteTold(
		tx,
		claimed.flatMap(({ plan: { creditor, steps } }) => steps.map(({ invoice }) => ({ creditor, invoice }))),
	);
}

// ---------------------------------------------------------------- helpers

/** What the payer's reminder of that day does not say; null when it says it all. */
function untoldOf({ plan, contactId }: StepRequest, told: Told): StepRequest | null {
	const steps = plan.steps.filter(({ invoice, step }) => !told.step(plan.creditor, invoice, step));
	return steps.length === 0 ? null : { contactId, plan: { ...plan, steps } };
}

/** Another run planned other invoices of this payer for the same day: its result says nothing about these. */
function refuseAnother(request: StepRequest, told: Told): StepClaim {
	const explanation = `Ignorada: este pagador já tem outro lembrete em ${writtenDate(request.plan.day)}. Sai um por dia.`;
	return { type: 'refused', ...(objectionTo(request, told) ?? { code: 'oneReminderPerDay', explanation }) };
}

/**
 * A reminder that was refused before it could reach anybody leaves its key behind: the next one of the same plan is stored under a
 * key that names it, and so on.
 */
async function freeKeys(tx: Tx, plans: readonly string[]): Promise<Map<string, { key: string; isFree: boolean }>> {
	const keys = new Map(plans.map((plan) => [plan, { key: plan, isFree: false }]));
	let open = [...plans];
	while (open.length > 0) {
		const rows = await tx
			.selectFrom('outbox')
			.select(['id', 'dedupe_key', 'status', 'error_code', 'delivery', 'unconfirmed'])
			.where(
				oneOf(
					tx,
					'dedupe_key',
					open.map((plan) => keys.get(plan)!.key),
				),
			)
			.execute();
		const byKey = new Map(rows.map((row) => [row.dedupe_key!, row]));
		open = open.filter((plan) => {
			const found = keys.get(plan)!;
			const row = byKey.get(found.key);
			if (!row) found.isFree = true;
			else if (isReleased({ ...row, errorCode: row.error_code })) found.key = `${plan}|${row.id}`;
			return row !== undefined && found.key !== row.dedupe_key;
		});
	}
	return keys;
}

const SNAPSHOT =
	'on conflict (creditor, invoice) do update set number = excluded.number, payer = excluded.payer, contact_id = excluded.contact_id, due_date = excluded.due_date, amount_cents = excluded.amount_cents, updated_at = excluded.updated_at';

/** Writes down what the reminders say of each receivable, and keeps it from changing until the commit. How each stands. */
async function noteReceivables(
	tx: Tx,
	requests: readonly StepRequest[],
	now: Instant,
): Promise<Map<string, ReceivableRecord>> {
	const noted = new Map<string, ReceivableRecord>();
	for (const { plan, contactId } of requests) {
		for (const { invoice, number, dueDate, amountCents } of plan.steps) {
			const key = { creditor: plan.creditor, invoice };
			const told = { number, payer: plan.payer, contactId, dueDate, amountCents };
			noted.set(textOf(key), { ...newRecord(key, now), ...told });
		}
	}
	const sorted = [...noted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
	await insertMany(
		tx,
		'receivable',
		sorted.map((record) => rowOf(record, now)),
		SNAPSHOT,
	);
	return loadReceivables(tx, sorted);
}

async function markBroken(
	tx: Tx,
	broken: readonly ReceivableRecord[],
	lines: TimelineLine[],
	now: Instant,
): Promise<void> {
	for (const each of broken) {
		const { record, news } = breakPromise(each, now);
		await tx
			.updateTable('receivable')
			.set({ state: record.state, state_at: now, reason: record.reason, updated_at: now })
			.where('creditor', '=', record.creditor)
			.where('invoice', '=', record.invoice)
			.execute();
		lines.push({ ...news, at: now, contactId: record.contactId, topics: [invoiceTopic(record)] });
	}
}
