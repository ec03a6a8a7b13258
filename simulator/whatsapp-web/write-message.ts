import { randomBytes } from 'node:crypto';
import { baileys, type BinaryNode, type proto } from './baileys';
import { addressOf, type Company, deviceJid, type LinkedDevice, type SentToDevices } from './company';
import { bundleFor, post, settle } from './mailbox';
import { bytesOf, child, node, numberOf } from './node';
import type { Bundle, SignalParty } from './signal-party';
import { seconds, type Web } from './web';

/** Somebody writes to the company: the message is sealed for each of its linked devices, in the order it was written. */
export interface Written {
	id: string;
	from: SignalParty;
	/** from, notify and addressing of the stanza. */
	head: BinaryNode['attrs'];
	message: proto.IMessage;
	at: number;
	/** Copies under the same id, besides the first. */
	duplicates?: number;
	/** Attempts that arrive damaged. */
	damaged?: number;
	/** Nobody answers a device that asks for it again. */
	gone?: boolean;
}

/** Messages kept for devices that ask again. */
const KEPT = 5_000;
const queues = new WeakMap<Company, Promise<void>>();

export function writeToDevices(web: Web, company: Company, written: Written): void {
	const sent: SentToDevices = {
		from: written.from,
		head: { ...written.head, id: written.id, t: String(seconds(web, written.at)) },
		message: written.message,
		damaged: written.damaged ?? web.faults.line.damaged,
		gone: written.gone,
	};
	company.sent.set(written.id, sent);
	for (const oldest of company.sent.keys()) {
		if (company.sent.size <= KEPT) break;
		company.sent.delete(oldest);
	}
	const copies = 1 + (written.duplicates ?? web.faults.line.duplicates);
	inOrder(company, async () => {
		for (const device of company.devices.values()) {
			for (let copy = 0; copy < copies; copy++) await sealAndPost(web, device, sent, 0);
		}
	});
}

/** A device could not open a message and asks for it again, perhaps with fresh keys. */
export function writeAgain(web: Web, device: LinkedDevice, receipt: BinaryNode): void {
	const id = receipt.attrs.id ?? '';
	const sent = device.company.sent.get(id);
	if (!sent || sent.gone) return settle(device, 'message', { id });
	const count = Number(child(receipt, 'retry')?.attrs.count ?? 1);
	const offered = keysIn(receipt);
	inOrder(device.company, async () => {
		sent.from.forget(addressOf(device));
		if (offered) await sent.from.begin(addressOf(device), offered);
		await sealAndPost(web, device, sent, count);
	});
}

export function newId(): string {
	return `AC${randomBytes(15).toString('hex').toUpperCase()}`;
}

/** Resolves when everything written so far was handed to the devices' mailboxes. */
export function allWritten(company: Company): Promise<void> {
	return queues.get(company) ?? Promise.resolve();
}

function inOrder(company: Company, act: () => Promise<void>): void {
	const next = allWritten(company)
		.then(act)
		.catch((error: unknown) => console.error('WhatsApp Web: a message could not be written.', error));
	queues.set(company, next);
}

async function sealAndPost(web: Web, device: LinkedDevice, sent: SentToDevices, count: number): Promise<void> {
	const address = addressOf(device);
	if (!sent.from.hasSession(address)) await sent.from.begin(address, bundleFor(device, web.simulation.clock.now()));
	const plain = baileys().proto.Message.encode(sent.message).finish();
	const { type, bytes } = await sent.from.seal(address, plain);
	if (count < sent.damaged) bytes[bytes.length - 1]! ^= 0xff;
	const { kind, mediatype } = kindOf(sent.message);
	const enc = node('enc', { v: 2, type, mediatype, count: count > 0 ? count : undefined }, bytes);
	post(device, node('message', { type: kind, ...sent.head, to: deviceJid(device) }, [enc]));
}

/** What may be known about a message from outside. */
function kindOf(message: proto.IMessage): { kind: string; mediatype?: string } {
	const inner = message.deviceSentMessage?.message ?? message;
	if (inner.reactionMessage) return { kind: 'reaction' };
	const mediatype = ['image', 'video', 'audio', 'document', 'sticker', 'location'].find(
		(kind) => inner[`${kind}Message` as keyof proto.IMessage],
	);
	return mediatype ? { kind: 'media', mediatype } : { kind: 'text' };
}

function keysIn(receipt: BinaryNode): Bundle | null {
	const keys = child(receipt, 'keys');
	const [skey, key] = [child(keys, 'skey'), child(keys, 'key')];
	if (!keys || !skey) return null;
	const prefixed = (from: BinaryNode | undefined, tag: string) => Buffer.concat([Buffer.from([5]), bytesOf(from, tag)]);
	return {
		registrationId: numberOf(receipt, 'registration'),
		identityKey: prefixed(keys, 'identity'),
		signedPreKey: {
			keyId: numberOf(skey, 'id'),
			publicKey: prefixed(skey, 'value'),
			signature: bytesOf(skey, 'signature'),
		},
		...(key ? { preKey: { keyId: numberOf(key, 'id'), publicKey: prefixed(key, 'value') } } : {}),
	};
}
