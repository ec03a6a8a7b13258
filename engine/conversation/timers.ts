import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { lockOrder } from '../store/sql';
import { operateInTransaction } from './operations';
import { lockConversations } from './rows';
import type { TimerKind } from './types';

const AT_ONCE = 50;

/**
 * Rings the timers that are due on these channels. A timer is removed and acted on in one transaction, so it rings once
 * whichever process sees it. Most are settled here with the texts the conversation carries; the opening of the business
 * needs the workflow's menu and becomes an item of the workflow that waits for it.
 * Returns the channels whose triggers have something new, and whether more are due.
 */
export async function ringTimers(
	store: Store,
	channelIds: readonly string[],
	now: Instant,
): Promise<{ woken: string[]; more: boolean }> {
	if (channelIds.length === 0) return { woken: [], more: false };
	const due = await store.read((db) =>
		db
			.selectFrom('timer')
			.select(['conversation_id', 'kind'])
			.where('channel_id', 'in', channelIds)
			.where('due_at', '<=', now)
			.orderBy('due_at')
			.limit(AT_ONCE)
			.execute(),
	);
	const woken = new Set<string>();
	let failure: unknown;
	for (const timer of due) {
		try {
			const channelId = await ring(store, timer.conversation_id, timer.kind as TimerKind, now);
			if (channelId) woken.add(channelId);
		} catch (error) {
			// One that cannot ring must not keep the others silent.
			failure ??= error;
		}
	}
	if (failure !== undefined && woken.size === 0) throw failure;
	return { woken: [...woken], more: failure === undefined && due.length === AT_ONCE };
}

/** A workflow without a trigger of its own (one called by another) would never see the item. */
async function hasTrigger(tx: Tx, workflowId: string | null): Promise<boolean> {
	if (workflowId === null) return false;
	const found = await tx
		.selectFrom('consumer')
		.select('id')
		.where('workflow_id', '=', workflowId)
		.where('source', '=', 'inbound')
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}

async function ring(store: Store, conversationId: string, kind: TimerKind, now: Instant): Promise<string | null> {
	return store.transaction(async (tx) => {
		// The conversation first, as everywhere: then no two changes wait for each other.
		const conversation = (await lockConversations(tx, store.dialect, [conversationId])).get(conversationId);
		const timer = await tx
			.deleteFrom('timer')
			.where('conversation_id', '=', conversationId)
			.where('kind', '=', kind)
			.where('due_at', '<=', now)
			.returningAll()
			.executeTakeFirst();
		if (!timer || !conversation) return null;
		if (kind !== 'opening' || !(await hasTrigger(tx, timer.workflow_id))) {
			await operateInTransaction(
				tx,
				store.dialect,
				conversationId,
				{ type: 'wake', kind },
				{ workflowId: timer.workflow_id },
				now,
			);
			return timer.channel_id;
		}
		await lockOrder(tx, store.dialect, 'inbound');
		await tx
			.insertInto('inbound')
			.values({
				id: newId('wak', now),
				claim: `timer|${conversationId}|${kind}|${timer.due_at}`,
				kind: 'wake',
				channel_id: timer.channel_id,
				contact_id: conversation.contactId,
				conversation_id: conversationId,
				provider_message_id: null,
				address: conversation.address,
				sent_at: now,
				received_at: now,
				content: JSON.stringify({ wake: kind }),
				raw: null,
				test_listener: null,
				workflow_id: timer.workflow_id,
			})
			.execute();
		return timer.channel_id;
	});
}
