// Messages as they stand in the outbox, from the few facts a test is about.
import type { Insertable } from 'kysely';
import { newId } from '../../engine/ids';
import type { Store } from '../../engine/store/open-store';
import type { Database } from '../../engine/store/schema';
import { insertMany } from '../../engine/store/sql';
import { DEMO_NUMBER } from '../../simulator/options';

export type OutboxRow = Insertable<Database['outbox']>;

/** One that the provider accepted as `wamid.<id>`; no report about it has come. */
export function sentRow(facts: Partial<OutboxRow> = {}, now = Date.now()): OutboxRow & { id: string } {
	const id = facts.id ?? newId('out', now);
	return {
		id,
		channel_id: `cloudApi:${DEMO_NUMBER.phoneNumberId}`,
		contact_id: `cnt_${id}`,
		conversation_id: null,
		address: '5511987654321',
		content: '{"type":"text","text":"Oi"}',
		origin: 'bot',
		status: 'sent',
		attempts: 1,
		not_before: 0,
		created_at: now,
		finished_at: now,
		provider_message_id: `wamid.${id}`,
		priority: 0,
		...{ label: null, category: null, delivery: null, error_code: null, explanation: null },
		...{ price_category: null, price_type: null, cost_micros: null, currency: null },
		...facts,
	};
}

export async function storeOutbox(store: Store, rows: readonly OutboxRow[]): Promise<void> {
	await store.transaction((tx) => insertMany(tx, 'outbox', rows));
}
