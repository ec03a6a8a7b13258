/**
 * Is the sender who it says? The ways the known ERPs prove it, over the raw bytes and in constant time. Reasons are in
 * English (an integrator reads them) and never repeat what was sent.
 */
import { createHash, createHmac, timingSafeEqual, verify } from 'node:crypto';
import { parseBody, type JsonObject } from './body';
import type { ErpCheck, ErpRequest, ErpSecrets } from './types';

const OK: ErpCheck = { ok: true };
const NO_SECRET = no('the credential of this source has no secret; fill it in');

/** Digests have one length, so the comparison tells nothing about the length of the secret. */
export function sameSecret(given: string | undefined, secret: string): boolean {
	if (given === undefined || secret === '') return false;
	return timingSafeEqual(digest(given), digest(secret));
}

/** The header holds the secret itself (Asaas). */
export function checkHeader(request: ErpRequest, header: string, { secret }: ErpSecrets): ErpCheck {
	if (secret === '') return NO_SECRET;
	const given = request.headers[header];
	if (given === undefined || given === '') return no(`the header ${header} is missing`);
	return sameSecret(given, secret) ? OK : no(`the header ${header} is not the one agreed`);
}

export interface Hmac {
	header: string;
	algorithm: 'sha256' | 'sha1';
	encoding: 'hex' | 'base64';
	/** e.g. "sha256=" */
	prefix: string;
}

/** The header holds an HMAC of the raw body. */
export function checkHmac(request: ErpRequest, hmac: Hmac, { secret }: ErpSecrets): ErpCheck {
	if (secret === '') return NO_SECRET;
	const given = request.headers[hmac.header];
	if (given === undefined || given === '') return no(`the header ${hmac.header} is missing`);
	if (!given.startsWith(hmac.prefix)) return no(`the header ${hmac.header} must begin with ${hmac.prefix}`);
	const claimed = Buffer.from(given.slice(hmac.prefix.length), hmac.encoding);
	const expected = createHmac(hmac.algorithm, secret).update(request.body).digest();
	const same = claimed.length === expected.length && timingSafeEqual(claimed, expected);
	return same ? OK : no(`the header ${hmac.header} does not sign this body with the secret of the credential`);
}

/** The header holds a signature of the raw body by the sender's own key: RSA-SHA256, base64 (Woovi). */
export function checkSignature(request: ErpRequest, header: string, publicKey: string): ErpCheck {
	const given = request.headers[header];
	if (given === undefined || given === '') return no(`the header ${header} is missing`);
	try {
		const signed = verify('sha256', request.body, publicKey, Buffer.from(given, 'base64'));
		return signed ? OK : no(`the header ${header} does not sign this body with the sender's key`);
	} catch {
		return no('the public key of the credential cannot be read; paste it whole, from BEGIN to END');
	}
}

/**
 * For senders that sign nothing: the secret is part of the registered address (`?token=`). A proxy or a sender with more
 * freedom may give it as the header `x-webhook-token` or as the password of Basic authentication.
 * @param ownHeader where this sender repeats a text it was given
 */
export function checkToken(request: ErpRequest, { secret }: ErpSecrets, ownHeader?: string): ErpCheck {
	if (secret === '') return NO_SECRET;
	const own = ownHeader === undefined ? undefined : request.headers[ownHeader];
	const given = [request.query['token'], request.headers['x-webhook-token'], basicOf(request)?.password, own];
	if (given.every((each) => each === undefined || each === '')) {
		return no('no token: add ?token=<the secret of the credential> to the address registered at the sender');
	}
	return given.some((each) => sameSecret(each, secret)) ? OK : no('the token is not the one of the credential');
}

/** Basic authentication: the secret is the password, the account the user. Without an account a token does as well. */
export function checkBasic(request: ErpRequest, secrets: ErpSecrets): ErpCheck {
	if (secrets.account !== '' && !sameSecret(basicOf(request)?.user, secrets.account)) {
		return no('the user of Basic authentication is not the account of the credential');
	}
	return checkToken(request, secrets);
}

/**
 * The body names who sends it; with an account in the credential, it must be that one. Punctuation does not count.
 * A body that is no JSON passes: nothing can be read from it, and the reader says so better.
 * @param namesOf the names a body gives its sender; null = a test body, which has none
 */
export function checkAccount(
	request: ErpRequest,
	{ account }: ErpSecrets,
	field: string,
	namesOf: (body: JsonObject) => unknown[] | null,
): ErpCheck {
	if (account === '') return OK;
	const body = parseBody(request.body);
	const names = body.ok ? namesOf(body.value) : null;
	if (names === null) return OK;
	const wanted = bare(account);
	return names.some((name) => bare(name) === wanted) ? OK : no(`${field} is not the account of the credential`);
}

/** The first check that fails; ok when all hold. */
export function all(...checks: (() => ErpCheck)[]): ErpCheck {
	for (const check of checks) {
		const result = check();
		if (!result.ok) return result;
	}
	return OK;
}

export function no(reason: string): ErpCheck {
	return { ok: false, reason };
}

function basicOf(request: ErpRequest): { user: string; password: string } | null {
	const [, encoded] = /^Basic\s+([A-Za-z0-9+/=]{1,2000})$/i.exec(request.headers['authorization'] ?? '') ?? [];
	if (encoded === undefined) return null;
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function bare(name: unknown): string {
	return typeof name === 'string' || typeof name === 'number'
		? String(name)
				.replace(/[^0-9A-Za-z]/g, '')
				.toUpperCase()
		: '';
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
