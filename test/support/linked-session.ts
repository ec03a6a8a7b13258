// A session row to own, without anything that connects.
import type { Store } from '../../engine/store/open-store';

export const DEVICE = 'linkedDevice:atendimento';
export const SESSION_KEY = 'a chave de sessão das oficinas Aurora';

/** As if this process had just taken the lease with this fence. */
export async function ownSession(store: Store, fence = 1, channelId = DEVICE): Promise<void> {
	await store.db
		.insertInto('linked_session')
		.values({ channel_id: channelId, state: 'connected', fence, created_at: 0, updated_at: 0 })
		.onConflict((conflict) => conflict.column('channel_id').doUpdateSet({ fence }))
		.execute();
}
