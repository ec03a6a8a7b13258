/**
 * Who is behind a JID ("5511…@s.whatsapp.net", "9137…@lid", "…:12@lid" for one of their devices)? The only place that takes
 * one apart. A phone is read from a phone JID alone: the digits of a LID are no phone, whatever they look like (D-04).
 */

export interface Jid {
	user: string;
	/** 's.whatsapp.net', 'lid', 'g.us', 'broadcast', 'newsletter'… */
	server: string;
	/** Of the person's devices; 0 is the phone. */
	device: number;
}

/** Names by which the device itself is known; a LID may come later than the number. */
export interface OwnNames {
	jid: string;
	lid: string | null;
}

const PHONE_SERVER = 's.whatsapp.net';
const LID_SERVER = 'lid';
/** Other spellings of the two: an old client's, and numbers hosted by the Cloud API. */
const SAME_SERVER: Record<string, string> = {
	'c.us': PHONE_SERVER,
	hosted: PHONE_SERVER,
	'hosted.lid': LID_SERVER,
};
/** WhatsApp's own account and Meta AI: nobody to talk to. */
const NOBODY: ReadonlySet<string> = new Set(['0', '13135550002']);

/** @returns null for what is no JID at all */
export function readJid(text: unknown): Jid | null {
	if (typeof text !== 'string' || text.length > 200) return null;
	const found = /^([\w.-]+?)(?:_\d+)?(?::(\d{1,5}))?@([\w.-]+)$/.exec(text);
	if (!found) return null;
	const [, user, device, server] = found as unknown as [string, string, string | undefined, string];
	const lower = server.toLowerCase();
	const usual = Object.hasOwn(SAME_SERVER, lower) ? SAME_SERVER[lower]! : lower;
	return { user, server: usual, device: Number(device ?? 0) };
}

/** A person's JID without device, in its usual spelling; null for groups, statuses, channels, services and nonsense. */
export function personJid(text: unknown): string | null {
	const jid = readJid(text);
	if (!jid || (jid.server !== PHONE_SERVER && jid.server !== LID_SERVER)) return null;
	if (!/^\d{5,20}$/.test(jid.user) || (jid.server === PHONE_SERVER && NOBODY.has(jid.user))) return null;
	return `${jid.user}@${jid.server}`;
}

/** Digits with country code, as WhatsApp writes them; null for everything that is no phone JID. */
export function phoneDigitsOf(text: unknown): string | null {
	const person = personJid(text);
	return person?.endsWith(`@${PHONE_SERVER}`) ? person.slice(0, person.indexOf('@')) : null;
}

/** '9137…@lid' without device; null for everything that is no LID. */
export function lidOf(text: unknown): string | null {
	const person = personJid(text);
	return person?.endsWith(`@${LID_SERVER}`) ? person : null;
}

export function isLid(text: unknown): boolean {
	return lidOf(text) !== null;
}

/** @param digits with country code, as WhatsApp writes them */
export function phoneJid(digits: string): string {
	return `${digits}@${PHONE_SERVER}`;
}

/** Whether the JID is one of the device's own account: its number or its LID, on whatever of its devices. */
export function isOwn(text: unknown, own: OwnNames | null): boolean {
	if (own === null) return false;
	const person = personJid(text);
	return person !== null && (person === personJid(own.jid) || person === personJid(own.lid));
}
