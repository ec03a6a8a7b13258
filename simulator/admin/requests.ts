import type { BusinessNumber, Loose } from '../model';
import { digitsOf } from '../phones';
import type { Simulation } from '../simulation';
import type { Chat } from '../world';

/** Reading what an admin call asks for: answers with a Refusal that says what to send instead. */
export interface Call {
	params: Record<string, string>;
	query: URLSearchParams;
	body: Loose;
}

export type Reply = { status: number; body: unknown };

export function ok(body: unknown = { ok: true }): Reply {
	return { status: 200, body };
}

export function refusal(message: string, status = 400): Reply {
	return { status, body: { error: message } };
}

/** The number a call names, or the only sensible one: the first. */
export function numberOf(simulation: Simulation, phoneNumberId: string | null | undefined): BusinessNumber | null {
	if (phoneNumberId) return simulation.world.numbers.get(phoneNumberId) ?? null;
	return [...simulation.world.numbers.values()][0] ?? null;
}

/** The chat of a contact, who is added when nobody knows them yet; null for what is not a phone or number. */
export function chatOf(
	simulation: Simulation,
	waId: string,
	phoneNumberId?: string | null,
	name?: string,
): Chat | null {
	const number = numberOf(simulation, phoneNumberId);
	const digits = digitsOf(waId);
	if (!number || digits.length < 7 || digits.length > 15) return null;
	let contact = simulation.world.contactByPhone(digits);
	if (!contact) {
		contact = simulation.world.addContact({ waId: digits, name });
		simulation.events.emit({ type: 'contact', waId: contact.waId });
	}
	return simulation.world.chat(number, contact);
}

export const UNKNOWN_CHAT =
	'No such contact or number: waId must be 7 to 15 digits, phoneNumberId a configured number.';
