/** What is known about a number being on WhatsApp, in words (V-10)? */
import { formatPhone, normalizePhone } from '../phone';
import type { Store } from '../store/open-store';
import { findContact, unknownContact } from './contact-views';
import { NO_PHONE } from './no-phone';
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

/** @throws NotFound when the id of a contact is unknown */
export async function checkNumber(store: Store, idOrPhone: string): Promise<NumberCheck> {
	return store.read(async (db) => {
		const contactId = await findContact(db, idOrPhone);
		const contact =
			contactId === null
				? undefined
				: await db.selectFrom('contact').select(['phone']).where('id', '=', contactId).executeTakeFirst();
		if (contactId === null && /^cnt_/.test(idOrPhone.trim())) {
			throw unknownContact(idOrPhone);
		}
		const given = contact ? null : normalizePhone(idOrPhone, { source: 'register' });
		const phone = contact ? contact.phone : given?.ok ? given.e164 : null;
		if (contactId === null && phone === null) {
			const why = given && !given.ok && given.reason !== 'empty' ? `: ${given.message}` : '';
			const reachability = { status: 'noPhone', since: null, by: null } as const;
			return { contactId, phone, formatted: null, reachability, explanation: `${NO_PHONE}${why}` };
		}
		const reachability = contactId === null ? NOBODY : (await reachabilityOf(db, [contactId])).get(contactId)!;
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
