import type { BinaryNode } from './baileys';
import { type LinkedDevice, takeBundle } from './company';
import { node, SERVER } from './node';
import type { Bundle } from './signal-party';

/**
 * What does a linked device still have to get? Everything is kept until the device acknowledges it, and sent again
 * after its next login, marked as `offline`.
 */
export function post(device: LinkedDevice, stanza: BinaryNode): void {
	device.mailbox.set(keyOf(stanza.tag, stanza.attrs), stanza);
	if (device.live) device.connection?.send(stanza);
}

/** The device has it; `error` of its acknowledgement says that it could not read it. */
export function settle(device: LinkedDevice, tag: string, attrs: BinaryNode['attrs']): void {
	const key = keyOf(tag, attrs);
	// It complains about the first attempt while a better one is on its way already.
	const again = device.mailbox.get(key);
	if (attrs.error !== undefined && again && retryCount(again) > 0) return;
	device.mailbox.delete(key);
}

/** First half of a login: how much there is. */
export function previewBacklog(device: LinkedDevice): void {
	const waiting = [...device.mailbox.values()];
	const count = (tag: string) => waiting.filter((stanza) => stanza.tag === tag).length;
	device.connection?.send(
		node('ib', { from: SERVER }, [
			node('offline_preview', {
				count: waiting.length,
				message: count('message'),
				receipt: count('receipt'),
				notification: count('notification'),
			}),
		]),
	);
}

/** Second half: all of it, and the word that this was all, without which the client keeps everything to itself. */
export function sendBacklog(device: LinkedDevice): void {
	const waiting = [...device.mailbox.values()];
	for (const [index, stanza] of waiting.entries()) {
		device.connection?.send({ ...stanza, attrs: { ...stanza.attrs, offline: String(index) } });
	}
	device.connection?.send(node('ib', { from: SERVER }, [node('offline', { count: waiting.length })]));
	device.live = true;
}

const FEW = 5;

/** Keys for a first message to the device, which is told when few are left. */
export function bundleFor(device: LinkedDevice, now: number): Bundle {
	const bundle = takeBundle(device);
	if (device.preKeys.size === FEW - 1) {
		post(
			device,
			node('notification', { id: `prekeys-${now}`, from: SERVER, type: 'encrypt', t: Math.floor(now / 1000) }, [
				node('count', { value: device.preKeys.size }),
			]),
		);
	}
	return bundle;
}

function retryCount(stanza: BinaryNode): number {
	const [enc] = Array.isArray(stanza.content) ? stanza.content : [];
	return Number(enc?.attrs.count ?? 0);
}

/** Delivered and read are told under one id. */
function keyOf(tag: string, { id, type }: BinaryNode['attrs']): string {
	return tag === 'receipt' ? `${tag}:${id}:${type ?? ''}` : `${tag}:${id}`;
}
