// Messages to many contacts whose service windows are open, and what became of them on both sides.
import { sendMessages, type Desk } from '../../engine';
import type { SimulatorClient } from '../../simulator/client';
import { eventually } from './eventually';

export interface ManyContacts {
	desk: Desk;
	admin: SimulatorClient;
	channelId: string;
	people: readonly string[];
	/** Enqueues each text to everybody and does not wait. */
	send(...texts: string[]): Promise<void>;
	/** What each contact has on the phone, in order; one entry when all have the same. */
	heard(): Promise<string[][]>;
	/** Everything in the outbox. */
	rows(): ReturnType<typeof rowsOf>;
	/** Resolves once all messages are `status`. */
	untilAll(status: string): Promise<void>;
	/** Resolves once all messages are known to be `delivery`. */
	untilDelivery(delivery: string): Promise<void>;
	/** What was counted, over all days. */
	counted(): Promise<Record<string, number>>;
}

/** Each of them has written once, and the desk has taken it in. */
export async function manyContacts(
	desk: Desk,
	admin: SimulatorClient,
	channelId: string,
	count: number,
): Promise<ManyContacts> {
	const people = Array.from({ length: count }, (_, i) => `55119${String(81_000_000 + i)}`);
	await admin.sayMany(people.map((waId) => ({ waId, type: 'text', text: 'Oi' })));
	await eventually(async () => {
		const arrived = await desk.store.db.selectFrom('inbound').select('id').where('kind', '=', 'message').execute();
		return arrived.length === count;
	});
	return {
		desk,
		admin,
		channelId,
		people,
		async send(...texts) {
			const requests = texts.flatMap((text) =>
				people.map((waId) => ({
					channelId,
					recipient: { type: 'phone' as const, phone: `+${waId}` },
					content: { type: 'text' as const, text },
					origin: 'bot' as const,
				})),
			);
			await sendMessages(desk, requests, 0);
		},
		async heard() {
			const all = await Promise.all(
				people.map(async (waId) => (await admin.messages(waId, { from: 'business' })).map((each) => each.text)),
			);
			return [...new Map(all.map((texts) => [JSON.stringify(texts), texts])).values()];
		},
		rows: () => rowsOf(desk),
		untilAll: (status) => untilEvery(desk, (row) => row.status === status),
		untilDelivery: (delivery) => untilEvery(desk, (row) => row.delivery === delivery),
		async counted() {
			const rows = await desk.store.db
				.selectFrom('usage_day')
				.select((e) => ['kind', e.fn.sum<number>('count').as('count')])
				.groupBy('kind')
				.execute();
			return Object.fromEntries(rows.map((row) => [row.kind, Number(row.count)]));
		},
	};
}

function rowsOf(desk: Desk) {
	return desk.store.db.selectFrom('outbox').selectAll().orderBy('seq').execute();
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

async function untilEvery(desk: Desk, holds: (row: Row) => boolean): Promise<void> {
	await eventually(async () => {
		const rows = await rowsOf(desk);
		return rows.length > 0 && rows.every(holds);
	}, 30_000);
}
