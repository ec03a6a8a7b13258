import { UF_OF_DDD, zonesOfDdd, type Uf } from './phone-ddd';
import { foreignE164, formatForeign } from './phone-foreign';

/**
 * Which number is it? One canonical E.164 key per line, whatever way a person, a register or WhatsApp wrote it.
 * The ninth digit of Brazilian mobiles is inserted, never stripped: "DDD + last 8" would join a landline and a mobile
 * of different people. It refuses to know whether the number is on WhatsApp or which form of it WhatsApp uses (D-06).
 */

/** `waId`: digits as WhatsApp writes them, always with country code · `register`: an ERP or CSV · `typed`: a person. */
export type PhoneSource = 'waId' | 'register' | 'typed';

export type PhoneProblem = 'empty' | 'unassignedDdd' | 'ambiguous' | 'notMessageable' | 'invalid';

export type PhoneResult =
	| { ok: true; e164: string; kind: 'mobile' | 'landline' | 'foreign'; ddd: string | null; warning?: string }
	| { ok: false; reason: PhoneProblem; /** pt-BR, for the person who typed it. */ message: string };

const EXAMPLE = 'Exemplo: +55 11 99999-9999.';

/**
 * @param options.source how far the digits can be trusted, default `typed`. Eight digits starting with 9 are a mobile
 *   from before the ninth digit in a `waId` or `register`, and more likely a forgotten digit when `typed`.
 * @param options.defaultCountry country of numbers written without one; only BR so far.
 */
export function normalizePhone(
	input: string,
	options: { source?: PhoneSource; defaultCountry?: 'BR' } = {},
): PhoneResult {
	const source = options.source ?? 'typed';
	// Nearly every call: wa_id digits of a Brazilian number, or one that was normalized before.
	if (source === 'waId' && /^55\d{10,11}$/.test(input)) return national(input.slice(2), source);
	if (/^\+55\d{10,11}$/.test(input)) return national(input.slice(3), source);

	const cleaned = clean(input);
	if (cleaned === '') return problem('empty', `Informe um telefone com DDD. ${EXAMPLE}`);
	let digits = cleaned.replace(/\D/g, '');
	if (digits.length > 15 && /[/;,|&]|\d\s+(e|ou)\s+\D*\d/i.test(cleaned)) {
		return problem('ambiguous', `Há mais de um telefone em "${shorten(input)}". Informe apenas um. ${EXAMPLE}`);
	}
	if (!/^\+?[\d\s()./\p{Pd}−]+$/u.test(cleaned) || digits === '') {
		return problem('invalid', `"${shorten(input)}" não é um telefone: use somente números. ${EXAMPLE}`);
	}

	let international = cleaned.startsWith('+') || source === 'waId';
	if (!international && digits.startsWith('00')) {
		international = true;
		digits = digits.slice(2);
	}
	if (digits.startsWith('55') && (international || hasCountryCode(digits))) return national(digits.slice(2), source);
	if (international) return foreign(digits, source);
	if (digits.length < 12 || digits.startsWith('0')) return national(digits, source);
	return undeclaredForeign(digits, source);
}

/**
 * The wa_id digits WhatsApp may know this line by, most likely first: mobiles may have kept the form from before the
 * ninth digit, usually outside DDDs 11–28. For matching and for trying again; a first send uses the E.164 itself (D-06).
 */
export function phoneVariants(e164: string): string[] {
	const digits = e164.replace(/\D/g, '');
	// Old mobiles began with 6–9: without its 9, +55 11 93256-7890 would be somebody else's landline.
	if (!/^55\d\d9[6-9]\d{7}$/.test(digits)) return [digits];
	const without = digits.slice(0, 4) + digits.slice(5);
	return Number(digits.slice(2, 4)) < 31 ? [digits, without] : [without, digits];
}

/** International style (B-15): "+55 11 99999-9999". Unknown shapes come back as they are. */
export function formatPhone(e164: string): string {
	const match = /^\+55(\d\d)(\d{4,5})(\d{4})$/.exec(e164);
	return match ? `+55 ${match[1]} ${match[2]}-${match[3]}` : formatForeign(e164);
}

/** IANA zone of a Brazilian number by its DDD; null for foreign numbers. See `zonesOfDdd` for DDDs with two. */
export function zoneOfPhone(e164: string): string | null {
	return zonesOfDdd(dddOf(e164))[0] ?? null;
}

export function ufOfPhone(e164: string): Uf | null {
	return UF_OF_DDD.get(dddOf(e164)) ?? null;
}

// ---------------------------------------------------------------- helpers

function dddOf(e164: string): string {
	return /^\+55\d{10,11}$/.test(e164) ? e164.slice(3, 5) : '';
}

/** 12–13 digits starting with 55; one more when a trunk 0 follows the country code. 11 digits are DDD 55 itself. */
function hasCountryCode(digits: string): boolean {
	return digits.length === 12 || digits.length === 13 || (digits.length === 14 && digits.startsWith('550'));
}

/** Removes what copying from pages and old cards leaves behind: invisible marks, "tel:", the carrier placeholder "xx". */
function clean(input: string): string {
	// Most are nothing but digits and signs.
	if (/^[\d ()+.-]+$/.test(input)) return input.trim();
	return input
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^(tel|whatsapp|wa|fone|telefone|celular)\s*[:.]\s*/i, '')
		.replace(/^(\+?55)?(\s*\(?0?)\s*-?\s*xx/i, '$1$2');
}

/** Everything after the country code. */
function national(text: string, source: PhoneSource): PhoneResult {
	if (/^0?(800|300|303|500|900)\d{6,7}$/.test(text) || /^(400[34]|300[34]|4020)\d{4}$/.test(text)) {
		return problem('notMessageable', `Números como 0800, 0300 e 4004 não recebem mensagens. ${EXAMPLE}`);
	}
	const digits = withoutTrunk(text);
	if (digits.length < 10) {
		const missing = digits.length >= 8 ? 'Falta o DDD' : 'Faltam dígitos';
		return problem('invalid', `${missing} no telefone "${text}". ${EXAMPLE}`);
	}
	const ddd = digits.slice(0, 2);
	const subscriber = digits.slice(2);
	if (!UF_OF_DDD.has(ddd)) return problem('unassignedDdd', `O DDD ${ddd} não existe. ${EXAMPLE}`);
	return line(ddd, subscriber, source);
}

/** Trunk 0, and the two-digit carrier behind it in 0 + carrier + DDD + number. */
function withoutTrunk(digits: string): string {
	if (!digits.startsWith('0')) return digits;
	return digits.slice(digits.length === 13 || digits.length === 14 ? 3 : 1);
}

function line(ddd: string, subscriber: string, source: PhoneSource): PhoneResult {
	const first = subscriber[0]!;
	if (subscriber.length === 9) {
		if (first === '9') return { ok: true, e164: `+55${ddd}${subscriber}`, kind: 'mobile', ddd };
		if (first === '7' || first === '8') {
			// Reserved to mobiles by Anatel Res. 749/2022, not handed out yet.
			const warning = `Celulares de 9 dígitos começam com 9; confira o número (${ddd}) ${subscriber}.`;
			return { ok: true, e164: `+55${ddd}${subscriber}`, kind: 'mobile', ddd, warning };
		}
		return problem('invalid', `Celulares começam com 9 depois do DDD; confira (${ddd}) ${subscriber}. ${EXAMPLE}`);
	}
	if (subscriber.length !== 8 || first === '0' || first === '1') {
		return problem('invalid', `(${ddd}) ${shorten(subscriber)} não é um telefone válido. ${EXAMPLE}`);
	}
	if (first < '6') return { ok: true, e164: `+55${ddd}${subscriber}`, kind: 'landline', ddd };
	if (first === '9' && source === 'typed') {
		return problem(
			'ambiguous',
			`Parece faltar um dígito em (${ddd}) ${subscriber}: celulares têm 9 dígitos. ${EXAMPLE}`,
		);
	}
	return { ok: true, e164: `+55${ddd}9${subscriber}`, kind: 'mobile', ddd };
}

/** WhatsApp is believed even where our tables are older than a country's newest range. */
function foreign(digits: string, source: PhoneSource): PhoneResult {
	const e164 = foreignE164(digits);
	if (e164) return { ok: true, e164, kind: 'foreign', ddd: null };
	if (source === 'waId' && /^[1-9]\d{6,14}$/.test(digits)) {
		const warning = `Número internacional fora das tabelas conhecidas: +${digits}.`;
		return { ok: true, e164: `+${digits}`, kind: 'foreign', ddd: null, warning };
	}
	return problem(
		'invalid',
		`+${shorten(digits)} não existe no seu país. Exemplos: +55 11 99999-9999, +351 912 345 678.`,
	);
}

/** Too long for Brazil and without '+': a register may drop the sign, a person has more likely mistyped. */
function undeclaredForeign(digits: string, source: PhoneSource): PhoneResult {
	const e164 = source === 'register' ? foreignE164(digits) : null;
	if (e164) return { ok: true, e164, kind: 'foreign', ddd: null, warning: `Lido como número de outro país: ${e164}.` };
	const message = `"${shorten(digits)}" tem dígitos demais para o Brasil. Se for de outro país, comece com +. ${EXAMPLE}`;
	return problem('ambiguous', message);
}

function problem(reason: PhoneProblem, message: string): PhoneResult {
	return { ok: false, reason, message };
}

function shorten(text: string): string {
	const short = text.trim();
	return short.length > 30 ? `${short.slice(0, 30)}…` : short;
}
