/**
 * Contacts may stop a company's marketing inside WhatsApp; Meta tells it by `user_preferences`. What it says becomes consent,
 * also for people nobody here knew yet: a list imported tomorrow may name them.
 * Source: Cloud API webhooks, field user_preferences ("marketing_messages": stop | resume).
 */
import { z } from 'zod/v4';
import { resumeMarketing, stopMarketing } from '../consent/consent';
import { resolveContacts } from '../contact/resolve-contacts';
import type { AccountEvent, Instant, Sender } from '../model';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

const id = z.string().trim().min(1).nullish().catch(null);
const preferenceSchema = z.object({
	category: z.literal('marketing_messages'),
	value: z.enum(['stop', 'resume']),
	wa_id: id,
	user_id: id,
});

/** `claim` is the key of the event's own timeline line: news that were told before change nothing. */
export async function followPreferences(
	tx: Tx,
	events: ReadonlyArray<{ channelId: string; event: AccountEvent; claim: string }>,
	now: Instant,
): Promise<TimelineLine[]> {
	const read = events.flatMap((each) => {
		const preference = each.event.field === 'user_preferences' ? preferenceSchema.safeParse(each.event.raw) : null;
		if (!preference?.success) return [];
		const { value, wa_id, user_id } = preference.data;
		const waId = wa_id ? wa_id.replace(/^\+/, '') : null;
		const address = waId ?? user_id;
		if (!address) return [];
		const sender: Sender = { address, waId, bsuid: user_id ?? null, name: null, username: null };
		return [{ ...each, value, sender }];
	});
	const told = await toldBefore(
		tx,
		read.map((r) => r.claim),
	);
	const news = read.filter((r) => !told.has(r.claim)).sort((a, b) => a.event.at - b.event.at);
	if (news.length === 0) return [];

	const senders = news.map((r) => r.sender);
	const { contacts, lines } = await resolveContacts(tx, senders, now);
	for (const { channelId, event, value, sender } of news) {
		const contactId = contacts.get(sender)!.id;
		const changed =
			value === 'stop'
				? await stopMarketing(tx, [contactId], 'parou as mensagens de marketing no próprio WhatsApp', event.at)
				: await resumeMarketing(tx, contactId, 'reativou as mensagens de marketing no próprio WhatsApp', event.at);
		lines.push(...changed.map((line) => ({ ...line, channelId })));
	}
	return lines;
}

async function toldBefore(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
	if (keys.length === 0) return new Set();
	const rows = await tx
		.selectFrom('timeline')
		.select('key')
		.where(oneOf(tx, 'key', keys))
		.execute();
	return new Set(rows.map((row) => row.key!));
}
