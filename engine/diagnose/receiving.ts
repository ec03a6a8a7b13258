/** Does something arrive, and is anybody listening (D-30)? What this desk itself knows about one number. */
import { fine, lasting, plural, wrong } from '../channel/findings';
import type { Finding } from '../channel/port';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';

export function webhookNodeFindings(receivingAt: readonly string[]): Finding[] {
	if (receivingAt.length > 0)
		return [fine('webhookNode', `A Cloud API Webhook receives at ${receivingAt.join(' and ')}.`)];
	return [
		wrong(
			'webhookNode',
			'No published Cloud API Webhook is known for this number, so nothing can arrive.',
			'Publish a workflow with a Cloud API Webhook that has this credential (example workflow 00). If it is published already, publish it once more.',
		),
	];
}

/** @param silentMs after so long without anything the silence is worth a look */
export async function lastEventFindings(
	store: Store,
	channelId: string,
	silentMs: number,
	now: Instant,
): Promise<Finding[]> {
	const channel = await store.read((db) =>
		db.selectFrom('channel').select('last_event_at').where('id', '=', channelId).executeTakeFirst(),
	);
	if (!channel?.last_event_at) {
		return [
			wrong(
				'lastEvent',
				'Nothing has ever arrived for this number.',
				`Write to the number from a phone. ${channelId.startsWith('linkedDevice:') ? 'If this stays so, see the finding session.' : 'If this stays so, go through the findings accountSubscription, callback and fields. An app in Development mode does not get every webhook: switch it to Live.'}`,
			),
		];
	}
	const at = Number(channel.last_event_at);
	const found = `The last event arrived ${lasting(now - at)} ago (${new Date(at).toISOString()}).`;
	if (now - at <= silentMs) return [fine('lastEvent', found)];
	return [
		wrong(
			'lastEvent',
			`${found} That is a long silence.`,
			`Write to the number from a phone. If it does not arrive, ${channelId.startsWith('linkedDevice:') ? 'see the finding session' : 'go through the findings accountSubscription, callback and fields'}.`,
		),
	];
}

const BEHIND_MS = 5 * 60_000;

export async function triggerFindings(store: Store, channelId: string, now: Instant): Promise<Finding[]> {
	const listeners = await store.read((db) =>
		db
			.selectFrom('consumer')
			.select(['id', 'workflow_id', 'cursor', 'events'])
			.where('source', '=', 'inbound')
			.where('channel_id', '=', channelId)
			.where('closed_at', 'is', null)
			.execute(),
	);
	const hearing = listeners.filter(({ events }) => eventsOf(events).includes('message'));
	if (hearing.length === 0) {
		return [
			wrong(
				'triggers',
				'No published workflow listens to messages of this number, so nobody answers.',
				'Publish a workflow with a WhatsApp Desk Trigger that has this credential (example workflow 01).',
			),
		];
	}
	const cursor = Math.min(...hearing.map((one) => Number(one.cursor)));
	const oldest = await store.read((db) =>
		db
			.selectFrom('inbound')
			.select('received_at')
			.where('seq', '>', cursor)
			.where('channel_id', '=', channelId)
			.where('kind', '=', 'message')
			.orderBy('seq')
			.limit(1)
			.executeTakeFirst(),
	);
	const workflows = [...new Set(hearing.map((one) => one.workflow_id))].join(', ');
	const found = `${plural(hearing.length, 'trigger')} of the workflow ${workflows} listens to this number.`;
	const waits = oldest ? now - Number(oldest.received_at) : 0;
	if (waits <= BEHIND_MS) return [fine('triggers', found)];
	return [
		wrong(
			'triggers',
			`${found} A message has been waiting for its run for ${lasting(waits)}.`,
			'Look at the running executions of that workflow in n8n: one that hangs holds up its contact. Messages of one contact run one after the other.',
		),
	];
}

function eventsOf(json: string): string[] {
	const events: unknown = JSON.parse(json);
	return Array.isArray(events) ? events.map(String) : [];
}
