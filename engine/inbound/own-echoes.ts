/**
 * Which echoes are messages of our own that come back (D-07, D-16)? Those in the ledger: sent by the outbox, or about to be sent by
 * a linked device, which writes the id down before the message leaves.
 */
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Arrival } from './ingest';

export async function ownEchoes(tx: Tx, arrivals: readonly Arrival[]): Promise<ReadonlySet<Arrival>> {
	const echoes = arrivals.filter(({ event }) => event.type === 'echo');
	if (echoes.length === 0) return new Set();
	const idOf = ({ event }: Arrival) => (event.type === 'echo' ? event.providerMessageId : '');
	const ids = [...new Set(echoes.map(idOf))];
	const sent = await tx
		.selectFrom('outbox')
		.select(['channel_id', 'provider_message_id as id'])
		.where(oneOf(tx, 'provider_message_id', ids))
		.execute();
	const written = await tx
		.selectFrom('linked_message')
		.select(['channel_id', 'id'])
		.where('channel_id', 'in', [...new Set(echoes.map(({ channelId }) => channelId))])
		.where(oneOf(tx, 'id', ids))
		.execute();
	const ours = new Set([...sent, ...written].map(({ channel_id, id }) => `${channel_id} ${id}`));
	return new Set(echoes.filter((echo) => ours.has(`${echo.channelId} ${idOf(echo)}`)));
}
