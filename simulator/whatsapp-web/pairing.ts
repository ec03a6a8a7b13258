import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { baileys, type BinaryNode, type proto } from './baileys';
import { type Company, deviceJid, deviceLid, type LinkedDevice, newCompany } from './company';
import { type Connection, streamError } from './connection';
import { bytesOf, child, node, numberOf, SERVER } from './node';
import type { CodePairing } from './pairing-code';
import { isSignedBy } from './verify';
import { announceLine, type Web } from './web';

/** A client that is not linked shows codes; the company's phone scans one; the client becomes one of its devices. */
export interface UnlinkedSocket {
	connection: Connection;
	clientKey: Buffer;
	registration: proto.ClientPayload.IDevicePairingRegistrationData;
	/** The codes it may show, each for a while. */
	refs: string[];
	since: number;
	/** Asked for a code to be typed instead. */
	code: CodePairing | null;
	/** Became a device, once it signs what the phone sent. */
	pending: { device: LinkedDevice; details: Buffer; linked: (error: string | null) => void } | null;
}

export interface Linked {
	phone: string;
	device: number;
	jid: string;
}

export type LinkOutcome = { ok: true; linked: Linked } | { ok: false; reason: string };

const MOST_DEVICES = 4;
const PATIENCE_MS = 10_000;

/** Greets a client without an account with the codes it may show. */
export function offerCodes(
	web: Web,
	connection: Connection,
	clientKey: Buffer,
	registration: UnlinkedSocket['registration'],
): UnlinkedSocket {
	const refs = Array.from({ length: web.qrRefs }, () => `2@${randomBytes(48).toString('base64')}`);
	const socket: UnlinkedSocket = {
		connection,
		clientKey,
		registration,
		refs,
		since: web.simulation.clock.now(),
		code: null,
		pending: null,
	};
	web.unlinked.add(socket);
	announceLine(web);
	connection.send(
		node('iq', { from: SERVER, type: 'set', id: randomBytes(4).toString('hex') }, [
			node(
				'pair-device',
				{},
				refs.map((ref) => node('ref', {}, Buffer.from(ref))),
			),
		]),
	);
	return socket;
}

/** The company's phone holds its camera to the screen. */
export async function scan(web: Web, qr: string, phone: string, name: string): Promise<LinkOutcome> {
	const [ref = '', clientKey = '', , secret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
	const socket = [...web.unlinked].find((one) => one.refs.includes(ref) && one.connection.open);
	if (!socket) return { ok: false, reason: 'No client shows this code: it was used, has expired, or was made up.' };
	if (!socket.clientKey.equals(Buffer.from(clientKey, 'base64'))) {
		return { ok: false, reason: 'The code and the client that shows it do not belong together.' };
	}
	return link(web, socket, phone, name, Buffer.from(secret, 'base64'));
}

/** As `scan`, of the code a client is known to show; `client` is its key as `screens` names it. */
export async function scanScreen(web: Web, client: string, phone: string, name: string): Promise<LinkOutcome> {
	const socket = [...web.unlinked].find((one) => keyNameOf(one) === client && one.connection.open);
	const secret = web.screens.get(client);
	if (!socket || secret === undefined)
		return { ok: false, reason: 'This client shows no code that can be seen from here.' };
	return link(web, socket, phone, name, Buffer.from(secret, 'base64'));
}

export function keyNameOf({ clientKey }: UnlinkedSocket): string {
	return clientKey.toString('base64');
}

/** What the phone sends once it trusts the client; resolves when the client has signed and was told to log in. */
export async function link(
	web: Web,
	socket: UnlinkedSocket,
	phone: string,
	name: string,
	secret: Buffer,
): Promise<LinkOutcome> {
	const company = companyOf(web, phone, name);
	if (company.banned) return { ok: false, reason: `The account of ${phone} is banned.` };
	if (company.devices.size >= MOST_DEVICES) {
		return { ok: false, reason: `${phone} has ${MOST_DEVICES} linked devices already: unlink one first.` };
	}
	const device = newDevice(web, company, socket);
	const { details, blob } = identityFor(web, device, secret);
	const answer = new Promise<string | null>((resolve) => {
		const timer = setTimeout(() => resolve('The client did not sign within ten seconds.'), PATIENCE_MS).unref();
		const linked = (error: string | null) => {
			clearTimeout(timer);
			resolve(error);
		};
		socket.pending = { device, details, linked };
	});
	socket.connection.send(
		node('iq', { from: SERVER, type: 'set', id: randomBytes(4).toString('hex') }, [
			node('pair-success', {}, [
				node('device-identity', {}, blob),
				node('biz', { name: company.name }),
				node('device', { jid: deviceJid(device), lid: deviceLid(device) }),
				node('platform', { name: device.platform }),
			]),
		]),
	);
	const error = await answer;
	if (error !== null) return { ok: false, reason: error };
	return { ok: true, linked: { phone: company.phone, device: device.id, jid: deviceJid(device) } };
}

/** The client's signature: from here on it is a device, and has to log in as one. */
export function finishPairing(web: Web, socket: UnlinkedSocket, stanza: BinaryNode): boolean {
	const signed = child(child(stanza, 'pair-device-sign'), 'device-identity');
	const { pending } = socket;
	if (!signed || !pending) return false;
	const { device, details } = pending;
	const { deviceSignature } = baileys().proto.ADVSignedDeviceIdentity.decode(bytesOf(signed));
	const accountKey = device.company.signal.identity.public;
	const message = Buffer.concat([Buffer.from([6, 1]), details, device.identityKey, accountKey]);
	if (!isSignedBy(device.identityKey, message, deviceSignature ?? Buffer.alloc(0))) {
		pending.linked('The client signed wrongly.');
		socket.connection.end(streamError(401));
		return true;
	}
	device.company.devices.set(device.id, device);
	socket.connection.end(streamError(515));
	web.unlinked.delete(socket);
	pending.linked(null);
	announceLine(web);
	return true;
}

/** The company of a phone; it exists from the first scan on. */
export function companyOf(web: Web, phone: string, name: string): Company {
	const known = web.companies.get(phone);
	if (known) {
		if (name) known.name = known.number.verifiedName = name;
		return known;
	}
	const company = newCompany(phone, name || `+${phone}`);
	web.companies.set(phone, company);
	web.simulation.world.numbers.set(company.number.phoneNumberId, company.number);
	web.simulation.events.emit({ type: 'settings' });
	return company;
}

function newDevice(web: Web, company: Company, socket: UnlinkedSocket): LinkedDevice {
	const { registration } = socket;
	const part = (name: keyof typeof registration) => Buffer.from((registration[name] as Uint8Array | null) ?? []);
	const asNode = (name: keyof typeof registration) => node('x', {}, [node('v', {}, part(name))]);
	return {
		id: company.nextDevice++,
		company,
		clientKey: socket.clientKey,
		identityKey: part('eIdent'),
		registrationId: numberOf(asNode('eRegid'), 'v'),
		signedPreKey: { id: numberOf(asNode('eSkeyId'), 'v'), value: part('eSkeyVal'), signature: part('eSkeySig') },
		preKeys: new Map(),
		platform: platformOf(socket),
		linkedAt: web.simulation.clock.now(),
		connection: null,
		live: false,
		synced: false,
		mailbox: new Map(),
		logins: 0,
	};
}

/** What the client calls itself. */
export function platformOf({ registration }: UnlinkedSocket): string {
	return baileys().proto.DeviceProps.decode(registration.deviceProps ?? new Uint8Array()).os ?? 'unknown';
}

/** The phone vouches for the device; the code's secret proves that this phone has seen the code. */
function identityFor(web: Web, device: LinkedDevice, secret: Buffer): { details: Buffer; blob: Buffer } {
	const { Curve, proto } = baileys();
	const { identity } = device.company.signal;
	const details = Buffer.from(
		proto.ADVDeviceIdentity.encode({
			rawId: randomInt(1, 2 ** 31),
			timestamp: Math.floor(web.simulation.clock.now() / 1000),
			keyIndex: device.id,
			accountType: 0,
			deviceType: 0,
		}).finish(),
	);
	const accountSignature = Curve.sign(
		identity.private,
		Buffer.concat([Buffer.from([6, 0]), details, device.identityKey]),
	);
	const signed = proto.ADVSignedDeviceIdentity.encode({
		details,
		accountSignatureKey: identity.public,
		accountSignature,
	}).finish();
	const hmac = createHmac('sha256', secret).update(signed).digest();
	const blob = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish();
	return { details, blob: Buffer.from(blob) };
}
