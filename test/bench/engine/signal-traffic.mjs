// Messages as contacts encrypt them for a device, and the device that decrypts them: Baileys' own Signal code on any key store.
import {
	addTransactionCapability,
	Curve,
	DEFAULT_CONNECTION_CONFIG,
	generateSignalPubKey,
	initAuthCreds,
} from '@whiskeysockets/baileys';

const quiet = () => undefined;
const SILENT = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
const DEVICE = '5511900000000@s.whatsapp.net';

const signalOn = (creds, keys) =>
	DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
		{ creds, keys: addTransactionCapability(keys, SILENT, { maxCommitRetries: 1, delayBetweenTriesMs: 1 }) },
		SILENT,
	);

/**
 * @param {{ creds: object, keys: object }} state of the device that is written to
 * @returns an async function that makes every contact write `rounds` messages, in turn, and gives them as { jid, type, ciphertext }
 */
export async function contactsWritingTo({ creds, keys }, count) {
	const preKeys = Object.fromEntries(Array.from({ length: count }, (_, i) => [i + 1, Curve.generateKeyPair()]));
	await keys.set({ 'pre-key': preKeys });
	const contacts = await Promise.all(
		Array.from({ length: count }, async (_, i) => {
			const signal = signalOn(initAuthCreds(), inMemory());
			await signal.injectE2ESession({
				jid: DEVICE,
				session: {
					registrationId: creds.registrationId,
					identityKey: generateSignalPubKey(creds.signedIdentityKey.public),
					signedPreKey: {
						keyId: creds.signedPreKey.keyId,
						publicKey: generateSignalPubKey(creds.signedPreKey.keyPair.public),
						signature: creds.signedPreKey.signature,
					},
					preKey: { keyId: i + 1, publicKey: generateSignalPubKey(preKeys[i + 1].public) },
				},
			});
			return { jid: `55119${80_000_000 + i}@s.whatsapp.net`, signal };
		}),
	);
	return async (rounds) => {
		const messages = [];
		for (let round = 0; round < rounds; round++) {
			for (const { jid, signal } of contacts) {
				const data = Buffer.from(`message ${round}`);
				messages.push({ jid, ...(await signal.encryptMessage({ jid: DEVICE, data })) });
			}
		}
		return messages;
	};
}

/** The device's side. */
export function receiver({ creds, keys }) {
	const signal = signalOn(creds, keys);
	return (message) => signal.decryptMessage(message);
}

function inMemory() {
	const values = new Map();
	return {
		get: (type, ids) =>
			Object.fromEntries(ids.map((id) => [id, values.get(`${type} ${id}`)]).filter(([, value]) => value)),
		set: (data) => {
			for (const type in data) for (const id in data[type]) values.set(`${type} ${id}`, data[type][id]);
		},
	};
}
