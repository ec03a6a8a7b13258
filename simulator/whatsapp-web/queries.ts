import { baileys, type BinaryNode } from './baileys';
import { addressOf, type LinkedDevice, takeBundle } from './company';
import { streamError } from './connection';
import { lookUp } from './directory';
import { readJid } from './jids';
import { previewBacklog } from './mailbox';
import { bigEndian, bytesOf, child, children, node, numberOf, SERVER } from './node';
import { announceLine, isLocked, seconds, type Web } from './web';

/** What does WhatsApp answer to the questions of a linked device? Every one gets an answer, if only an empty one. */
export function answer(web: Web, device: LinkedDevice, stanza: BinaryNode): void {
	const { xmlns = '', type = '', id } = stanza.attrs;
	if (web.faults.line.unanswered.includes(xmlns)) return;
	const [first] = children(stanza);
	const handle = HANDLERS[`${xmlns} ${type} ${first?.tag}`] ?? HANDLERS[`${xmlns} ${type}`] ?? (() => []);
	const content = handle(web, device, first ?? node('nothing'), stanza);
	const kind = content[0]?.tag === 'error' ? 'error' : 'result';
	device.connection?.send(node('iq', { from: SERVER, type: kind, id }, content));
	AFTERWARDS[`${xmlns} ${type} ${first?.tag}`]?.(web, device);
}

type Handler = (web: Web, device: LinkedDevice, first: BinaryNode, stanza: BinaryNode) => BinaryNode[];

const HANDLERS: Record<string, Handler> = {
	'encrypt get count': (_web, device) => [node('count', { value: device.preKeys.size })],
	'encrypt set rotate': (_web, device, rotate) => {
		takeSignedPreKey(device, child(rotate, 'skey'));
		return [];
	},
	'encrypt set': (_web, device, _first, stanza) => {
		device.registrationId = numberOf(stanza, 'registration');
		takeSignedPreKey(device, child(stanza, 'skey'));
		for (const key of children(child(stanza, 'list'), 'key')) {
			device.preKeys.set(numberOf(key, 'id'), bytesOf(key, 'value'));
		}
		return [];
	},
	'encrypt get digest': (_web, device) => [
		node('digest', {}, [
			node('registration', {}, bigEndian(device.registrationId, 4)),
			node('type', {}, Buffer.from([5])),
			node('identity', {}, device.identityKey),
			node('skey', {}, [node('id', {}, bigEndian(device.signedPreKey.id, 3))]),
			node(
				'list',
				{},
				[...device.preKeys.keys()].slice(0, 20).map((key) => node('id', {}, bigEndian(key, 3))),
			),
			node('hash', {}, Buffer.alloc(20)),
		]),
	],
	'encrypt get key': (web, device, key) => [
		node(
			'list',
			{},
			children(key, 'user').map(({ attrs }) => keysOf(web, device, attrs.jid ?? '')),
		),
	],
	'usync get': (web, device, usync) => [lookUp(web, device, usync)],
	'abt get': () => [node('props', { hash: 'simulated' }, [])],
	'blocklist get': () => [node('list', {}, [])],
	'privacy get': () => [
		node(
			'privacy',
			{},
			['readreceipts', 'profile', 'status', 'online', 'last', 'groupadd', 'calladd'].map((name) =>
				node('category', { name, value: 'all' }),
			),
		),
	],
	'w:sync:app:state set': (_web, _device, sync) => [
		node(
			'sync',
			{},
			children(sync, 'collection').map(({ attrs }) => node('collection', { name: attrs.name, version: 1 })),
		),
	],
	'w:m set': (web) => [
		node('media_conn', { auth: web.media.token, ttl: 3_600, max_buckets: 12 }, [
			node('host', { hostname: web.media.host }),
		]),
	],
	'w:profile:picture get': () => [node('error', { code: 404, text: 'item-not-found' })],
	'w:mex get': (web) => [node('result', {}, Buffer.from(JSON.stringify({ data: timelock(web) })))],
	'md set remove-companion-device': () => [],
};

/** What follows once the answer is out. */
const AFTERWARDS: Record<string, (web: Web, device: LinkedDevice) => void> = {
	'passive set active': (_web, device) => previewBacklog(device),
	'md set remove-companion-device': (web, device) => removeDevice(web, device),
};

/** Whoever unlinked it, the phone or the device itself. */
export function removeDevice(web: Web, device: LinkedDevice): void {
	const { company, connection } = device;
	company.devices.delete(device.id);
	connection?.end(streamError(401));
	company.signal.forget(addressOf(device));
	announceLine(web);
}

function takeSignedPreKey(device: LinkedDevice, skey: BinaryNode | undefined): void {
	if (!skey) return;
	device.signedPreKey = {
		id: numberOf(skey, 'id'),
		value: bytesOf(skey, 'value'),
		signature: bytesOf(skey, 'signature'),
	};
}

/** Keys of a customer's phone, of the company's own, or of another of its linked devices. */
function keysOf(web: Web, asking: LinkedDevice, jid: string): BinaryNode {
	const { user, device } = readJid(jid);
	const { company } = asking;
	const person = web.people.byJid(jid);
	if (user === company.phone || user === company.lid) {
		if (device === 0) return node('user', { jid }, company.signal.bundle());
		const other = company.devices.get(device);
		if (other) return node('user', { jid }, bundleNodes(other));
	} else if (person && device === 0) {
		return node('user', { jid }, person.signal.bundle());
	}
	return node('user', { jid }, [node('error', { code: 404, text: 'item-not-found' })]);
}

function bundleNodes(device: LinkedDevice): BinaryNode[] {
	const { preKey } = takeBundle(device);
	const { signedPreKey, identityKey, registrationId } = device;
	return [
		node('registration', {}, bigEndian(registrationId, 4)),
		node('type', {}, Buffer.from([5])),
		node('identity', {}, identityKey),
		...(preKey
			? [node('key', {}, [node('id', {}, bigEndian(preKey.keyId, 3)), node('value', {}, preKey.publicKey.subarray(1))])]
			: []),
		node('skey', {}, [
			node('id', {}, bigEndian(signedPreKey.id, 3)),
			node('value', {}, signedPreKey.value),
			node('signature', {}, signedPreKey.signature),
		]),
	];
}

function timelock(web: Web) {
	return {
		xwa2_fetch_account_reachout_timelock: {
			is_active: isLocked(web),
			time_enforcement_ends: isLocked(web) ? String(seconds(web, web.faults.line.lockedUntil!)) : '0',
			enforcement_type: baileys().ReachoutTimelockEnforcementType.DEFAULT,
		},
	};
}
