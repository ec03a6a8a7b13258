import { randomBytes } from 'node:crypto';
import { baileys, type BinaryNode } from './baileys';
import { readJid } from './jids';
import { bytesOf, child, node, SERVER } from './node';
import { companyOf, link, type LinkOutcome, type UnlinkedSocket } from './pairing';
import type { KeyPair } from './server-keys';
import { announceLine, type Web } from './web';

/** Linking by a code that is typed on the phone: the code protects two keys, and these agree on the secret. */
export interface CodePairing {
	phone: string;
	ref: Buffer;
	/** The client's key, wrapped with the code. */
	wrapped: Buffer;
	/** Once the phone has typed it: its own key, the client's, and who waits. */
	typed: { own: KeyPair; theirs: Buffer; finish: (secret: Buffer | null) => void } | null;
}

const PATIENCE_MS = 10_000;

/** The client asks for a code, or answers the phone; false when it is neither. */
export function takeCodeStep(web: Web, socket: UnlinkedSocket, stanza: BinaryNode): boolean {
	const step = child(stanza, 'link_code_companion_reg');
	if (!step) return false;
	const { stage = '', jid = '' } = step.attrs;
	if (stage === 'companion_hello') {
		const ref = randomBytes(16);
		const wrapped = bytesOf(step, 'link_code_pairing_wrapped_companion_ephemeral_pub');
		socket.code = { phone: readJid(jid).user, ref, wrapped, typed: null };
		reply(socket, stanza, [node('link_code_companion_reg', { stage }, [node('link_code_pairing_ref', {}, ref)])]);
		announceLine(web);
	} else {
		const secret = openKeys(web, socket, bytesOf(step, 'link_code_pairing_wrapped_key_bundle'));
		reply(socket, stanza, secret ? [] : [node('error', { code: 400, text: 'bad-request' })]);
		socket.code?.typed?.finish(secret);
	}
	return true;
}

/** The company's phone types the code that the client shows. */
export async function enterCode(web: Web, phone: string, code: string, name: string): Promise<LinkOutcome> {
	const socket = [...web.unlinked].find((one) => one.code?.phone === phone && one.connection.open);
	const asked = socket?.code;
	if (!socket || !asked) return { ok: false, reason: `No client asked for a code for ${phone}.` };
	const plainCode = code.replace(/[\s-]/g, '').toUpperCase();
	const theirs = await unwrap(asked.wrapped, plainCode);
	const own = baileys().Curve.generateKeyPair();
	const answer = new Promise<Buffer | null>((resolve) => {
		const timer = setTimeout(() => resolve(null), PATIENCE_MS).unref();
		const finish = (secret: Buffer | null) => {
			clearTimeout(timer);
			resolve(secret);
		};
		asked.typed = { own, theirs, finish };
	});
	const { identity } = companyOf(web, phone, name).signal;
	socket.connection.send(
		node('notification', { id: randomBytes(4).toString('hex'), from: SERVER, type: 'link_code_companion_reg' }, [
			node('link_code_companion_reg', { stage: 'primary_hello' }, [
				node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, await wrap(own.public, plainCode)),
				node('primary_identity_pub', {}, identity.public),
				node('link_code_pairing_ref', {}, asked.ref),
			]),
		]),
	);
	const secret = await answer;
	if (!secret) return { ok: false, reason: 'The code is wrong, or the client gave up.' };
	return link(web, socket, phone, name, secret);
}

/** The secret both sides share, or null when the code was not the one the client shows. */
function openKeys(web: Web, socket: UnlinkedSocket, bundle: Buffer): Buffer | null {
	const { aesDecryptGCM, Curve, hkdf } = baileys();
	const typed = socket.code?.typed;
	const identity = web.companies.get(socket.code?.phone ?? '')?.signal.identity;
	if (!typed || !identity) return null;
	try {
		const shared = Curve.sharedKey(typed.own.private, typed.theirs);
		const salt = bundle.subarray(0, 32);
		const key = hkdf(shared, 32, { salt, info: 'link_code_pairing_key_bundle_encryption_key' });
		const keys = aesDecryptGCM(bundle.subarray(44), Buffer.from(key), bundle.subarray(32, 44), Buffer.alloc(0));
		const [companion, primary, random] = [keys.subarray(0, 32), keys.subarray(32, 64), keys.subarray(64)];
		if (!primary.equals(identity.public)) return null;
		const all = Buffer.concat([shared, Curve.sharedKey(identity.private, companion), random]);
		return Buffer.from(hkdf(all, 32, { info: 'adv_secret' }));
	} catch {
		return null;
	}
}

async function wrap(key: Uint8Array, code: string): Promise<Buffer> {
	const { aesEncryptCTR, derivePairingCodeKey } = baileys();
	const [salt, iv] = [randomBytes(32), randomBytes(16)];
	return Buffer.concat([salt, iv, aesEncryptCTR(key, await derivePairingCodeKey(code, salt), iv)]);
}

async function unwrap(wrapped: Buffer, code: string): Promise<Buffer> {
	const { aesDecryptCTR, derivePairingCodeKey } = baileys();
	const key = await derivePairingCodeKey(code, wrapped.subarray(0, 32));
	return aesDecryptCTR(wrapped.subarray(48, 80), key, wrapped.subarray(32, 48));
}

function reply(socket: UnlinkedSocket, { attrs }: BinaryNode, content: BinaryNode[]): void {
	const type = content[0]?.tag === 'error' ? 'error' : 'result';
	socket.connection.send(node('iq', { from: SERVER, type, id: attrs.id }, content));
}
