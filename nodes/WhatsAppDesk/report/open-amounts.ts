/** What is still owed, as a list from the ERP? Reads rows as the Dunning Planner does; what cannot be read is counted, not guessed. */
import { readReceivable } from '../../../engine/index';
import type { OpenAmount } from '../../../engine/index';

export interface OpenRows {
	open: OpenAmount[];
	unreadable: number;
	/** Of the first row that could not be read. */
	problem: string | null;
}

const SETTLED = new Set(['paid', 'cancelled', 'renegotiated']);

/** @param creditor rows of others are left out; '' = all */
export function openAmountsOf(rows: readonly unknown[], creditor: string): OpenRows {
	const found: OpenRows = { open: [], unreadable: 0, problem: null };
	for (const row of rows) {
		const read = readReceivable(row as Record<string, unknown>, { creditor: creditor || '-' });
		if (!read.ok) {
			found.unreadable++;
			found.problem ??= read.problem;
			continue;
		}
		const { dueDate, amountCents, status, creditor: own } = read.receivable;
		if (!SETTLED.has(status) && (creditor === '' || own === creditor)) found.open.push({ dueDate, amountCents });
	}
	return found;
}
