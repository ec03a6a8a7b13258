/** Whom are tickets about? Contacts by id, phone, ERP id or document; one the desk does not know yet is saved. */
import { findContact } from '../contact/contact-views';
import { saveContactsIn, type ContactEntry } from '../contact/save-contacts';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';

/** `id`: of a contact of the desk, or anything it is known by; the rest as in a list of contacts. */
export interface TicketContact extends Partial<ContactEntry> {
	id?: string | null;
}

export interface FoundPerson {
	/** null when nothing names anybody. */
	contactId: string | null;
	/** pt-BR */
	warnings: string[];
}

/** One answer per contact given, in their order. */
export async function findPeople(
	tx: Tx,
	given: ReadonlyArray<TicketContact | null>,
	now: Instant,
): Promise<{ found: FoundPerson[]; lines: TimelineLine[] }> {
	const byId = new Map<string, string | null>();
	for (const id of new Set(given.flatMap((each) => each?.id?.trim() || []))) byId.set(id, await findContact(tx, id));
	const answers = given.map((each) => (each?.id?.trim() ? (byId.get(each.id.trim()) ?? null) : null));
	const toSave = given.flatMap((each, at) =>
		each && answers[at] === null && namesSomebody(each) ? [{ each, at }] : [],
	);
	const { results, lines } = await saveContactsIn(
		tx,
		toSave.map(({ each: { id: _, ...entry } }) => ({ ...entry, phone: entry.phone ?? '' })),
		now,
	);
	const found = given.map((each, at): FoundPerson => {
		const id = each?.id?.trim();
		const warnings = id && answers[at] === null ? [`Não há contato "${id}".`] : [];
		return { contactId: answers[at]!, warnings };
	});
	toSave.forEach(({ at }, i) => {
		const saved = results[i]!;
		found[at]!.contactId = saved.contact?.id ?? null;
		if (saved.result === 'noPhone' && saved.why) found[at]!.warnings.push(saved.why);
		if (saved.warning) found[at]!.warnings.push(saved.warning);
	});
	return { found, lines };
}

function namesSomebody({ phone, erpIds, document }: TicketContact): boolean {
	return Boolean(phone?.trim() || document?.trim() || erpIds?.some((id) => id.trim()));
}
