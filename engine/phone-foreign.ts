/**
 * Numbers of other countries, judged by libphonenumber. Its tables take a moment and memory to load,
 * so they are loaded by the first foreign number and never by a purely Brazilian desk.
 */

type Library = typeof import('libphonenumber-js/max');
let library: Library | undefined;

/** @returns the E.164 of a number that exists in its country's plan, else null. `digits` start with the country code. */
export function foreignE164(digits: string): string | null {
	const parsed = load().parsePhoneNumberFromString(`+${digits}`);
	return parsed?.isValid() ? parsed.number : null;
}

/** "+351 912 345 678"; what libphonenumber cannot read comes back unchanged. */
export function formatForeign(e164: string): string {
	if (!/^\+\d{7,15}$/.test(e164)) return e164;
	return load().parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

function load(): Library {
	library ??= require('libphonenumber-js/max') as Library;
	return library;
}
