import type { BusinessNumber, Contact } from '../model';
import { dialledDigits, digitsOf, isBsuid } from '../phones';
import type { Simulation } from '../simulation';
import { invalid, type Json } from './checks';
import type { Problem } from './errors';

/** Who will get this message? Phones in any spelling, BSUIDs, and the cases where nobody does. */
export type Recipient =
	| { type: 'contact'; contact: Contact; input: string; byBsuid: boolean }
	/** Accepted, never delivered and never reported: a BSUID in `to` (cloud-api.md §2.5). */
	| { type: 'lost'; input: string }
	| { type: 'refused'; problem: Problem };

export function findRecipient(simulation: Simulation, number: BusinessNumber, body: Json): Recipient {
	const { world, settings } = simulation;
	if (body.to === undefined) {
		const input = String(body.recipient);
		const contact = world.contactByBsuid(input);
		if (contact) return { type: 'contact', contact, input, byBsuid: true };
		return refused(`Recipient '${input}' is not a user of this business portfolio.`);
	}
	const input = String(body.to);
	if (isBsuid(input)) return { type: 'lost', input };
	const digits = dialledDigits(input, number.displayPhone);
	if (digits === null) return refused(`Param 'to' is not a phone number: '${input}'.`);
	if (digits === digitsOf(number.displayPhone)) {
		return { type: 'refused', problem: { code: 131021, details: 'Recipient phone number cannot be the sender.' } };
	}
	const known = world.contactByPhone(digits);
	if (known) return { type: 'contact', contact: known, input, byBsuid: false };
	const contact = world.addContact({ waId: digits, onWhatsApp: settings.unknownRecipients === 'create' });
	simulation.events.emit({ type: 'contact', waId: contact.waId });
	return { type: 'contact', contact, input, byBsuid: false };
}

function refused(details: string): Recipient {
	return { type: 'refused', problem: invalid(details, 100) };
}
