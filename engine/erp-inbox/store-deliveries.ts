import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { insertMany, lockOrder, oneOf, tableOf } from '../store/sql';
import { appendTimeline } from '../timeline/timeline';
import { sql } from 'kysely';
import type { Candidate } from './delivery';
import { judge, keyOf, type EntityState, type Judged, type Known, type Verdict } from './judge';
import { ignoredLine, unreadableLine } from './lines';

/** A delivery with its rows to be. */
export type Prepared = readonly Candidate[];

/** new: at least one row was stored · repeated: every row was there before, or there was nothing to store. */
export type Fate = 'new' | 'repeated';

export interface StoredDeliveries {
	fates: Fate[];
	/** Sources with new rows. */
	sources: Set<string>;
	/** Keys of the timeline lines that were told. */
	told: string[];
}

/**
 * One transaction for the deliveries of many callers: every fact once, judged by all that is known of its source.
 * @param isTold lines that need not be told again
 */
export async function storeDeliveries(
	tx: Tx,
	dialect: Store['dialect'],
	deliveries: readonly Prepared[],
	isTold: (key: string) => boolean,
	now: Instant,
): Promise<StoredDeliveries> {
	const candidates = deliveries.flat();
	// First, and until the commit: two processes that judge at the same time would not see each other's news.
	await lockOrder(tx, dialect, 'erp_event');
	const judged = judge(candidates, await look(tx, candidates));
	await countRepeats(tx, candidates, judged.repeated);
	await insertMany(tx, 'erp_event', judged.verdicts.map(rowOf));
	await moveEntities(tx, judged.moved, now);
	const lines = linesFor(judged).filter(({ key }) => !isTold(key));
	await appendTimeline(tx, dialect, lines);

	const stored = new Set(judged.verdicts.map(({ candidate }) => candidate));
	return {
		fates: deliveries.map((each) => (each.some((candidate) => stored.has(candidate)) ? 'new' : 'repeated')),
		sources: new Set(judged.verdicts.map(({ candidate }) => candidate.source)),
		told: lines.map(({ key }) => key),
	};
}

async function look(tx: Tx, candidates: readonly Candidate[]): Promise<Known> {
	const deliveries = new Set<string>();
	const facts = new Set<string>();
	const entities = new Map<string, EntityState>();
	const sources = new Map<string, Candidate[]>();
	for (const each of candidates) sources.set(each.source, [...(sources.get(each.source) ?? []), each]);
	for (const [source, own] of sources) {
		const stored = await tx
			.selectFrom('erp_event')
			.select('delivery_key')
			.where('source', '=', source)
			.where(oneOf(tx, 'delivery_key', unique(own.map((each) => each.deliveryKey))))
			.execute();
		for (const row of stored) deliveries.add(keyOf(source, row.delivery_key));
		const events = own.flatMap(({ fact, test }) => (fact?.type === 'event' && !test ? [fact] : []));
		if (events.length === 0) continue;
		const told = await tx
			.selectFrom('erp_event')
			.select('business_key')
			.where('source', '=', source)
			.where(sql<boolean>`outcome = 'event'`)
			.where('business_key', 'is not', null)
			.where(oneOf(tx, 'business_key', unique(events.map((event) => event.businessKey))))
			.execute();
		for (const row of told) facts.add(keyOf(source, row.business_key!));
		const reached = await tx
			.selectFrom('erp_entity')
			.select(['entity', 'rank', 'kind', 'occurred_at', 'fact'])
			.where('source', '=', source)
			.where(oneOf(tx, 'entity', unique(events.map((event) => event.entity))))
			.execute();
		for (const { entity, rank, kind, occurred_at: at, fact } of reached) {
			entities.set(keyOf(source, entity), { rank, kind, occurredAt: at === null ? null : Number(at), fact });
		}
	}
	return { deliveries, facts, entities };
}

async function countRepeats(tx: Tx, candidates: readonly Candidate[], repeated: Judged['repeated']): Promise<void> {
	if (repeated.size === 0) return;
	const names = new Map(candidates.map((each) => [keyOf(each.source, each.deliveryKey), each]));
	for (const [key, count] of repeated) {
		const { source, deliveryKey } = names.get(key)!;
		await sql`update ${tableOf(tx, 'erp_event')} set repeats = repeats + ${count} where source = ${source} and delivery_key = ${deliveryKey}`.execute(
			tx,
		);
	}
}

function rowOf({ candidate, outcome, businessKey, reason, repeats }: Verdict) {
	const { fact } = candidate;
	const event = fact?.type === 'event' ? fact : null;
	return {
		id: candidate.id,
		source: candidate.source,
		system: candidate.system,
		delivery_key: candidate.deliveryKey,
		business_key: businessKey,
		entity: event?.entity ?? null,
		kind: event?.event.kind ?? (fact?.type === 'ignored' ? fact.kind : ''),
		outcome,
		reason,
		event: event ? JSON.stringify(event.event) : null,
		raw: candidate.raw,
		received_at: candidate.receivedAt,
		repeats,
		test: candidate.test ? 1 : 0,
	};
}

async function moveEntities(tx: Tx, moved: Judged['moved'], now: Instant): Promise<void> {
	await insertMany(
		tx,
		'erp_entity',
		[...moved].map(([key, { rank, kind, occurredAt, fact }]) => {
			const cut = key.indexOf('\n');
			return {
				source: key.slice(0, cut),
				entity: key.slice(cut + 1),
				rank,
				kind,
				occurred_at: occurredAt,
				fact,
				updated_at: now,
			};
		}),
		'on conflict (source, entity) do update set rank = excluded.rank, kind = excluded.kind, occurred_at = excluded.occurred_at, fact = excluded.fact, updated_at = excluded.updated_at',
	);
}

/** Topics that never become messages, and what could not be read; a test is seen by whoever makes it. */
function linesFor({ verdicts }: Judged) {
	return verdicts.flatMap(({ candidate, outcome, reason }) => {
		if (candidate.test) return [];
		const { fact, receivedAt } = candidate;
		if (outcome === 'unreadable') return [unreadableLine(candidate, reason!, receivedAt)];
		if (fact?.type === 'ignored') return [ignoredLine(candidate, fact.kind, fact.reason, receivedAt)];
		return [];
	});
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}
