import { moveConsent } from '../consent/consent';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { chunks } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { mergeReminders } from './merge-reminders';

/**
 * Makes `gone` part of `keep`: addresses, conversations, messages and history follow. One proof, one timeline line (X-07).
 * Two open conversations on one channel cannot stay: the one that is furthest along goes on, the other is closed.
 */
export async function mergeContacts(tx: Tx, keep: string, gone: string, now: Instant): Promise<TimelineLine[]> {
	const lines = await closeDoubles(tx, keep, gone, now);
	await moveConsent(tx, keep, gone, now);
	const moved = await tx
		.updateTable('conversation')
		.set({ contact_id: keep })
		.where('contact_id', '=', gone)
		.returning('id')
		.execute();
	// Messages and history are found through their conversations: no other index knows their contact.
	for (const part of chunks(moved.map((row) => row.id))) {
		await tx.updateTable('inbound').set({ contact_id: keep }).where('conversation_id', 'in', part).execute();
		await tx.updateTable('timeline').set({ contact_id: keep }).where('conversation_id', 'in', part).execute();
	}
	await tx
		.updateTable('timeline')
		.set({ contact_id: keep })
		.where('contact_id', '=', gone)
		.where('conversation_id', 'is', null)
		.execute();
	await tx.updateTable('contact_address').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('outbox').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	await tx.updateTable('ticket').set({ contact_id: keep }).where('contact_id', '=', gone).execute();
	lines.push(...(await mergeReminders(tx, keep, gone, now)));
	const old = await tx
		.deleteFrom('contact')
		.where('id', '=', gone)
		.returning(['name', 'name_given', 'phone'])
		.executeTakeFirst();
	const isNameGiven = Number(old?.name_given ?? 0) === 1;
	await tx
		.updateTable('contact')
		.set((e) => ({
			phone: e.fn.coalesce('phone', e.cast<string | null>(e.val(old?.phone ?? null), 'text')),
			// The name the company gave wins.
			name: isNameGiven
				? e.case().when('name_given', '=', 1).then(e.ref('name')).else(old!.name).end()
				: e.fn.coalesce('name', e.cast<string | null>(e.val(old?.name ?? null), 'text')),
			...(isNameGiven ? { name_given: 1 } : {}),
		}))
		.where('id', '=', keep)
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

const ADVANCE: Record<string, number> = { triage: 0, queued: 1, attending: 2 };

async function closeDoubles(tx: Tx, keep: string, gone: string, now: Instant): Promise<TimelineLine[]> {
	const open = await tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'state', 'opened_at', 'bot_paused_until'])
		.where('contact_id', 'in', [keep, gone])
		.where('state', '<>', 'resolved')
		.execute();
	open.sort((a, b) => ADVANCE[b.state]! - ADVANCE[a.state]! || Number(b.opened_at) - Number(a.opened_at));
	const seen = new Map<string, { id: string; bot_paused_until: number | null }>();
	const lines: TimelineLine[] = [];
	for (const { id, channel_id, bot_paused_until } of open) {
		const stays = seen.get(channel_id);
		if (!stays) {
			seen.set(channel_id, { id, bot_paused_until });
			continue;
		}
		// Where a person wrote the bot keeps silent, under whichever name the contact was known then (D-07).
		if (Number(bot_paused_until ?? 0) > Number(stays.bot_paused_until ?? 0)) {
			stays.bot_paused_until = bot_paused_until;
			await tx.updateTable('conversation').set({ bot_paused_until }).where('id', '=', stays.id).execute();
		}
		await tx
			.updateTable('conversation')
			.set({ state: 'resolved', resolved_at: now, updated_at: now })
			.where('id', '=', id)
			.execute();
		await tx.deleteFrom('timer').where('conversation_id', '=', id).execute();
		lines.push({
			event: 'conversationMerged',
			at: now,
			contactId: keep,
			conversationId: id,
			channelId: channel_id,
			text: 'Conversa encerrada: o mesmo contato já tinha outra conversa aberta.',
		});
	}
	return lines;
}
