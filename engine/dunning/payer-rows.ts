import { normalizePhone, type PhoneResult } from '../phone';
import type { Payer, Receivable } from './types';

/** Which rows of one payer count, and which of them says how to reach the payer? The order in which they came in decides nothing. */

export interface PayerRows {
	/** By due date; one per invoice. */
	rows: Receivable[];
	/** Further rows of the same invoices. */
	repeated: Receivable[];
	/** Of the newest row with a usable phone, else of the newest row. */
	payer: Payer;
	phone: PhoneResult | null;
}

export function readPayerRows(receivables: readonly Receivable[]): PayerRows {
	if (receivables.length === 1) {
		const [only] = receivables;
		return { rows: [only!], repeated: [], payer: only!.payer, phone: phoneOf(only!.payer) };
	}
	const { rows, repeated } = onePerInvoice(receivables.toSorted(byDate));
	return { rows, repeated, ...reachable(rows) };
}

/** Of several rows of an invoice the one that is further along: better silent than charging what is paid. */
function onePerInvoice(rows: Receivable[]): Pick<PayerRows, 'rows' | 'repeated'> {
	const best = new Map<string, Receivable>();
	for (const row of rows) {
		const known = best.get(row.invoice);
		if (!known || STATUS_ORDER[row.status] < STATUS_ORDER[known.status]) best.set(row.invoice, row);
	}
	if (best.size === rows.length) return { rows, repeated: [] };
	const isBest = (row: Receivable) => best.get(row.invoice) === row;
	return { rows: rows.filter(isBest), repeated: rows.filter((row) => !isBest(row)) };
}

const STATUS_ORDER: Record<Receivable['status'], number> = {
	paid: 0,
	cancelled: 1,
	renegotiated: 2,
	disputed: 3,
	open: 4,
};

function reachable(rows: readonly Receivable[]): Pick<PayerRows, 'payer' | 'phone'> {
	let newest: Pick<PayerRows, 'payer' | 'phone'> | undefined;
	for (let at = rows.length - 1; at >= 0; at--) {
		const { payer } = rows[at]!;
		const phone = phoneOf(payer);
		if (phone?.ok) return { payer, phone };
		newest ??= { payer, phone };
	}
	return newest!;
}

/** An ERP is a register: old mobiles may lack their ninth digit. */
function phoneOf({ phone }: Payer): PhoneResult | null {
	return phone === null || phone.trim() === '' ? null : normalizePhone(phone, { source: 'register' });
}

function byDate(a: Receivable, b: Receivable): number {
	return (
		compare(a.dueDate, b.dueDate) || compare(a.invoice, b.invoice) || compare(JSON.stringify(a), JSON.stringify(b))
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
