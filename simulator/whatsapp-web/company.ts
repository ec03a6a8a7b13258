import { randomBytes } from 'node:crypto';
import type { BusinessNumber } from '../model';
import { numberIdOf } from './client';
import type { BinaryNode, proto } from './baileys';
import type { Connection } from './connection';
import { lidJid, lidOf, pnJid } from './jids';
import type { KeyPair } from './server-keys';
import { type Bundle, SignalParty } from './signal-party';

/** A company's WhatsApp: its phone, and the devices that were linked by scanning a code with it. */
export interface Company {
	phone: string;
	lid: string;
	/** What customers see as the sender's name. */
	name: string;
	/** Its place in the world of chats, beside the numbers of the Cloud API. */
	number: BusinessNumber;
	/** The phone itself, device 0. */
	signal: SignalParty;
	devices: Map<number, LinkedDevice>;
	nextDevice: number;
	banned: boolean;
	/** What was sent to linked devices, for those who ask again. */
	sent: Map<string, SentToDevices>;
}

export interface LinkedDevice {
	id: number;
	company: Company;
	/** The noise key it paired with; a login with another one is refused. */
	clientKey: Buffer;
	identityKey: Buffer;
	registrationId: number;
	signedPreKey: { id: number; value: Buffer; signature: Buffer };
	preKeys: Map<number, Buffer>;
	platform: string;
	linkedAt: number;
	connection: Connection | null;
	/** True once the backlog was sent: from then on everything goes out at once. */
	live: boolean;
	/** Whether the phone sent its history, once in the life of a device. */
	synced: boolean;
	/** Stanzas it has not acknowledged, in order. */
	mailbox: Map<string, BinaryNode>;
	logins: number;
}

/** One message on its way to the linked devices: enough to seal it again. */
export interface SentToDevices {
	from: SignalParty;
	head: BinaryNode['attrs'];
	message: proto.IMessage;
	/** Attempts that shall arrive damaged. */
	damaged: number;
	/** Its writer answers to nobody who asks for it again. */
	gone?: boolean;
}

export function newCompany(phone: string, name: string): Company {
	return {
		phone,
		lid: lidOf(phone),
		name,
		number: linkedNumber(phone, name),
		signal: new SignalParty(),
		devices: new Map(),
		nextDevice: 1,
		banned: false,
		sent: new Map(),
	};
}

export function deviceJid({ company, id }: LinkedDevice): string {
	return pnJid(company.phone, id);
}

export function deviceLid({ company, id }: LinkedDevice): string {
	return lidJid(company.lid, id);
}

/** How the phones that write to it know this device. */
export function addressOf({ company, id }: LinkedDevice): string {
	return `${company.phone}:${id}`;
}

/** The keys for a first message; takes one of the one-time keys away. */
export function takeBundle(device: LinkedDevice): Bundle {
	const [preKey] = device.preKeys;
	if (preKey) device.preKeys.delete(preKey[0]);
	return {
		registrationId: device.registrationId,
		identityKey: prefixed(device.identityKey),
		signedPreKey: {
			keyId: device.signedPreKey.id,
			publicKey: prefixed(device.signedPreKey.value),
			signature: device.signedPreKey.signature,
		},
		...(preKey ? { preKey: { keyId: preKey[0], publicKey: prefixed(preKey[1]) } } : {}),
	};
}

export function prefixed(key: KeyPair['public']): Buffer {
	return Buffer.concat([Buffer.from([5]), key]);
}

function linkedNumber(phone: string, name: string): BusinessNumber {
	return {
		phoneNumberId: numberIdOf(phone),
		displayPhone: `+${phone}`,
		verifiedName: name,
		linked: true,
		// Nothing of the Cloud API leads here, so nobody has to know its token.
		wabaId: 'linked',
		appId: 'linked',
		token: randomBytes(16).toString('hex'),
		appSecret: '',
		verifyToken: '',
		callbackUrl: null,
	};
}
