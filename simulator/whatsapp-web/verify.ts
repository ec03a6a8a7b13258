import { curve } from 'libsignal';
import { prefixed } from './company';

declare module 'libsignal' {
	// Missing in the package's own types.
	export const curve: {
		verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
	};
}

/** Baileys' own Curve.verify says yes to everything of the right length. */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	if (signature.length !== 64 || publicKey.length !== 32) return false;
	return curve.verifySignature(prefixed(publicKey), message, signature);
}
