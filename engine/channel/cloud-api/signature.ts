/**
 * Does this request really come from Meta? Pure checks of the two ways a webhook proves itself.
 * Source: Graph API "Webhooks: getting started" (header X-Hub-Signature-256, hub.* query).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const HEADER = /^sha256=([0-9a-f]{64})$/;

/**
 * @param rawBody the bytes as they arrived: Meta escapes accents, so a body parsed and written again differs
 * @param header the value of X-Hub-Signature-256
 */
export function verifySignature(rawBody: Buffer, header: string | undefined, appSecret: string): boolean {
	if (appSecret === '' || typeof header !== 'string') return false;
	const claimed = HEADER.exec(header)?.[1];
	if (claimed === undefined) return false;
	const expected = createHmac('sha256', appSecret).update(rawBody).digest();
	return timingSafeEqual(Buffer.from(claimed, 'hex'), expected);
}

/** @returns the challenge to answer as a plain 200 body, or `ok: false` for a 403 */
export function verifySubscription(
	query: Record<string, unknown>,
	verifyToken: string,
): { ok: true; challenge: string } | { ok: false } {
	const token = query['hub.verify_token'];
	const challenge = query['hub.challenge'];
	if (query['hub.mode'] !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') {
		return { ok: false };
	}
	if (verifyToken === '' || !sameText(token, verifyToken)) return { ok: false };
	// It is echoed on our own origin, so nothing that could become markup is let through.
	return /^[\w.~+=-]{1,256}$/.test(challenge) ? { ok: true, challenge } : { ok: false };
}

/** Digests have one length, so the comparison tells nothing about the length of the secret. */
function sameText(a: string, b: string): boolean {
	return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
