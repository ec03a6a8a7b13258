import { baileys } from './baileys';

/** Who is this server? A key pair for the handshake, and a chain of two certificates that ends in a root key. */
export interface KeyPair {
	public: Uint8Array;
	private: Uint8Array;
}

export interface ServerKeys {
	handshake: KeyPair;
	/** What clients have to pin: the public key that signed the chain. */
	root: Buffer;
	/** CertChain, as the handshake carries it. */
	chain: Buffer;
}

const A_LONG_TIME = 3_650 * 86_400;

export function createServerKeys(): ServerKeys {
	const { Curve, proto } = baileys();
	const [root, intermediate, handshake] = [Curve.generateKeyPair(), Curve.generateKeyPair(), Curve.generateKeyPair()];
	const now = Math.floor(Date.now() / 1000);
	const certificate = (serial: number, issuerSerial: number, key: Uint8Array, signer: Uint8Array) => {
		const details = proto.CertChain.NoiseCertificate.Details.encode({
			serial,
			issuerSerial,
			key,
			notBefore: now - 86_400,
			notAfter: now + A_LONG_TIME,
		}).finish();
		return { details, signature: Curve.sign(signer, details) };
	};
	const chain = proto.CertChain.encode({
		// The client demands serial 0 of whoever issued the intermediate one.
		intermediate: certificate(1, 0, intermediate.public, root.private),
		leaf: certificate(2, 1, handshake.public, intermediate.private),
	}).finish();
	return { handshake, root: Buffer.from(root.public), chain: Buffer.from(chain) };
}
