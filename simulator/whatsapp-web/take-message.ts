import { announce } from '../view';
import type { Chat } from '../world';
import { baileys, type BinaryNode, type proto } from './baileys';
import { addressOf, deviceJid, type LinkedDevice } from './company';
import type { Connection } from './connection';
import type { WebSendFault } from './faults';
import { pnJid, readJid } from './jids';
import { post } from './mailbox';
import { bytesOf, child, children, node, SERVER } from './node';
import { chatJid, type Person } from './people';
import { seenAs } from './received-content';
import type { Sealed, SignalParty } from './signal-party';
import { planTicks } from './signs';
import { isLocked, seconds, type Web } from './web';

/** A linked device sends a message: it reaches the customer's phone, once, and is acknowledged, or not. */
export async function takeMessage(
	web: Web,
	device: LinkedDevice,
	connection: Connection,
	stanza: BinaryNode,
): Promise<void> {
	const { to = '', id = '', category } = stanza.attrs;
	const person = web.people.byJid(to);
	const fault = category === 'peer' ? null : web.faults.takeSend(device.company.phone, person?.contact.waId ?? '');
	if (fault?.kind === 'cutBefore') return connection.drop();
	if (fault?.kind === 'swallow') return;
	const acknowledge = (error?: number) =>
		connection.send(node('ack', { class: 'message', id, from: to, t: seconds(web), error }));
	if (fault?.kind === 'error') return void acknowledge(fault.code);
	if (person && category !== 'peer' && isLocked(web) && !hasWritten(web, device, person)) return void acknowledge(463);

	const arrived = await openAll(device, person, stanza, fault);
	if (fault?.kind === 'cutAfter') connection.drop();
	else if (fault?.kind !== 'noAck') acknowledge();
	if (person && arrived.type === 'message') show(web, device, person, stanza, arrived.message);
	if (person && arrived.type === 'unreadable') askAgain(web, device, person, stanza);
}

function hasWritten({ simulation }: Web, { company }: LinkedDevice, { contact }: Person): boolean {
	return simulation.world.chat(company.number, contact).messages.some(({ from }) => from === 'contact');
}

type Arrived = { type: 'message'; message: proto.IMessage } | { type: 'unreadable' } | { type: 'nothing' };

/** Opens the copy for the customer's phone, and the one for the company's own. */
async function openAll(
	device: LinkedDevice,
	person: Person | null,
	stanza: BinaryNode,
	fault: WebSendFault | null,
): Promise<Arrived> {
	const { company } = device;
	// A message that is sent again on request comes alone, for one device.
	const alone = child(stanza, 'enc');
	const parts = alone
		? [{ jid: stanza.attrs.to ?? '', enc: alone }]
		: children(child(stanza, 'participants'), 'to').map((to) => ({
				jid: to.attrs.jid ?? '',
				enc: child(to, 'enc'),
			}));
	let arrived: Arrived = { type: 'nothing' };
	for (const { jid, enc } of parts) {
		const { user, device: id } = readJid(jid);
		if (!enc || id !== 0) continue;
		const own = user === company.phone || user === company.lid;
		const party = own ? company.signal : person?.contact.onWhatsApp ? person.signal : null;
		if (!party) continue;
		const message = await open(party, device, enc);
		if (own) continue;
		arrived = message && fault?.kind !== 'undecryptable' ? { type: 'message', message } : { type: 'unreadable' };
	}
	return arrived;
}

async function open(party: SignalParty, device: LinkedDevice, enc: BinaryNode): Promise<proto.IMessage | null> {
	const sealed: Sealed = { type: enc.attrs.type as Sealed['type'], bytes: bytesOf(enc) };
	try {
		return baileys().proto.Message.decode(await party.open(addressOf(device), sealed));
	} catch {
		return null;
	}
}

/** On the customer's screen; the same message again is shown once and counted. */
function show(web: Web, device: LinkedDevice, person: Person, stanza: BinaryNode, message: proto.IMessage): void {
	const { simulation } = web;
	const { company } = device;
	const id = stanza.attrs.id ?? '';
	const known = simulation.world.message(id);
	if (known) {
		known.message.copies = (known.message.copies ?? 0) + 1;
		return;
	}
	const seen = seenAs(web, message);
	if (!seen) return;
	const chat = simulation.world.chat(company.number, person.contact);
	const shown = record(web, chat, { id, from: 'business', ...seen });
	if (seen.type !== 'reaction') chat.unread++;
	chat.typingUntil = 0;
	announce(simulation, chat, shown);
	simulation.metrics.replied(`${company.number.phoneNumberId}:${person.contact.waId}`, performance.now());
	planTicks(web, company, chat, shown, withoutDevice(stanza.attrs.to ?? chatJid(person)));
}

export function record(
	web: Web,
	chat: Chat,
	one: {
		id: string;
		from: 'business' | 'phone' | 'contact';
		type: string;
		content: Record<string, unknown>;
		contextId: string | null;
		mediaId?: string;
		at?: number;
	},
) {
	return web.simulation.world.append(chat, {
		id: one.id,
		from: one.from,
		type: one.type,
		content: one.content,
		contextId: one.contextId,
		at: one.at ?? web.simulation.clock.now(),
		acceptedRealAt: Date.now(),
		statuses: {},
		error: null,
		opaque: null,
		...(one.mediaId ? { fetchedMediaId: one.mediaId } : {}),
	});
}

/** "Waiting for this message": the customer's phone asks the device that sent it. */
function askAgain(web: Web, device: LinkedDevice, person: Person, stanza: BinaryNode): void {
	const { id, to = '' } = stanza.attrs;
	const count = Number(child(stanza, 'enc')?.attrs.count ?? 0) + 1;
	const t = seconds(web);
	person.signal.forget(addressOf(device));
	post(
		device,
		node('receipt', { id, from: withoutDevice(to), type: 'retry', t, to: deviceJid(device) }, [
			node('retry', { count, id, t, v: 1 }),
			person.signal.registration(),
		]),
	);
}

function withoutDevice(jid: string): string {
	const { user, server } = readJid(jid);
	return server === SERVER ? pnJid(user) : `${user}@${server}`;
}
