import type { Tx } from '../store/open-store';

/** Which kinds of events the live triggers of each channel ask for. */
export async function wantedEvents(tx: Tx): Promise<(channelId: string, kind: string) => boolean> {
	const rows = await tx
		.selectFrom('consumer')
		.select(['channel_id', 'events'])
		.where('source', '=', 'inbound')
		.where('closed_at', 'is', null)
		.execute();
	const wanted = new Set<string>();
	for (const { channel_id, events } of rows) {
		if (channel_id) for (const kind of JSON.parse(events) as string[]) wanted.add(`${kind} ${channel_id}`);
	}
	return (channelId, kind) => wanted.has(`${kind} ${channelId}`);
}
