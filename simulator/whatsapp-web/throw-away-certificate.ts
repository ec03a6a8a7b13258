import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate for this machine's own address, made when the simulator starts and forgotten with it. */
export interface Certificate {
	/** Both PEM; the certificate vouches for itself, so clients have to trust exactly it. */
	cert: string;
	key: string;
}

const DAY = 86_400_000;

/** X.509 v3, ECDSA P-256; Node makes keys but no certificates, so it is written by hand (RFC 5280). */
export function throwAwayCertificate(): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
	// A name of its own: trust is looked up by name, and a process may know several simulators.
	const name = sequence(
		set(
			sequence(
				oid([0x55, 0x04, 0x03]),
				tagged(0x0c, Buffer.from(`WhatsApp Web simulator ${randomBytes(6).toString('hex')}`)),
			),
		),
	);
	const now = Date.now();
	const body = sequence(
		tagged(0xa0, integer(Buffer.from([2]))),
		integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
		algorithm,
		name,
		sequence(time(now - DAY), time(now + 365 * DAY)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(0xa3, sequence(isAuthority(), namesOfThisMachine())),
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
	const base64 = certificate.toString('base64').replace(/(.{64})/g, '$1\n');
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}

function isAuthority(): Buffer {
	const yes = tagged(0x01, Buffer.from([0xff]));
	return sequence(oid([0x55, 0x1d, 0x13]), yes, tagged(0x04, sequence(yes)));
}

function namesOfThisMachine(): Buffer {
	const names = sequence(
		tagged(0x82, Buffer.from('localhost')),
		tagged(0x87, Buffer.from([127, 0, 0, 1])),
		tagged(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
	);
	return sequence(oid([0x55, 0x1d, 0x11]), tagged(0x04, names));
}

function sequence(...parts: Buffer[]): Buffer {
	return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
	return tagged(0x31, Buffer.concat(parts));
}

function oid(bytes: number[]): Buffer {
	return tagged(0x06, Buffer.from(bytes));
}

function integer(bytes: Buffer): Buffer {
	return tagged(0x02, bytes);
}

function time(instant: number): Buffer {
	const text = new Date(instant).toISOString().replace(/[-:T]|\.\d+/g, '');
	return tagged(0x18, Buffer.from(text));
}

function tagged(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
