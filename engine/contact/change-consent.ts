/** A supervisor writes down what a contact agreed to or refused, somewhere else than in a message of theirs. */
import { recordOptIn, recordOptOut, type Change, type OptOutScope } from '../consent/consent';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { findContact, unknownContact, viewsOf, type ContactView } from './contact-views';
import { isReference } from './given-names';
import { NO_PHONE } from '../phone-missing';
import { saveContactsIn } from './save-contacts';

export type ConsentWish =
	| {
			type: 'optIn';
			/** Where the consent is written down; required, or it would prove nothing. */
			proof: string;
			/** Where it was given, e.g. "formulário do site". */
			source?: string;
			/** When it was given. */
			at: Instant;
	  }
	| { type: 'optOut'; scope: OptOutScope; reason?: string; at: Instant };

export type ConsentResult =
	| {
			result: 'recorded' | 'unchanged';
			contact: ContactView;
			/** pt-BR: what was written down, or why nothing changed. */
			explanation: string;
	  }
	| { result: 'noPhone'; contact: null; explanation: typeof NO_PHONE };

/**
 * @param idOrPhone a phone nobody knew yet makes a contact, so that a list imported later finds the refusal
 * @throws NotFound when the id, ERP id or document of a contact is unknown
 */
export async function changeConsent(
	store: Store,
	idOrPhone: string,
	wish: ConsentWish,
	now: Instant,
): Promise<ConsentResult> {
	const outcome = await store.transaction(async (tx) => {
		const contactId = await contactFor(tx, idOrPhone, now);
		if (contactId === null) return null;
		const change = await write(tx, contactId, wish);
		await appendTimeline(tx, store.dialect, change.lines);
		return { contactId, change };
	});
	if (outcome === null) return { result: 'noPhone', contact: null, explanation: NO_PHONE };
	const { contactId, change } = outcome;
	const [contact] = await store.read((db) => viewsOf(db, [contactId]));
	const explanation = change.lines.at(-1)?.text ?? 'Já estava registrado: nada mudou.';
	return { result: change.changed ? 'recorded' : 'unchanged', contact: contact!, explanation };
}

async function contactFor(tx: Tx, idOrPhone: string, now: Instant): Promise<string | null> {
	const known = await findContact(tx, idOrPhone);
	if (known !== null) return known;
	if (isReference(idOrPhone)) throw unknownContact(idOrPhone);
	const { results } = await saveContactsIn(tx, [{ phone: idOrPhone }], now);
	const saved = results[0]!;
	return saved.contact?.id ?? null;
}

function write(tx: Tx, contactId: string, wish: ConsentWish): Promise<Change> {
	if (wish.type === 'optOut') {
		const how = wish.reason?.trim() || 'registrado por um atendente';
		return recordOptOut(tx, contactId, wish.scope, how, wish.at);
	}
	const proof = [wish.source?.trim(), wish.proof.trim()].filter(Boolean).join(': ');
	return recordOptIn(tx, contactId, proof, wish.at);
}
