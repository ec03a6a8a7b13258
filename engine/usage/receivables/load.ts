/** What do the tables know about the reminders of a period? Each query starts from an index: ids tell the time as well. */
import { sql } from 'kysely';
import { idFloor } from '../../ids';
import type { Instant } from '../../model';
import type { Db } from '../../store/open-store';
import type { OpenAmount } from './ageing';

export interface ReminderPeriod {
	/** Handed over from here on, and before `until`. */
	since: Instant;
	until: Instant;
	/** Its key; null = all creditors. */
	creditor: string | null;
}

export type LoadedReminder = Awaited<ReturnType<typeof loadReminders>>[number];
export type LoadedStep = Awaited<ReturnType<typeof loadSteps>>[number];
export type LoadedEvent = Awaited<ReturnType<typeof loadEvents>>[number];

export async function loadReminders(db: Db, { since, until, creditor }: ReminderPeriod) {
	let query = db
		.selectFrom('dunning_message as m')
		.innerJoin('outbox as o', 'o.id', 'm.outbox_id')
		.select(['m.outbox_id', 'm.contact_id', 'm.at', 'o.status', 'o.delivery', 'o.error_code', 'o.explanation'])
		.select(['o.finished_at', 'o.cost_micros', 'o.currency'])
		.where('m.outbox_id', '>=', idFloor('out', since))
		.where('m.at', '>=', since)
		.where('m.at', '<', until);
	if (creditor !== null) query = query.where('m.creditor', '=', creditor);
	const rows = await query.execute();
	return rows.map((row) => ({
		...{ outboxId: row.outbox_id, contactId: row.contact_id, at: Number(row.at) },
		...{ status: row.status, delivery: row.delivery, code: row.error_code, explanation: row.explanation },
		...{ finishedAt: numberOf(row.finished_at), costMicros: numberOf(row.cost_micros), currency: row.currency },
	}));
}

/** Every step told since the period began, those after it included: a payment belongs to the last one before it. */
export async function loadSteps(db: Db, { since, creditor }: ReminderPeriod) {
	let query = db
		.selectFrom('dunning_step as s')
		.innerJoin('outbox as o', 'o.id', 's.outbox_id')
		.leftJoin('receivable as r', (join) =>
			join.onRef('r.creditor', '=', 's.creditor').onRef('r.invoice', '=', 's.invoice'),
		)
		.select(['s.creditor', 's.invoice', 's.step', 's.outbox_id', 's.at', 'o.status', 'o.finished_at'])
		.select(['r.state', 'r.paid_at', 'r.paid_cents', 'r.amount_cents'])
		.where('s.outbox_id', '>=', idFloor('out', since));
	if (creditor !== null) query = query.where('s.creditor', '=', creditor);
	const rows = await query.execute();
	return rows.map((row) => ({
		...{ invoiceKey: `${row.creditor}\n${row.invoice}`, step: row.step, outboxId: row.outbox_id, at: Number(row.at) },
		sentAt: row.status === 'sent' ? Number(row.finished_at ?? row.at) : null,
		paidAt: row.state === 'paid' ? numberOf(row.paid_at) : null,
		paidCents: numberOf(row.paid_cents) ?? numberOf(row.amount_cents) ?? 0,
	}));
}

/** When each reminded contact wrote, from the first reminder on until `until`. */
export async function loadReplies(db: Db, { since, until, creditor }: ReminderPeriod): Promise<Map<string, Instant[]>> {
	const rows = await db
		.selectFrom('inbound as i')
		.select(['i.contact_id', 'i.sent_at'])
		.where('i.id', '>=', idFloor('msg', since))
		.where('i.kind', 'in', ['message', 'reminderReply'])
		.where('i.sent_at', '>=', since)
		.where('i.sent_at', '<', until)
		.where((e) => {
			const reminded = e
				.selectFrom('dunning_message as m')
				.select('m.outbox_id')
				.whereRef('m.contact_id', '=', 'i.contact_id')
				.where('m.at', '>=', since);
			return e.exists(creditor === null ? reminded : reminded.where('m.creditor', '=', creditor));
		})
		.orderBy('i.sent_at')
		.execute();
	const found = new Map<string, Instant[]>();
	for (const { contact_id, sent_at } of rows) {
		const times = found.get(contact_id!);
		if (times) times.push(Number(sent_at));
		else found.set(contact_id!, [Number(sent_at)]);
	}
	return found;
}

/** When contacts refused further messages, those of the period or later. */
export async function loadOptOuts(db: Db, { since }: ReminderPeriod): Promise<Map<string, Instant>> {
	const rows = await db
		.selectFrom('consent')
		.select(['contact_id', 'opted_out_at', 'marketing_out_at'])
		.where('updated_at', '>=', since)
		.where((e) => e.or([e('opted_out_at', '>=', since), e('marketing_out_at', '>=', since)]))
		.execute();
	return new Map(
		rows.map((row) => {
			const times = [row.opted_out_at, row.marketing_out_at].filter((at) => at !== null).map(Number);
			return [row.contact_id, Math.min(...times.filter((at) => at >= since))];
		}),
	);
}

/** What became known of receivables within the period, in the words of the index (migration 003). */
export async function loadEvents(db: Db, { since, until, creditor }: ReminderPeriod) {
	const rows = await db
		.selectFrom('timeline')
		.select(['event', 'contact_id', 'data'])
		.where(
			sql<boolean>`event in ('promiseMade', 'promiseKept', 'promiseBroken', 'receivablePaid', 'receivableClaimedPaid', 'receivableDisputed', 'receivableRenegotiated', 'receivableHanded', 'wrongPerson')`,
		)
		.where('at', '>=', since)
		.where('at', '<', until)
		.execute();
	return rows.flatMap(({ event, contact_id, data }) => {
		const facts = JSON.parse(data) as Record<string, unknown>;
		if (creditor !== null && facts.creditor !== creditor) return [];
		const [paid, amount] = [Number(facts.paidCents ?? NaN), Number(facts.amountCents ?? NaN)];
		return [{ event, contactId: contact_id, cents: Number.isNaN(paid) ? (Number.isNaN(amount) ? 0 : amount) : paid }];
	});
}

/** What the desk itself knows to be owed, by due date. */
export async function loadOpenAmounts(db: Db, { creditor }: ReminderPeriod): Promise<OpenAmount[]> {
	let query = db
		.selectFrom('receivable')
		.select((e) => ['due_date', e.fn.countAll<number>().as('count'), e.fn.sum<number>('amount_cents').as('cents')])
		.where('state', 'not in', ['paid', 'cancelled', 'renegotiated'])
		.where('due_date', 'is not', null)
		.where('amount_cents', 'is not', null);
	if (creditor !== null) query = query.where('creditor', '=', creditor);
	const rows = await query.groupBy('due_date').execute();
	return rows.map(({ due_date, count, cents }) => ({
		...{ dueDate: due_date!, amountCents: Number(cents), count: Number(count) },
	}));
}

const numberOf = (value: number | null) => (value === null ? null : Number(value));
