/**
 * Under which form of a Brazilian mobile does WhatsApp know a contact (D-06)? The form it confirmed, else the number as it is;
 * and when that was refused, the form from before the ninth digit, once.
 */
import { normalizePhone, phoneVariants } from '../phone';
import type { Db, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { NOT_ON_WHATSAPP } from './reachability';

/** The wa_id that WhatsApp itself confirmed for a phone of each contact, by contact id. */
export async function confirmedForms(
	db: Db | Tx,
	phones: ReadonlyArray<{ contactId: string; e164: string }>,
): Promise<Map<string, string>> {
	if (phones.length === 0) return new Map();
	const rows = await db
		.selectFrom('contact_address')
		.select(['contact_id', 'value'])
		.where(
			oneOf(
				db,
				'contact_id',
				phones.map((p) => p.contactId),
			),
		)
		.where('kind', '=', 'waId')
		.execute();
	const known = new Set(rows.map((row) => `${row.contact_id} ${row.value}`));
	const forms = new Map<string, string>();
	for (const { contactId, e164 } of phones) {
		const confirmed = phoneVariants(e164).find((variant) => known.has(`${contactId} ${variant}`));
		if (confirmed) forms.set(contactId, confirmed);
	}
	return forms;
}

/** The form from before the ninth digit of an address in the usual form; null for everything else. */
export function olderForm(address: string): string | null {
	const phone = /^\d+$/.test(address) ? normalizePhone(address, { source: 'waId' }) : null;
	if (!phone?.ok || phone.e164 !== `+${address}`) return null;
	return phoneVariants(phone.e164).find((variant) => variant !== address) ?? null;
}

/**
 * Where else messages refused with 131026 may be tried, by their id: never when WhatsApp confirmed a form of the number, by a
 * report or by a message from there, nor when the other form was refused before.
 */
export async function otherForms(
	tx: Tx,
	refused: ReadonlyArray<{ id: string; contactId: string; address: string }>,
): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (const { id, contactId, address } of refused) {
		const other = olderForm(address);
		if (other !== null && !(await isSettledForm(tx, contactId, address, other))) found.set(id, other);
	}
	return found;
}

async function isSettledForm(tx: Tx, contactId: string, address: string, other: string): Promise<boolean> {
	if ((await confirmedForms(tx, [{ contactId, e164: `+${address}` }])).size > 0) return true;
	const wrote = await tx
		.selectFrom('conversation')
		.select('id')
		.where('contact_id', '=', contactId)
		.where('address', 'in', [address, other])
		.where('last_inbound_at', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	if (wrote) return true;
	const tried = await tx
		.selectFrom('outbox')
		.select('id')
		.where('contact_id', '=', contactId)
		.where('address', '=', other)
		.where('error_code', '=', NOT_ON_WHATSAPP)
		.limit(1)
		.executeTakeFirst();
	return tried !== undefined;
}
