/** Which phone did the caller mean? Digits, country codes and the Brazilian ninth digit. */

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

export function isBsuid(value: string): boolean {
	return BSUID.test(value);
}

export function digitsOf(value: string): string {
	return value.replace(/\D/g, '');
}

/**
 * The digits Meta would dial for a `to`, or null when it is not a phone.
 * Without '+' a number that does not start with the business's country code gets it prepended (cloud-api.md §1).
 */
export function dialledDigits(to: string, businessPhone: string): string | null {
	if (!/^\+?[\d\s()-]+$/.test(to)) return null;
	const digits = digitsOf(to);
	if (digits.length < 7 || digits.length > 15) return null;
	if (to.trim().startsWith('+')) return digits;
	const country = countryCode(digitsOf(businessPhone));
	return digits.startsWith(country) && digits.length > 11 ? digits : country + digits;
}

/** Both ways of writing a Brazilian mobile, the given one first; any other number alone. */
export function ninthDigitForms(digits: string): string[] {
	if (/^55\d{2}9[6-9]\d{7}$/.test(digits)) return [digits, digits.slice(0, 4) + digits.slice(5)];
	if (/^55\d{2}[6-9]\d{7}$/.test(digits)) return [digits, `${digits.slice(0, 4)}9${digits.slice(4)}`];
	return [digits];
}

/** The form without the ninth digit, which Meta uses as wa_id for many Brazilian accounts. */
export function withoutNinthDigit(digits: string): string {
	return ninthDigitForms(digits).reduce((shortest, form) => (form.length < shortest.length ? form : shortest));
}

function countryCode(businessDigits: string): string {
	return businessDigits.startsWith('1') || businessDigits.startsWith('7')
		? businessDigits.slice(0, 1)
		: businessDigits.slice(0, 2);
}
