/**
 * How is a person addressed in a request? Never both ways: when both are given `to` wins, and a business-scoped id
 * placed in `to` is accepted and silently lost. The `+` matters too: without it Meta prepends our own country code.
 * Source: Cloud API "send messages" (phone formats) and "business-scoped user ids".
 */
export type Recipient = { to: string } | { recipient: string };

/** @returns null when the address is neither a phone nor a business-scoped id */
export function recipientOf(address: string): Recipient | null {
	const trimmed = address.trim();
	if (/^[A-Za-z]{2}\.[A-Za-z0-9.]{1,140}$/.test(trimmed)) return { recipient: trimmed };
	const digits = trimmed.replace(/[\s()+-]/g, '');
	return /^\d{7,15}$/.test(digits) ? { to: `+${digits}` } : null;
}
