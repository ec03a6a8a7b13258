/**
 * Contact cards travel as vCards (3.0, RFC 2426). Written from our own cards, and read into the shape that the Cloud API gives
 * cards in, so that a workflow sees the same fields on every channel.
 */
import type { OutboundContactCard } from '../../model';
import { normalizePhone } from '../../phone';

/** As in the webhooks of the Cloud API. */
export interface ReceivedCard {
	name: { formatted_name: string; first_name?: string; last_name?: string };
	phones: Array<{ phone: string; type?: string; wa_id?: string }>;
	emails?: Array<{ email: string; type?: string }>;
	org?: { company: string };
}

export function writeVcard(card: OutboundContactCard): string {
	const name = escaped(card.name.trim());
	const lines = ['BEGIN:VCARD', 'VERSION:3.0', `N:;${name};;;`, `FN:${name}`];
	if (card.organization) lines.push(`ORG:${escaped(card.organization)};`);
	for (const { phone, type } of card.phones)
		lines.push(`TEL;type=${typeName(type, 'CELL')}${waidOf(phone)}:${oneLine(phone)}`);
	for (const { email, type } of card.emails ?? [])
		lines.push(`EMAIL;type=${typeName(type, 'INTERNET')}:${escaped(email)}`);
	return [...lines, 'END:VCARD'].join('\n');
}

/** @param displayName what the sender's phone calls the card; used where the card names nobody */
export function readVcard(vcard: string, displayName: string): ReceivedCard {
	const card: ReceivedCard = { name: { formatted_name: displayName }, phones: [] };
	for (const { name, parameters, value } of linesOf(vcard)) {
		const type = typeOf(parameters);
		if (name === 'FN' && value !== '') card.name.formatted_name = unescaped(value);
		if (name === 'N') Object.assign(card.name, namesOf(value));
		if (name === 'ORG' && value !== '') card.org ??= { company: fields(value)[0]! };
		if (name === 'TEL' && value !== '') card.phones.push({ phone: unescaped(value), ...type, ...waIdOf(parameters) });
		if (name === 'EMAIL' && value !== '') (card.emails ??= []).push({ email: unescaped(value), ...type });
	}
	return card;
}

// ---------------------------------------------------------------- writing

function escaped(text: string): string {
	return text
		.replace(/\\/g, '\\\\')
		.replace(/[,;]/g, '\\$&')
		.replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n');
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

function typeName(type: string | undefined, usual: string): string {
	return (type ?? '').replace(/[^a-z-]/gi, '').toUpperCase() || usual;
}

/** With it the receiver's WhatsApp offers to write to the number. */
function waidOf(phone: string): string {
	const read = normalizePhone(phone, { source: 'register' });
	return read.ok ? `;waid=${read.e164.slice(1)}` : '';
}

// ---------------------------------------------------------------- reading

const LONGEST = 20_000;
const MOST_LINES = 200;

interface Line {
	name: string;
	parameters: string[];
	value: string;
}

function linesOf(vcard: string): Line[] {
	const text = vcard
		.slice(0, LONGEST)
		.replaceAll('\u0000', '')
		.replace(/\r?\n[ \t]/g, '');
	return text
		.split(/\r?\n/)
		.slice(0, MOST_LINES)
		.flatMap((line) => {
			const colon = line.indexOf(':');
			if (colon < 0) return [];
			const [head, ...parameters] = line.slice(0, colon).split(';');
			// "item1.TEL": a group that ties a label to it.
			const name = head!.slice(head!.indexOf('.') + 1).toUpperCase();
			return [{ name, parameters, value: line.slice(colon + 1).trim() }];
		});
}

function typeOf(parameters: readonly string[]): { type?: string } {
	const types = parameters.flatMap((each) => /^type=(.+)$/i.exec(each)?.[1]?.split(',') ?? []);
	const telling = types.map((type) => type.toUpperCase()).find((type) => !['VOICE', 'PREF', 'INTERNET'].includes(type));
	return telling ? { type: telling } : {};
}

function waIdOf(parameters: readonly string[]): { wa_id?: string } {
	const digits = parameters.map((each) => /^waid=(\d{5,20})$/i.exec(each)?.[1]).find(Boolean);
	return digits ? { wa_id: digits } : {};
}

function namesOf(value: string): { first_name?: string; last_name?: string } {
	const [last, first] = fields(value);
	return { ...(first ? { first_name: first } : {}), ...(last ? { last_name: last } : {}) };
}

/** The parts between the semicolons that are not escaped. */
function fields(value: string): string[] {
	return (value.match(/(?:\\.|[^;\\])+|(?<=;|^)(?=;|$)/g) ?? ['']).map((part) => unescaped(part));
}

function unescaped(text: string): string {
	return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter)).trim();
}
