import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { addUsage } from '../usage/add-usage';
import { MAX_ATTEMPTS } from './outcome';
import { isGone } from './process-name';
import { flying } from './unfinished';
import { usageOfRefused } from './usage-of-sending';

/** A message that was handed to the network and has no recorded outcome. */
export interface Flying {
	id: string;
	status: string;
	attempts: number;
	claimedBy: string;
	claimedAt: Instant;
}

/**
 *   leave    somebody is at it, or the time for proof is not over
 *   release  it was claimed but never handed to the network: back to the line
 *   adopt    whoever was sending it died: it may have left, so it waits for proof
 *   resend   no proof came: the provider reports every message it accepted, so this one it did not accept
 *   giveUp   no proof came, too often
 */
export type Rescue = 'leave' | 'release' | 'adopt' | 'resend' | 'giveUp';

export interface Rescuer {
	me: string;
	/** What this process is sending at this moment. */
	inHand: ReadonlySet<string>;
	/** How long an unconfirmed message waits for a delivery report before it is sent again. */
	reconcileMs: number;
	/** Since when this process can hear delivery reports: while nobody listened, their absence proves nothing. */
	listeningSince: Instant;
}

/** What to do about a message that seems to be on its way. */
export function judgeFlying(
	message: Flying,
	{ me, inHand, reconcileMs, listeningSince }: Rescuer,
	now: Instant,
): Rescue {
	const age = now - message.claimedAt;
	if (message.status === 'unknown') {
		if (now - Math.max(message.claimedAt, listeningSince) < reconcileMs) return 'leave';
		return message.attempts >= MAX_ATTEMPTS ? 'giveUp' : 'resend';
	}
	if (inHand.has(message.id)) return 'leave';
	// The answer to our own claim was lost with the connection to the database.
	if (message.claimedBy === me) return 'release';
	return isGone(message.claimedBy, age) ? 'adopt' : 'leave';
}

/**
 * Looks after messages whose sending was interrupted (D4). Cheap when there are none: one read of a tiny index.
 * Returns how many may be sent now.
 */
export async function rescueMessages(
	store: Store,
	channelIds: readonly string[],
	rescuer: Rescuer,
	now: Instant,
): Promise<number> {
	if (channelIds.length === 0) return 0;
	const rows = await store.read((db) =>
		db
			.selectFrom('outbox')
			.select(['id', 'status', 'attempts', 'claimed_by', 'claimed_at'])
			.where('channel_id', 'in', channelIds)
			.where(flying('status'))
			.execute(),
	);
	const byRescue = new Map<Rescue, string[]>();
	for (const row of rows) {
		const message = { ...row, claimedBy: row.claimed_by ?? '', claimedAt: Number(row.claimed_at ?? 0) };
		const rescue = judgeFlying(message, rescuer, now);
		if (rescue !== 'leave') byRescue.set(rescue, [...(byRescue.get(rescue) ?? []), row.id]);
	}
	if (byRescue.size === 0) return 0;
	await rescue(store, byRescue, rescuer.me, now);
	return (byRescue.get('release')?.length ?? 0) + (byRescue.get('resend')?.length ?? 0);
}

const ADOPTED = 'Sem confirmação: o processo parou durante o envio.';
const GIVEN_UP = 'Sem confirmação do WhatsApp após várias tentativas: pode ter chegado, e não será enviada de novo.';

/** Every change names the state it was decided on: news that came meanwhile win. */
function rescue(store: Store, byRescue: Map<Rescue, string[]>, me: string, now: Instant): Promise<void> {
	return store.transaction(async (tx) => {
		const update = (what: Rescue) => tx.updateTable('outbox').where('id', 'in', byRescue.get(what)!);
		if (byRescue.has('release')) {
			await update('release')
				.set((e) => ({ status: 'queued', attempts: e('attempts', '-', 1) }))
				.where('status', '=', 'sending')
				.where('claimed_by', '=', me)
				.execute();
		}
		if (byRescue.has('resend')) {
			await update('resend')
				.set({ status: 'queued', not_before: now, unconfirmed: 1 })
				.where('status', '=', 'unknown')
				.execute();
		}
		const lines: TimelineLine[] = [];
		if (byRescue.has('adopt')) {
			const adopted = await update('adopt')
				.set({ status: 'unknown', claimed_at: now, explanation: ADOPTED })
				.where('status', '=', 'sending')
				.where('claimed_by', '<>', me)
				.returning(PLACE)
				.execute();
			lines.push(...adopted.map((row) => lineOf(row, 'messageUnconfirmed', ADOPTED, now)));
		}
		if (byRescue.has('giveUp')) {
			const given = await update('giveUp')
				.set({ status: 'refused', error_code: 'unconfirmed', explanation: GIVEN_UP, finished_at: now })
				.where('status', '=', 'unknown')
				.returning(PLACE)
				.execute();
			lines.push(...given.map((row) => lineOf(row, 'messageRefused', GIVEN_UP, now)));
			const channelIds = given.map((row) => row.channel_id);
			await addUsage(tx, usageOfRefused(channelIds, now), now);
		}
		await appendTimeline(tx, store.dialect, lines);
	});
}

const PLACE = ['id', 'channel_id', 'contact_id', 'conversation_id', 'attempts'] as const;

interface Place {
	id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string | null;
	attempts: number;
}

function lineOf(row: Place, event: string, text: string, now: Instant): TimelineLine {
	return {
		event,
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text,
		data: { messageId: row.id, attempt: row.attempts },
		key: `${event}|${row.id}|${row.attempts}|rescue`,
	};
}
