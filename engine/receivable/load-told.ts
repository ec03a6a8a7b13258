/** Reads what was told of the invoices, to the contacts and to the payers of some reminders. */
import type { DunningPlan } from '../dunning/types';
import type { Instant } from '../model';
import { isReleased } from '../outbox/released';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { byCreditor } from './rows';
import { Told } from './told';

/** A week, and a day for the distance of clocks. */
const LOOK_BACK_MS = 9 * 24 * 3_600_000;

export async function loadTold(
	tx: Tx,
	requests: ReadonlyArray<{ plan: DunningPlan; contactId: string }>,
	now: Instant,
): Promise<Told> {
	const told = new Told();
	if (requests.length === 0) return told;
	const keys = requests.flatMap(({ plan }) => plan.steps.map(({ invoice }) => ({ creditor: plan.creditor, invoice })));
	for (const [creditor, invoices] of byCreditor(keys)) {
		const rows = await tx
			.selectFrom('dunning_step as s')
			.innerJoin('outbox as o', 'o.id', 's.outbox_id')
			.select([
				's.invoice',
				's.step',
				's.at',
				'o.status',
				'o.error_code',
				'o.delivery',
				'o.finished_at',
				'o.unconfirmed',
			])
			.where('s.creditor', '=', creditor)
			.where(oneOf(tx, 's.invoice', invoices))
			.execute();
		for (const row of rows) if (!isFree(row)) told.addStep(creditor, row, messageOf(row));
	}
	const messages = () =>
		tx
			.selectFrom('dunning_message as m')
			.innerJoin('outbox as o', 'o.id', 'm.outbox_id')
			.select(['m.outbox_id', 'm.contact_id', 'm.payer', 'm.day', 'm.after_due', 'o.created_at as at'])
			.select(['o.status', 'o.error_code', 'o.delivery', 'o.finished_at', 'o.unconfirmed']);
	// A payer may have several phones, and a phone several payer keys: both are one reader.
	const byContact = messages().where(oneOf(tx, 'm.contact_id', distinct(requests.map(({ contactId }) => contactId))));
	const byPayer = messages().where(oneOf(tx, 'm.payer', distinct(requests.map(({ plan }) => plan.payer))));
	const firstDay = requests.map(({ plan }) => plan.day).sort()[0]!;
	const lately = [
		...(await byContact.where((e) => e.or([e('m.day', '>=', firstDay), e('m.at', '>', now - LOOK_BACK_MS)])).execute()),
		...(await byPayer.where('m.at', '>', now - LOOK_BACK_MS).execute()),
	];
	for (const [id, row] of new Map(lately.map((each) => [each.outbox_id, each]))) {
		if (isFree(row)) continue;
		const { payer, day, contact_id: contactId, after_due } = row;
		told.addMessage({ id, payer, contactId, day, isOverdue: after_due === 1, message: messageOf(row) });
	}
	return told;
}

interface Row {
	at: number;
	status: string;
	error_code: string | null;
	delivery: string | null;
	unconfirmed: number;
	finished_at: number | null;
}

const isFree = ({ error_code, ...row }: Row) => isReleased({ ...row, errorCode: error_code });

function messageOf({ at, status, error_code: code, finished_at }: Row) {
	return { at: Number(at), status, code, finishedAt: finished_at === null ? null : Number(finished_at) };
}

const distinct = (values: readonly string[]) => [...new Set(values)];
