/** Which message carries which step of the ladder? The rows that make a reminder unrepeatable follow it into its successors. */
import { sql } from 'kysely';
import type { Instant } from '../model';
import { REMINDER } from '../model-receivable';
import { invoiceOfTopic, type Topic } from '../model-topic';
import type { Store, Tx } from '../store/open-store';
import { tableOf } from '../store/sql';

// Any number nobody else uses: "WAPR".
const LOCK = 0x57415052;

/** Who takes steps does so alone, until the end of the transaction. On SQLite there is one writer anyway. */
export async function lockReminders(tx: Tx, dialect: Store['dialect']): Promise<void> {
	if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
}

/**
 * The steps and the day of one reminder are carried by another message from now on.
 * @param decidedAt when somebody decided it anew; absent = it is still the same plan
 */
export async function passReminder(tx: Tx, from: string, to: string, decidedAt?: Instant): Promise<void> {
	await tx.updateTable('dunning_step').set({ outbox_id: to }).where('outbox_id', '=', from).execute();
	const planned = decidedAt === undefined ? {} : { at: decidedAt };
	await tx
		.updateTable('dunning_message')
		.set({ outbox_id: to, ...planned })
		.where('outbox_id', '=', from)
		.execute();
	// The texts beside the receivables name the message too (receivable/told-steps.ts).
	await sql`update ${tableOf(tx, 'receivable')} as r set told = replace(told, ${from}, ${to})
		where (r.creditor, r.invoice) in (
			select s.creditor, s.invoice from ${tableOf(tx, 'dunning_step')} s where s.outbox_id = ${to})`.execute(tx);
}

/** Whether a reminder still carries all its steps: none was told by a later one. Always so for other messages. */
export async function carriesItsSteps(
	tx: Tx,
	{ id, purpose, topics }: { id: string; purpose: string | null; topics: string | null },
): Promise<boolean> {
	if (purpose !== REMINDER || topics === null) return true;
	const named = (JSON.parse(topics) as Topic[]).filter((topic) => invoiceOfTopic(topic) !== null).length;
	const own = await tx.selectFrom('dunning_step').select('invoice').where('outbox_id', '=', id).execute();
	return own.length >= named;
}
