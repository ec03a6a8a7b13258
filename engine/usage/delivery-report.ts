import { sql } from 'kysely';
import { idFloor } from '../ids';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { isUnreached, summarize } from './delivery-summary';
import { loadUnqueued } from './unqueued';

export interface DeliveryQuery {
	/** A campaign by its label; absent = every label, and what has none. */
	label?: string;
	channelId?: string;
	/** Messages that were handed to the desk from here on, and before `until`; null = without an end. */
	since: Instant | null;
	until: Instant | null;
}

/** What became of the messages of one campaign. `sent` includes delivered, read and failed ones; `delivered` the read ones. */
export interface DeliveryReport {
	/** Null for messages without a label. */
	label: string | null;
	total: number;
	sent: number;
	delivered: number;
	read: number;
	/** Accepted by WhatsApp and not delivered. */
	failed: number;
	/** Never left: no usable phone, a rule, or the provider's answer. */
	refused: number;
	/** In the line, being sent, or postponed. */
	waiting: number;
	/** Kept until the contact writes. */
	held: number;
	/** Handed over without an answer so far. */
	unconfirmed: number;
	/** By currency, in its units. */
	costs: Record<string, number>;
	/** Delivered messages of a category without a price: they are not in `costs`. */
	unpriced: number;
	/** Why messages did not arrive or still wait, the most frequent first. */
	reasons: DeliveryReason[];
	/** The whole in Portuguese, for people. */
	text: string;
}

export interface DeliveryReason {
	outcome: 'failed' | 'refused' | 'waiting' | 'held' | 'unconfirmed';
	code: string;
	count: number;
	/** In Portuguese: what happened and what to do, as the item and the timeline said it. */
	explanation: string;
}

/** What a supervisor reads after a campaign: one report per label, the newest campaign first. */
export async function deliveryReport(store: Store, query: DeliveryQuery): Promise<DeliveryReport[]> {
	const groups = [...(await loadGroups(store, query)), ...(await loadRefusedBefore(store, query))];
	const byLabel = new Map<string | null, { newest: Instant; report: DeliveryReport }>();
	for (const group of groups) {
		const entry = byLabel.get(group.label) ?? { newest: 0, report: emptyReport(group.label) };
		byLabel.set(group.label, entry);
		entry.newest = Math.max(entry.newest, Number(group.newest));
		addGroup(entry.report, group);
	}
	return [...byLabel.values()]
		.sort((a, b) => b.newest - a.newest)
		.map(({ report }) => {
			report.reasons.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
			return { ...report, text: summarize(report) };
		});
}

type Group = Awaited<ReturnType<typeof loadGroups>>[number];

/** What never came into the outbox is part of the campaign all the same (V-11, V-12). */
async function loadRefusedBefore(store: Store, query: DeliveryQuery): Promise<Group[]> {
	const lines = await store.read((db) => loadUnqueued(db, query));
	return lines.map(({ label, code, explanation, at }) => ({
		...{ label, status: 'refused', delivery: null, error_code: code, explanation, newest: at },
		...{ count: 1, currency: null, micros: null, unpriced: 0 },
	}));
}

function loadGroups(store: Store, { label, channelId, since, until }: DeliveryQuery) {
	const keys = ['label', 'status', 'delivery', 'error_code', 'currency'] as const;
	return store.read((db) => {
		let rows = db
			.selectFrom('outbox')
			.select(keys)
			.select((e) => [
				e.fn.countAll<number>().as('count'),
				e.fn.sum<number | null>('cost_micros').as('micros'),
				sql<number>`sum(case when currency is not null and cost_micros is null then 1 else 0 end)`.as('unpriced'),
				e.fn.min('explanation').as('explanation'),
				e.fn.max('created_at').as('newest'),
			]);
		if (label !== undefined) rows = rows.where('label', '=', label);
		if (channelId !== undefined) rows = rows.where('channel_id', '=', channelId);
		// The id tells the time as well, and has an index.
		if (since !== null) rows = rows.where('id', '>=', idFloor('out', since)).where('created_at', '>=', since);
		if (until !== null) rows = rows.where('created_at', '<', until);
		return rows.groupBy(keys).execute();
	});
}

function emptyReport(label: string | null): DeliveryReport {
	const nothing = { total: 0, sent: 0, delivered: 0, read: 0, failed: 0, refused: 0, waiting: 0, held: 0 };
	return { label, ...nothing, unconfirmed: 0, costs: {}, unpriced: 0, reasons: [], text: '' };
}

function addGroup(report: DeliveryReport, group: Group): void {
	const count = Number(group.count);
	const outcome = outcomeOf(group);
	report.total += count;
	if (isUnreached(outcome)) report[outcome] += count;
	if (outcome === 'failed' || !isUnreached(outcome)) report.sent += count;
	if (outcome === 'delivered' || outcome === 'read') report.delivered += count;
	if (outcome === 'read') report.read += count;
	if (group.currency !== null && group.micros !== null) {
		const micros = Math.round((report.costs[group.currency] ?? 0) * 1_000_000) + Number(group.micros);
		report.costs[group.currency] = micros / 1_000_000;
	}
	report.unpriced += Number(group.unpriced);
	if (isUnreached(outcome) && group.error_code !== null) {
		const known = report.reasons.find((each) => each.outcome === outcome && each.code === group.error_code);
		if (known) known.count += count;
		else report.reasons.push({ outcome, code: group.error_code, count, explanation: group.explanation ?? '' });
	}
}

/** What became of a message, as people count it. */
export function outcomeOf({
	status,
	delivery,
}: Pick<Group, 'status' | 'delivery'>): DeliveryReason['outcome'] | 'sent' | 'delivered' | 'read' {
	if (status === 'refused') return delivery === 'failed' ? 'failed' : 'refused';
	if (status === 'held') return 'held';
	if (status === 'unknown') return 'unconfirmed';
	if (status !== 'sent') return 'waiting';
	if (delivery === 'delivered') return 'delivered';
	return delivery === 'read' || delivery === 'played' ? 'read' : 'sent';
}
