/** The check digits of boletos (FEBRABAN). `digits` holds digits only; its length is the caller's business. */

/** Weights 2, 1, 2, … from the right; the digits of each product are added up. */
export function mod10(digits: string): string {
	let sum = 0;
	for (let at = digits.length - 1, weight = 2; at >= 0; at--, weight = 3 - weight) {
		const product = Number(digits[at]) * weight;
		sum += product > 9 ? product - 9 : product;
	}
	return String((10 - (sum % 10)) % 10);
}

/** Of a bank boleto: never 0, because 0, 10 and 11 become 1. */
export function mod11OfBank(digits: string): string {
	const digit = 11 - mod11Remainder(digits);
	return String(digit === 10 || digit === 11 ? 1 : digit);
}

/** Of a utility bill: the remainders 0 and 1 give 0. */
export function mod11OfUtility(digits: string): string {
	const remainder = mod11Remainder(digits);
	return String(remainder < 2 ? 0 : 11 - remainder);
}

/** Weights 2 to 9 from the right, over and over. */
export function mod11Remainder(digits: string): number {
	let sum = 0;
	for (let at = digits.length - 1, weight = 2; at >= 0; at--, weight = weight === 9 ? 2 : weight + 1) {
		sum += Number(digits[at]) * weight;
	}
	return sum % 11;
}
