import { normalizePhone } from '../phone';
import type { IdentityEvent, Instant } from '../model';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';

/**
 * The provider gave a known person a new number or id: the contact keeps its conversation under the new one (D-05).
 * An identity nobody here knows yet needs nothing.
 */
export async function followIdentity(
	tx: Tx,
	channelId: string,
	event: IdentityEvent,
	now: Instant,
): Promise<TimelineLine[]> {
	const from = names(event.from);
	const to = names(event.to);
	if (from.length === 0 || to.length === 0) return [];
	const owner = await tx
		.selectFrom('contact_address')
		.select('contact_id')
		.where((e) => e.or(from.map((a) => e.and([e('kind', '=', a.kind), e('value', '=', a.value)]))))
		.executeTakeFirst();
	if (!owner) return [];
	for (const address of to) {
		await tx
			.insertInto('contact_address')
			.values({ ...address, contact_id: owner.contact_id })
			.onConflict((c) => c.columns(['kind', 'value']).doUpdateSet({ contact_id: owner.contact_id }))
			.execute();
	}
	const phone = to.find((a) => a.kind === 'phone')?.value;
	if (phone)
		await tx.updateTable('contact').set({ phone, updated_at: now }).where('id', '=', owner.contact_id).execute();
	const address = event.to.waId ?? event.to.bsuid!;
	await tx
		.updateTable('conversation')
		.set({ address })
		.where('contact_id', '=', owner.contact_id)
		.where('channel_id', '=', channelId)
		.where('state', '<>', 'resolved')
		.execute();
	return [
		{
			event: 'contactMoved',
			at: event.at,
			channelId,
			contactId: owner.contact_id,
			text: 'O contato trocou de número ou de identificador no WhatsApp; a conversa continua no novo.',
			data: { from: event.from, to: event.to },
		},
	];
}

function names(id: {
	waId: string | null;
	bsuid: string | null;
}): Array<{ kind: 'phone' | 'waId' | 'bsuid'; value: string }> {
	const list: Array<{ kind: 'phone' | 'waId' | 'bsuid'; value: string }> = [];
	if (id.bsuid) list.push({ kind: 'bsuid', value: id.bsuid });
	if (id.waId) {
		const phone = normalizePhone(id.waId, { source: 'waId' });
		list.push(phone.ok ? { kind: 'phone', value: phone.e164 } : { kind: 'waId', value: id.waId });
	}
	return list;
}
