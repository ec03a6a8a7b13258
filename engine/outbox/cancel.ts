import type { ExpressionBuilder } from 'kysely';
import type { Instant } from '../model';
import { REMINDER } from '../model-receivable';
import type { Store, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { appendTimeline } from '../timeline/timeline';
import { explanationOf } from './in-doubt';
import { TAKEN_BACK } from './released';
import { WAITS } from './unfinished';

const GOES_ON = 'A régua não repete este passo e segue com o próximo.';

/** `tooLate` names how it stands: on its way, or finished. */
export type Cancelled = { type: 'cancelled' } | { type: 'tooLate'; status: string } | { type: 'notFound' };

/**
 * Takes back one message that has not left: queued, planned, postponed or held. Tells it on the timeline; let the dispatcher
 * announce it after the commit (`settlements.look`). A reminder keeps its steps: whoever cancels it does not want it sent by the
 * next run; what is cancelled by news of its invoices (cancel-about.ts) gives them back.
 * @param explanation why, in Portuguese, e.g. "Cancelada por Bruno."
 */
export async function cancelMessage(
	tx: Tx,
	dialect: Store['dialect'],
	id: string,
	explanation: string,
	now: Instant,
): Promise<Cancelled> {
	const ofReminder = (e: ExpressionBuilder<Database, 'outbox'>) => e('purpose', '=', REMINDER);
	// One that is being claimed at this moment is waited for, and then is too late.
	const row = await tx
		.updateTable('outbox')
		.set((e) => ({
			...{ status: 'refused', waits: WAITS.forNothing, finished_at: now },
			error_code: e.case().when(ofReminder(e)).then(TAKEN_BACK).else('cancelled').end(),
			explanation: e
				.case()
				.when(ofReminder(e))
				.then(explanationOf(`${explanation.trim()} ${GOES_ON}`))
				.else(explanationOf(explanation))
				.end(),
		}))
		.where('id', '=', id)
		.where('status', 'in', ['queued', 'held'])
		.returning(['channel_id', 'contact_id', 'conversation_id', 'error_code', 'explanation'])
		.executeTakeFirst();
	if (!row) {
		const known = await tx.selectFrom('outbox').select('status').where('id', '=', id).executeTakeFirst();
		return known ? { type: 'tooLate', status: known.status } : { type: 'notFound' };
	}
	const line = {
		event: 'messageCancelled',
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: row.explanation!,
		data: { messageId: id, code: row.error_code },
		key: `cancelled|${id}`,
	};
	await appendTimeline(tx, dialect, [line]);
	return { type: 'cancelled' };
}
