/**
 * Two contacts turn out to be one: what was said to either of them about what is owed was said to this one person, who is reminded
 * once a day (D-34). Where both have a reminder of the same day, the one that got further holds the day; one that waits is taken back.
 */
import type { Instant } from '../model';
import type { Topic } from '../model-topic';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

/** Once the messages themselves are those of `keep`. */
export async function mergeReminders(tx: Tx, keep: string, gone: string, now: Instant): Promise<TimelineLine[]> {
	await tx.updateTable('receivable').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	const doubles = await sameDays(tx, keep, gone);
	const overtaken = doubles.filter(({ own, other }) => progress(other.status) > progress(own.status));
	if (overtaken.length > 0) {
		const ids = overtaken.map(({ own }) => own.id);
		await tx
			.deleteFrom('dunning_message')
			.where(oneOf(tx, 'outbox_id', ids))
			.execute();
	}
	// Of two that are equally far the other stays where it is: the day is taken in any case.
	await tx
		.updateTable('dunning_message')
		.set({ contact_id: keep })
		.where('contact_id', '=', gone)
		.where('day', 'not in', (e) =>
			e.selectFrom('dunning_message as own').select('own.day').where('own.contact_id', '=', keep),
		)
		.execute();
	await tx
		.updateTable('wrong_person')
		.set({ contact_id: keep })
		.where('contact_id', '=', gone)
		.where('payer', 'not in', (e) =>
			e.selectFrom('wrong_person as own').select('own.payer').where('own.contact_id', '=', keep),
		)
		.execute();
	const second = doubles.flatMap(({ own, other }) => {
		const [first, later] = progress(other.status) > progress(own.status) ? [other, own] : [own, other];
		return progress(first.status) > 0 ? [later.id] : [];
	});
	return takeBack(tx, second, now);
}

interface Told {
	id: string;
	/** null = the message is not kept any more. */
	status: string | null;
}

/** Days on which both have a reminder. */
async function sameDays(tx: Tx, keep: string, gone: string): Promise<Array<{ own: Told; other: Told }>> {
	const rows = await tx
		.selectFrom('dunning_message as m')
		.innerJoin('dunning_message as n', 'n.day', 'm.day')
		.leftJoin('outbox as a', 'a.id', 'm.outbox_id')
		.leftJoin('outbox as b', 'b.id', 'n.outbox_id')
		.select(['m.outbox_id as own', 'a.status as own_status', 'n.outbox_id as other', 'b.status as other_status'])
		.where('m.contact_id', '=', keep)
		.where('n.contact_id', '=', gone)
		.execute();
	return rows.map((row) => ({
		own: { id: row.own, status: row.own_status },
		other: { id: row.other, status: row.other_status },
	}));
}

/** What left or may have left counts more than what waits, that more than what was refused. */
function progress(status: string | null): number {
	if (status === 'sent' || status === 'sending' || status === 'unknown') return 2;
	return status === 'queued' || status === 'held' ? 1 : 0;
}

const TWICE =
	'Lembrete cancelado: dois cadastros eram a mesma pessoa, que já tem outro lembrete neste dia. Sai um por dia.';

async function takeBack(tx: Tx, ids: readonly string[], now: Instant): Promise<TimelineLine[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.updateTable('outbox')
		.set({ status: 'refused', waits: 0, finished_at: now, error_code: 'cancelled', explanation: TWICE })
		.where(oneOf(tx, 'id', ids))
		.where('status', 'in', ['queued', 'held'])
		.returning(['id', 'channel_id', 'contact_id', 'conversation_id', 'topics'])
		.execute();
	return rows.map((row) => ({
		event: 'messageCancelled',
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: TWICE,
		data: { messageId: row.id, code: 'cancelled' },
		key: `cancelled|${row.id}`,
		topics: row.topics === null ? [] : (JSON.parse(row.topics) as Topic[]),
	}));
}
