import { crc16, readObjects, type EmvObject } from './pix-emv';
import { readPixKey, type PixKeyKind } from './pix-key';

/**
 * What does a Pix code (copia e cola, or what its QR code holds) ask for? Reads the Manual do BR Code of the Banco Central.
 * A dynamic code only says where the bill is: amount and identifier live behind its address, and what the code itself
 * carries of them does not count.
 */

export interface PixCode {
	ok: true;
	errors: [];
	/**
	 * static     a key, paid as often as anybody likes
	 * dynamic    the address of one bill at the bank
	 * automatic  only the address of a recurring permission (Pix Automático)
	 */
	kind: 'static' | 'dynamic' | 'automatic';
	/** As in the code; null when dynamic. */
	key: string | null;
	/** null when the key has no known form. */
	keyKind: PixKeyKind | null;
	/** Without https://; null when static. */
	url: string | null;
	/** Of Pix Automático; a dynamic code may carry one besides its bill. */
	recurrenceUrl: string | null;
	/** The code says it can be paid once only. */
	singleUse: boolean;
	/** null = the payer types it (static), or it is behind the address (dynamic). */
	amountCents: number | null;
	/** Identifier of a static code; null = none. */
	txid: string | null;
	/** Who receives, as the code says: the bank of the payer shows the true holder. */
	name: string;
	city: string;
	description: string | null;
	/** ISPB of the provider of a withdrawal (Pix Saque). */
	withdrawalProvider: string | null;
	/** The code alone, without what was around it. */
	code: string;
}

/** `errors`: pt-BR. */
export type PixReading = PixCode | { ok: false; errors: string[] };

const PIX = 'br.gov.bcb.pix';
const START = '000201';

/** Reads the first Pix code in the text; words before and after it do not matter. */
export function readPixCode(text: string): PixReading {
	const cleaned = text.replace(/[\r\n\t]|\p{Cf}/gu, '');
	const start = cleaned.indexOf(START);
	if (start < 0) return refused('Este texto não é um Pix copia e cola: ele começa com 000201.');
	const found = splitCode(cleaned.slice(start));
	if (found === 'incomplete') return refused('O Pix copia e cola está incompleto. Copie o código inteiro.');
	if (found === 'altered') {
		return refused('O Pix copia e cola não confere: algum caractere foi alterado. Copie o código de novo.');
	}
	return interpret(found.code, found.objects);
}

/** Lengths count characters; a few banks write accents and count bytes. The check tells which it was. */
function splitCode(text: string): { code: string; objects: EmvObject[] } | 'incomplete' | 'altered' {
	let complete = false;
	for (const encoding of ['utf8', 'latin1'] as const) {
		const row = cut(encoding === 'utf8' ? text : Buffer.from(text, 'utf8').toString('latin1'));
		if (row === null) continue;
		complete = true;
		if (!isChecked(Buffer.from(row, encoding))) continue;
		const read = (part: string) => Buffer.from(part, encoding).toString('utf8');
		return { code: read(row), objects: readObjects(row)!.map(({ id, value }) => ({ id, value: read(value) })) };
	}
	return complete ? 'altered' : 'incomplete';
}

/** Up to the end of object 63; null when there is none. */
function cut(text: string): string | null {
	for (let at = 0; ;) {
		const head = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4));
		if (!head) return null;
		const end = at + 4 + Number(head[2]);
		if (end > text.length) return null;
		if (head[1] === '63') return head[2] === '04' ? text.slice(0, end) : null;
		at = end;
	}
}

function isChecked(code: Buffer): boolean {
	return crc16(code.subarray(0, -4)) === code.subarray(-4).toString('latin1').toUpperCase();
}

function interpret(code: string, objects: EmvObject[]): PixReading {
	const values = new Map(objects.map(({ id, value }) => [id, value]));
	if (values.size < objects.length)
		return refused('O Pix copia e cola repete um campo. Peça outro código a quem cobra.');
	const account = templateOf(objects, 26, 51);
	if (!account) return refused('Este código é de pagamento, mas não é um Pix.');
	if (values.get('53') !== '986' || values.get('58') !== 'BR')
		return refused('Este código não é de um pagamento em reais no Brasil.');
	const [name, city] = [values.get('59')?.trim(), values.get('60')?.trim()];
	if (!name || !city) return refused('O Pix copia e cola não diz quem recebe. Peça outro código a quem cobra.');

	const [key, url] = [account.get('01') ?? null, account.get('25') ?? null];
	const recurrenceUrl = templateOf(objects, 80, 99)?.get('25') ?? null;
	if (key !== null && url !== null)
		return refused('O Pix copia e cola traz uma chave e um endereço. Peça outro código a quem cobra.');
	if (key === null && url === null && recurrenceUrl === null)
		return refused('O Pix copia e cola não traz chave nem endereço de cobrança.');

	const amountCents = url === null ? centsOf(values.get('54')) : null;
	if (amountCents === undefined)
		return refused('O valor do Pix copia e cola não é um valor. Peça outro código a quem cobra.');
	const txid = url === null ? new Map(pairs(values.get('62'))).get('05') : undefined;
	const keyReading = key === null ? null : readPixKey(key);
	return {
		ok: true,
		errors: [],
		kind: key !== null ? 'static' : url !== null ? 'dynamic' : 'automatic',
		key,
		keyKind: keyReading?.ok && keyReading.key.toLowerCase() === key!.toLowerCase() ? keyReading.kind : null,
		url,
		recurrenceUrl,
		singleUse: values.get('01') === '12',
		amountCents,
		txid: txid && txid !== '***' ? txid : null,
		name,
		city,
		description: account.get('02')?.trim() || null,
		withdrawalProvider: account.get('03') ?? null,
		code,
	};
}

/** The values of the first template of Pix among these objects. Some banks write its name in capitals. */
function templateOf(objects: EmvObject[], from: number, to: number): Map<string, string> | null {
	for (const { id, value } of objects) {
		if (Number(id) < from || Number(id) > to) continue;
		const template = new Map(pairs(value));
		if (template.get('00')?.toLowerCase() === PIX) return template;
	}
	return null;
}

function pairs(row: string | undefined): Array<[string, string]> {
	return (readObjects(row ?? '') ?? []).map(({ id, value }) => [id, value]);
}

/** null = left to the payer; undefined = not an amount. */
function centsOf(amount: string | undefined): number | null | undefined {
	if (amount === undefined) return null;
	const [, whole, decimals = ''] = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(amount) ?? [];
	if (whole === undefined) return undefined;
	return Number(whole + decimals.padEnd(2, '0')) || null;
}

function refused(error: string): PixReading {
	return { ok: false, errors: [error] };
}
