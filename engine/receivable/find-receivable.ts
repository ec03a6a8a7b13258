/**
 * Which receivable does somebody mean? By its id in the ERP, else by the number the payer knows it by: "1004" is also "NF 1004",
 * and "NF 1004/2" of several instalments.
 */
import { ConfigurationError } from '../errors';
import type { ReceivableKey, ReceivableRecord } from '../model-receivable';
import type { Db } from '../store/open-store';
import { fold } from '../text';
import { loadReceivables, textOf } from './rows';

/**
 * @param wanted creditor '' = any
 * @returns null = the desk knows none
 * @throws ConfigurationError with all that are meant, when they are several
 */
export async function findReceivable(db: Db, wanted: ReceivableKey): Promise<ReceivableRecord | null> {
	const exact = wanted.creditor === '' ? undefined : (await loadReceivables(db, [wanted])).get(textOf(wanted));
	if (exact) return exact;
	const alike = mostAlike(await candidates(db, wanted), wanted.invoice);
	const found = [...(await loadReceivables(db, alike.slice(0, MOST_LISTED))).values()];
	if (alike.length > 1) throw several(wanted, found, alike.length - found.length);
	return found[0] ?? null;
}

interface Named extends ReceivableKey {
	number: string | null;
}

/** Only rows that hold the longest word of it are looked at; zeros before a number are none. */
async function candidates(db: Db, { creditor, invoice }: ReceivableKey): Promise<Named[]> {
	const [word] = (fold(invoice).match(/[a-z1-9][a-z0-9]*/g) ?? []).sort((a, b) => b.length - a.length);
	if (word === undefined) return [];
	let query = db
		.selectFrom('receivable')
		.select(['creditor', 'invoice', 'number'])
		.where((e) => e.or([e(e.fn<string>('lower', ['number']), 'like', `%${word}%`), e('invoice', '=', invoice.trim())]))
		.orderBy('creditor')
		.orderBy('invoice');
	if (creditor !== '') query = query.where('creditor', '=', creditor);
	return await query.execute();
}

/** Those of the first likeness that any has. */
function mostAlike(rows: readonly Named[], wanted: string): Named[] {
	const likenesses: Array<(row: Named) => boolean> = [
		({ invoice }) => invoice === wanted.trim(),
		({ number }) => tidy(number) === tidy(wanted),
		({ number }) => bare(number) === bare(wanted),
		({ number }) => whole(number) === bare(wanted),
	];
	for (const isAlike of likenesses) {
		const alike = rows.filter(isAlike);
		if (alike.length > 0) return alike;
	}
	return [];
}

const MOST_LISTED = 10;

function several({ invoice }: ReceivableKey, found: readonly ReceivableRecord[], more: number): ConfigurationError {
	const names = found.map(
		({ creditor, invoice: id, number, dueDate, state }) =>
			`${creditor}/${id} (${[number, dueDate && `due ${dueDate}`, state].filter(Boolean).join(', ')})`,
	);
	return new ConfigurationError(
		`${found.length + more} invoices are called "${invoice.trim()}": ${names.join('; ')}${more > 0 ? ` and ${more} more` : ''}.`,
		'Enter one of them as it stands here: creditor/invoice, the invoice by its id in the ERP.',
		'invoice',
	);
}

/** "NF nº 1004 / 2" → "nfno1004/2" */
const tidy = (text: string | null) => fold(text ?? '').replace(/[^\p{L}\p{N}/-]/gu, '');
/** … without the words before the number, and its zeros: "1004/2" */
const bare = (text: string | null) =>
	tidy(text)
		.replace(/^\p{L}[\p{L}/-]*(?=\d)/u, '')
		.replace(/^0+(?=\d)/, '');
/** … without the instalment: "1004" */
const whole = (text: string | null) => bare(text).replace(/[/-]\d{1,3}$/, '');
