/**
 * Where does a message go? Whoever wrote has an address already, a phone JID or a LID, and is answered there. Plain digits are
 * looked up first: WhatsApp takes messages to numbers that are not there without a word (V-10, D-06).
 */
import type { SendResult } from '../../model';
import { refuse } from '../refusal';
import { isLid, personJid, phoneDigitsOf } from './jids';
import { lookUpNumber, type NumberLookup } from './numbers';

export type FoundRecipient = { type: 'found'; jid: string; waId: string | null } | SendResult;

export async function findRecipient(lookup: NumberLookup, address: string): Promise<FoundRecipient> {
	const digits = /^\+?(\d{7,15})$/.exec(address.trim())?.[1];
	if (digits === undefined) {
		const jid = personJid(address);
		if (jid !== null) return { type: 'found', jid, waId: isLid(jid) ? null : phoneDigitsOf(jid) };
		return refuse(
			'badAddress',
			`"${address}" não é um endereço deste canal. Use o telefone com DDI e DDD, ou responda a quem escreveu.`,
		);
	}
	const found = await lookUpNumber(lookup, digits);
	switch (found.type) {
		case 'onWhatsApp':
			return { type: 'found', jid: found.jid, waId: phoneDigitsOf(found.jid) };
		case 'notOnWhatsApp':
			return refuse(NOT_ON_WHATSAPP, `O número +${digits} não está no WhatsApp. Confirme o telefone do contato.`);
		case 'unclear':
			return { type: 'notSent', reason: `não foi possível saber se +${digits} está no WhatsApp (${found.reason})` };
	}
}

/** What a number is refused with that WhatsApp does not know. */
export const NOT_ON_WHATSAPP = 'notOnWhatsApp';
