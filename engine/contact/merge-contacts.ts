import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';

/**
 * Makes `gone` part of `keep`: addresses, conversations, messages and history follow. One proof, one timeline line (X-07).
 * Two open conversations on one channel cannot stay: the older one is closed in favour of the newer.
 */
export async function mergeContacts(tx: Tx, keep: string, gone: string, now: Instant): Promise<TimelineLine[]> {
	const open = await tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'contact_id', 'opened_at'])
		.where('contact_id', 'in', [keep, gone])
		.where('state', '<>', 'resolved')
		.orderBy('opened_at', 'desc')
		.execute();
	const seen = new Set<string>();
	const lines: TimelineLine[] = [];
	for (const conversation of open) {
		if (!seen.has(conversation.channel_id)) {
			seen.add(conversation.channel_id);
			continue;
		}
		await tx
			.updateTable('conversation')
			.set({ state: 'resolved', resolved_at: now, updated_at: now })
			.where('id', '=', conversation.id)
			.execute();
		lines.push({
			event: 'conversationMerged',
			at: now,
			contactId: keep,
			conversationId: conversation.id,
			channelId: conversation.channel_id,
			text: 'Conversa encerrada: o mesmo contato já tinha outra conversa aberta.',
		});
	}
	await tx.updateTable('contact_address').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('conversation').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('inbound').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('outbox').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('timeline').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	const old = await tx.deleteFrom('contact').where('id', '=', gone).returning(['name', 'phone']).executeTakeFirst();
	if (old?.phone)
		await tx
			.updateTable('contact')
			.set({ phone: old.phone })
			.where('id', '=', keep)
			.where('phone', 'is', null)
			.execute();
	lines.push({
		event: 'contactsMerged',
		at: now,
		contactId: keep,
		data: { merged: gone },
		text: `Dois cadastros eram a mesma pessoa e foram unidos${old?.name ? ` (${old.name})` : ''}.`,
	});
	return lines;
}
