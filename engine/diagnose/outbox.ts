/** Do messages leave (X-13)? What waits, for how long and why. */
import type { Finding } from '../channel/port';
import { fine, lasting, wrong } from '../channel/findings';
import type { Instant } from '../model';
import { WAITS, queued, unfinished } from '../outbox/unfinished';
import type { Store } from '../store/open-store';

/** A message whose turn it is leaves within seconds. */
const LATE_MS = 2 * 60_000;

export async function outboxFindings(store: Store, channelId: string, now: Instant): Promise<Finding[]> {
	const counts = await countByStatus(store, channelId);
	const [oldest, channel] = await Promise.all([
		oldestDue(store, channelId, now),
		store.read((db) =>
			db.selectFrom('channel').select(['down_at', 'down_code']).where('id', '=', channelId).executeTakeFirst(),
		),
	]);
	const found = `In the outbox: ${['queued', 'sending', 'unknown', 'held']
		.map((status) => `${counts.get(status) ?? 0} ${WORDS[status]}`)
		.join(', ')}.`;
	return [late(found, oldest, now), sending(channel ?? null, now)];
}

const WORDS: Record<string, string> = {
	queued: 'waiting',
	sending: 'being sent',
	unknown: 'without confirmation',
	held: 'held until the customer writes',
};

function late(found: string, oldest: Awaited<ReturnType<typeof oldestDue>>, now: Instant): Finding {
	const since = oldest ? now - Math.max(Number(oldest.created_at), Number(oldest.not_before)) : 0;
	if (!oldest || since < LATE_MS) return fine('outbox', found);
	const why = oldest.explanation ? ` The last attempt said: ${oldest.explanation}` : '';
	return wrong(
		'outbox',
		`${found} One whose turn it is has waited for ${lasting(since)}.${why}`,
		oldest.error_code
			? `Mend what the message says (code ${oldest.error_code}); it is then sent by itself.`
			: 'Messages leave from the n8n process that runs a workflow with this credential: publish one with a WhatsApp Desk Trigger or a Cloud API Webhook, and look at the findings number and background.',
	);
}

function sending(channel: { down_at: number | null; down_code: string | null } | null, now: Instant): Finding {
	if (!channel?.down_at) return fine('sending', 'The number has not been refused as a whole.');
	return wrong(
		'sending',
		`Meta has refused every message of this number for ${lasting(now - Number(channel.down_at))} (code ${channel.down_code}).`,
		'Mend what the findings token, permissions and number say; waiting messages are then sent by themselves.',
	);
}

/** Only rows that are not finished are counted: the indexes hold no others. */
async function countByStatus(store: Store, channelId: string): Promise<Map<string, number>> {
	const [open, held] = await Promise.all([
		store.read((db) =>
			db
				.selectFrom('outbox')
				.select((e) => ['status', e.fn.countAll().as('count')])
				.where('channel_id', '=', channelId)
				.where(unfinished('status'))
				.groupBy('status')
				.execute(),
		),
		store.read((db) =>
			db
				.selectFrom('outbox')
				.select((e) => e.fn.countAll().as('count'))
				.where('channel_id', '=', channelId)
				.where('waits', '>', WAITS.forNothing)
				.where('status', '=', 'held')
				.executeTakeFirst(),
		),
	]);
	const counts = new Map(open.map(({ status, count }) => [status, Number(count)]));
	return counts.set('held', Number(held?.count ?? 0));
}

function oldestDue(store: Store, channelId: string, now: Instant) {
	return store.read((db) =>
		db
			.selectFrom('outbox')
			.select(['created_at', 'not_before', 'error_code', 'explanation'])
			.where('channel_id', '=', channelId)
			.where(queued('status'))
			.where('waits', '=', WAITS.forNothing)
			.where((e) => e.or([e('not_before', '<=', now), e('attempts', '>', 0)]))
			.orderBy('seq')
			.limit(1)
			.executeTakeFirst(),
	);
}
