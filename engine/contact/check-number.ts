/** What is known about a number being on WhatsApp, in words (V-10)? */
import { formatPhone, normalizePhone } from '../phone';
import type { Store } from '../store/open-store';
import { findContact, unknownContact } from './contact-views';
import { isReference } from './given-names';
import { NO_PHONE } from '../phone-missing';
import { reachabilityOf, type Reachability } from './reachability';

export interface NumberCheck {
	/** null when nobody with this phone is known. */
	contactId: string | null;
	/** E.164; null when there is no usable phone. */
	phone: string | null;
	formatted: string | null;
	reachability: Reachability | { status: 'noPhone'; since: null; by: null };
	/** pt-BR */
	explanation: string;
}

const NOBODY: Reachability = { status: 'unknown', since: null, by: null };

/** @throws NotFound when the id, ERP id or document of a contact is unknown */
export async function checkNumber(store: Store, idOrPhone: string): Promise<NumberCheck> {
	return store.read(async (db) => {
		const contactId = await findContact(db, idOrPhone);
		const contact =
			contactId === null
				? undefined
				: await db.selectFrom('contact').select(['phone']).where('id', '=', contactId).executeTakeFirst();
		if (contactId === null && isReference(idOrPhone)) throw unknownContact(idOrPhone);
		const given = contact ? null : normalizePhone(idOrPhone, { source: 'register' });
		const phone = contact ? contact.phone : given?.ok ? given.e164 : null;
		const reachability = contactId === null ? NOBODY : (await reachabilityOf(db, [contactId])).get(contactId)!;
		// Who is known by an ERP id or a document alone; somebody who hides their phone has written.
		if (phone === null && reachability.status === 'unknown') {
			const why = given && !given.ok && given.reason !== 'empty' ? `: ${given.message}` : '';
			const none = { status: 'noPhone', since: null, by: null } as const;
			return { contactId, phone, formatted: null, reachability: none, explanation: `${NO_PHONE}${why}` };
		}
		const formatted = phone === null ? null : formatPhone(phone);
		return { contactId, phone, formatted, reachability, explanation: explain(reachability) };
	});
}

function explain({ status, by }: Reachability): string {
	if (status === 'unknown') {
		return 'Ainda não se sabe: a API oficial não informa se um número tem WhatsApp; o primeiro envio vai mostrar.';
	}
	if (status === 'notOnWhatsApp') return 'O WhatsApp recusou o último envio: o número não tem WhatsApp ativo.';
	return by === 'message' ? 'Confirmado: o contato escreveu deste WhatsApp.' : 'Confirmado: uma mensagem foi entregue.';
}
