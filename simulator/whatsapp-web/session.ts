import type { BinaryNode } from './baileys';
import { deviceLid, type LinkedDevice } from './company';
import { type Connection, failure, type Listener, streamError } from './connection';
import { readJid } from './jids';
import { sendBacklog, settle } from './mailbox';
import { child, children, node, SERVER } from './node';
import type { Greeting } from './noise';
import { finishPairing, offerCodes, type UnlinkedSocket } from './pairing';
import { takeCodeStep } from './pairing-code';
import { answer } from './queries';
import { sendFirstSync } from './first-sync';
import { takeChatState, takeReceipt } from './signs';
import { takeMessage } from './take-message';
import { announceLine, seconds, type Web } from './web';

/** One visitor: either it wants to be linked, or it is a linked device that logs in. */
export function visitor(web: Web, connection: Connection): Listener {
	let unlinked: UnlinkedSocket | null = null;
	let device: LinkedDevice | null = null;
	return {
		greeted(greeting) {
			const registration = greeting.payload.devicePairingData;
			if (isTooOld(web.faults.line.oldestVersion, greeting)) connection.end(failure(405));
			else if (registration) unlinked = offerCodes(web, connection, greeting.clientKey, registration);
			else device = logIn(web, connection, greeting);
		},
		async received(stanza) {
			if (device && device.connection === connection) return receive(web, device, connection, stanza);
			if (!unlinked) return;
			if (stanza.tag === 'iq' && stanza.attrs.type === 'result') return void finishPairing(web, unlinked, stanza);
			if (takeCodeStep(web, unlinked, stanza)) return;
			if (stanza.tag === 'iq') connection.send(node('iq', { from: SERVER, type: 'result', id: stanza.attrs.id }));
		},
		closed() {
			if (unlinked) web.unlinked.delete(unlinked);
			unlinked?.pending?.linked('The client went away before it had signed.');
			if (device?.connection === connection) {
				device.connection = null;
				device.live = false;
			}
			announceLine(web);
		},
	};
}

function logIn(web: Web, connection: Connection, { clientKey, payload }: Greeting): LinkedDevice | null {
	const company = web.companies.get(String(payload.username));
	const device = company?.devices.get(payload.device ?? 0);
	const refusal =
		web.faults.line.refuseLogin ??
		(company?.banned ? 403 : null) ??
		(device && device.clientKey.equals(clientKey) ? null : 401);
	if (refusal !== null || !device) {
		connection.end(failure(refusal ?? 401));
		return null;
	}
	// One line per device: the newest wins.
	device.connection?.end(streamError(440));
	device.connection = connection;
	device.live = false;
	device.logins++;
	announceLine(web);
	const at = seconds(web);
	connection.send(
		node('success', { t: at, lid: deviceLid(device), location: 'sim', display_name: device.company.name }),
	);
	return device;
}

function isTooOld(oldest: string | null, { payload }: Greeting): boolean {
	if (oldest === null) return false;
	const { primary, secondary, tertiary } = payload.userAgent?.appVersion ?? {};
	const version = [primary, secondary, tertiary].map(Number);
	const wanted = oldest.split('.').map(Number);
	const first = version.findIndex((part, index) => part !== wanted[index]);
	return first >= 0 && version[first]! < wanted[first]!;
}

async function receive(web: Web, device: LinkedDevice, connection: Connection, stanza: BinaryNode): Promise<void> {
	const { attrs } = stanza;
	switch (stanza.tag) {
		case 'iq':
			if (attrs.type === 'get' || attrs.type === 'set') answer(web, device, stanza);
			return;
		case 'message':
			return takeMessage(web, device, connection, stanza);
		case 'receipt':
			takeReceipt(web, device, stanza);
			connection.send(
				node('ack', {
					class: 'receipt',
					id: attrs.id,
					from: attrs.to,
					type: attrs.type,
					participant: attrs.participant,
				}),
			);
			return;
		case 'ack':
			return settle(device, attrs.class ?? '', attrs);
		case 'chatstate':
			return takeChatState(web, device, readJid(attrs.to ?? ''), children(stanza)[0]);
		case 'ib':
			if (child(stanza, 'offline_batch') && !device.live) {
				sendBacklog(device);
				announceLine(web);
				if (!device.synced && !web.faults.line.noHistory) sendFirstSync(web, device);
			}
			return;
		default:
			return;
	}
}
