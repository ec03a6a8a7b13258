import { emvObject, LONGEST_VALUE, withCrc } from './pix-emv';
import { readPixKey, type PixKeyKind } from './pix-key';

/**
 * Which code does a payer copy to pay by Pix? Static: a key, an amount or none, an identifier. Dynamic: the address the bank
 * gave for a bill it registered. Texts are folded to plain ASCII and cut to what the BR Code has room for, and it says so.
 */

export interface StaticPix {
	key: string;
	/** How to read the key; default `auto`. */
	keyKind?: PixKeyKind | 'auto';
	/** null = the payer types it. */
	amountCents: number | null;
	/** Shows up in the bank's webhook and statement; '' = none. */
	txid?: string;
	/** Shown to the payer; '' = none. */
	description?: string;
}

export interface DynamicPix {
	/** With or without https://. */
	url: string;
	/** The code may be paid once only, as bills are; default true. */
	singleUse?: boolean;
}

export type PixDraft = { name: string; city: string } & (StaticPix | DynamicPix);

export type MadePix =
	| {
			ok: true;
			errors: [];
			/** Pix copia e cola. */
			code: string;
			/** pt-BR: what was cut or may be misread. */
			warnings: string[];
	  }
	/** pt-BR, everything that is wrong. */
	| { ok: false; errors: string[] };

const LONGEST = { name: 25, city: 15, txid: 25, url: 77 };
/** What object 54 has room for: 9999999999.99 */
const MOST_CENTS = 999_999_999_999;
const ADDRESS = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?:\/[\w.~%-]+)+$/i;

export function makePixCode(draft: PixDraft): MadePix {
	const notes: Notes = { errors: [], warnings: [] };
	const name = shortText(draft.name, ['o nome', 'no nome'], LONGEST.name, notes);
	const city = shortText(draft.city, ['a cidade', 'na cidade'], LONGEST.city, notes);
	const { account, amount, txid, singleUse } = 'url' in draft ? dynamicPart(draft, notes) : staticPart(draft, notes);
	if (notes.errors.length > 0) return { ok: false, errors: notes.errors };
	const row = [
		emvObject('00', '01'),
		emvObject('01', singleUse ? '12' : ''),
		emvObject('26', account),
		emvObject('52', '0000'),
		emvObject('53', '986'),
		emvObject('54', amount),
		emvObject('58', 'BR'),
		emvObject('59', name),
		emvObject('60', city),
		emvObject('62', emvObject('05', txid)),
	];
	return { ok: true, errors: [], code: withCrc(row.join('')), warnings: notes.warnings };
}

interface Notes {
	errors: string[];
	warnings: string[];
}

interface Part {
	account: string;
	amount: string;
	txid: string;
	singleUse: boolean;
}

const PIX = emvObject('00', 'br.gov.bcb.pix');

function staticPart({ key: given, keyKind, amountCents, txid = '', description = '' }: StaticPix, notes: Notes): Part {
	const reading = readPixKey(given, keyKind);
	if (!reading.ok) notes.errors.push(reading.reason);
	else if (reading.ambiguous) {
		notes.warnings.push(`A chave ${reading.key} foi lida como CPF. Se for um celular, escreva +55 na frente.`);
	}
	if (amountCents !== null && !(Number.isInteger(amountCents) && amountCents > 0 && amountCents <= MOST_CENTS)) {
		notes.errors.push('O valor deve ser maior que zero. Para deixar o valor em aberto, não informe nenhum.');
	}
	if (!/^[a-z0-9]*$/i.test(txid) || txid.length > LONGEST.txid) {
		notes.errors.push(
			`O identificador (txid) tem até ${LONGEST.txid} letras sem acento e números, sem espaços nem sinais.`,
		);
	}
	const account = PIX + emvObject('01', reading.ok ? reading.key : '');
	return {
		account: account + emvObject('02', fitDescription(description, LONGEST_VALUE - account.length - 4, notes)),
		amount: amountCents === null ? '' : (amountCents / 100).toFixed(2),
		txid: txid || '***',
		singleUse: false,
	};
}

function dynamicPart({ url, singleUse = true }: DynamicPix, notes: Notes): Part {
	const address = url.trim().replace(/^https:\/\//i, '');
	if (!ADDRESS.test(address) || address.length > LONGEST.url) {
		notes.errors.push(
			`O endereço da cobrança deve ser o que o banco informou, com até ${LONGEST.url} caracteres, como pix.example.com/qr/v2/abc.`,
		);
	}
	// The bill behind the address knows its amount and identifier; the code must not (Manual de Padrões).
	return { account: PIX + emvObject('25', address.slice(0, LONGEST.url)), amount: '', txid: '***', singleUse };
}

function shortText(given: string, [what, inWhat]: [string, string], longest: number, notes: Notes): string {
	const text = plain(given);
	if (text === '') notes.errors.push(`Informe ${what} de quem recebe.`);
	if (text.length <= longest) return text;
	const short = text.slice(0, longest).trim();
	notes.warnings.push(`Só cabem ${longest} caracteres ${inWhat} de quem recebe: ficou "${short}".`);
	return short;
}

/** The account has room for 99 characters in all: the longer the key, the shorter the description. */
function fitDescription(given: string, room: number, notes: Notes): string {
	const text = plain(given);
	if (text.length <= room) return text;
	const short = room > 0 ? text.slice(0, room).trim() : '';
	notes.warnings.push(
		short
			? `Com esta chave só cabem ${room} caracteres na descrição: ficou "${short}".`
			: 'Com esta chave não cabe descrição.',
	);
	return short;
}

/** "São José — 2ª" → "Sao Jose - 2a" */
function plain(text: string): string {
	return text
		.replace(/\p{Pd}/gu, '-')
		.replace(/[‘’´]/g, "'")
		.replace(/[“”]/g, '"')
		.normalize('NFKD')
		.replace(/\s+/g, ' ')
		.replace(/[^ -~]/g, '')
		.replace(/ +/g, ' ')
		.trim();
}
