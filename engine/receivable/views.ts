/** Receivables as workflows see them: where each stands, and whether it may still be reminded of. */
import { DEFAULT_ZONE } from '../business-hours/schedule';
import type { Instant } from '../model';
import { NotFound } from '../errors';
import type { ReceivableKey, ReceivableRecord, ReceivableState } from '../model-receivable';
import { stopOf } from '../outbox/rules/receivable-open';
import type { Db, Store } from '../store/open-store';
import { findReceivable } from './find-receivable';
import { loadReceivables, newRecord, recordOf, textOf } from './rows';
import { dateIn, nameOf, STATE_WORDS, writtenDate } from './words';

export interface ReceivableFilter {
	creditor?: string;
	payer?: string;
	contactId?: string;
	states?: readonly ReceivableState[];
	/** Changed at or after. */
	since?: Instant;
	/** Latest news first. */
	limit: number;
}

/** `open`: whether it may be reminded of now; if not, `code` and `reason` say why. */
export interface ReceivableCheck {
	open: boolean;
	code: 'receivableSettled' | 'receivableStopped' | null;
	/** Portuguese. */
	reason: string;
	/** null = the desk knows nothing of it. */
	receivable: ReceivableRecord | null;
}

/**
 * By its id, else by the number the payer knows it by.
 * @throws NotFound when the desk knows nothing of it; ConfigurationError when several have the number
 */
export async function getReceivable(store: Store, key: ReceivableKey): Promise<ReceivableRecord> {
	const found = await store.read((db) => findReceivable(db, key));
	if (found) return found;
	throw new NotFound(
		`The desk knows no invoice "${key.invoice}" of creditor "${key.creditor}".`,
		'Use the creditor and invoice of the Dunning Planner item, or the number the payer knows it by; the desk knows an invoice once it was reminded of or changed.',
		'invoice',
	);
}

/** A promise whose day has passed is no reason any more: the ladder goes on with the next reminder, which breaks it. */
export async function checkReceivable(store: Store, key: ReceivableKey, now: Instant): Promise<ReceivableCheck> {
	const receivable = await loadReceivable(store, key);
	const known = receivable ?? newRecord(key, 0);
	const name = nameOf(known);
	if (known.state === 'promised' && known.promiseDate! < dateIn(DEFAULT_ZONE, now)) {
		const reason = `A promessa da ${name} era para ${writtenDate(known.promiseDate!)}, que já passou: pode ser lembrada.`;
		return { open: true, code: null, reason, receivable };
	}
	const stop = stopOf(known);
	if (stop) return { open: false, code: stop.code, reason: `Não lembrar: ${stop.why}.`, receivable };
	return { open: true, code: null, reason: `A ${name} está ${STATE_WORDS.open}.`, receivable };
}

export async function listReceivables(store: Store, filter: ReceivableFilter): Promise<ReceivableRecord[]> {
	const rows = await store.read((db) => {
		let query = db.selectFrom('receivable').selectAll().orderBy('state_at', 'desc').limit(filter.limit);
		if (filter.creditor) query = query.where('creditor', '=', filter.creditor);
		if (filter.payer) query = query.where('payer', '=', filter.payer);
		if (filter.contactId) query = query.where('contact_id', '=', filter.contactId);
		if (filter.states?.length) query = query.where('state', 'in', [...filter.states]);
		if (filter.since !== undefined) query = query.where('state_at', '>=', filter.since);
		return query.execute();
	});
	return rows.map(recordOf);
}

/**
 * What the last reminder that left for a contact spoke of: somebody who answers "já paguei" names no invoice. [] = none was sent.
 * @param reminderId outbox id of the reminder that is meant, when it is known
 */
export async function receivablesOfContact(
	db: Db,
	contactId: string,
	reminderId: string | null = null,
): Promise<ReceivableKey[]> {
	let query = db
		.selectFrom('dunning_message as m')
		.innerJoin('outbox as o', 'o.id', 'm.outbox_id')
		.select('m.outbox_id')
		.where('m.contact_id', '=', contactId)
		// What waits was not read by anybody.
		.where('o.status', 'in', ['sent', 'sending', 'unknown'])
		.orderBy('m.day', 'desc')
		.limit(1);
	if (reminderId !== null) query = query.where('m.outbox_id', '=', reminderId);
	const last = await query.executeTakeFirst();
	if (!last) return [];
	return db
		.selectFrom('dunning_step')
		.select(['creditor', 'invoice'])
		.where('outbox_id', '=', last.outbox_id)
		.orderBy('invoice')
		.execute();
}

async function loadReceivable(store: Store, key: ReceivableKey): Promise<ReceivableRecord | null> {
	const found = await store.read((db) => loadReceivables(db, [key]));
	return found.get(textOf(key)) ?? null;
}
