import type { BinaryNode } from './baileys';
import type { LinkedDevice } from './company';
import { lidJid, pnJid, readJid } from './jids';
import { child, children, node, SERVER, textOf } from './node';
import type { Web } from './web';

/** Who is on WhatsApp, under which addresses, with how many devices? (usync) */
export function lookUp(web: Web, device: LinkedDevice, usync: BinaryNode): BinaryNode {
	const wanted = new Set(children(child(usync, 'query')).map(({ tag }) => tag));
	const users = children(child(usync, 'list'), 'user').flatMap((user) => entryFor(web, device, user, wanted));
	const { sid, mode, context } = usync.attrs;
	return node('usync', { sid, mode, context, index: 0, last: 'true' }, [
		node(
			'result',
			{},
			[...wanted].map((tag) => node(tag)),
		),
		node('list', {}, users),
	]);
}

interface Found {
	phone: string;
	lid: string;
	devices: number[];
}

function entryFor(web: Web, device: LinkedDevice, user: BinaryNode, wanted: Set<string>): BinaryNode[] {
	const dialled = textOf(user, 'contact').replace(/\D/g, '');
	const asked = user.attrs.jid ?? pnJid(dialled);
	const found = find(web, device, asked);
	// A number that is dialled and not there is told so; an address that leads nowhere has no devices.
	if (!found) {
		return dialled ? [node('user', { jid: asked }, [node('contact', { type: 'out' })])] : [];
	}
	const jid = user.attrs.jid ?? pnJid(found.phone);
	const parts: BinaryNode[] = [];
	if (wanted.has('contact')) parts.push(node('contact', { type: 'in' }));
	if (wanted.has('lid') && readJid(jid).server === SERVER) parts.push(node('lid', { val: lidJid(found.lid) }));
	if (wanted.has('devices')) {
		const devices = found.devices.map((id) => node('device', { id, 'key-index': id === 0 ? undefined : id }));
		parts.push(node('devices', {}, [node('device-list', {}, devices)]));
	}
	return [node('user', { jid }, parts)];
}

function find(web: Web, { company }: LinkedDevice, jid: string): Found | null {
	const { user, server } = readJid(jid);
	if (user === company.phone || user === company.lid) {
		return { phone: company.phone, lid: company.lid, devices: [0, ...company.devices.keys()] };
	}
	const { world, settings, events } = web.simulation;
	if (server === SERVER && !world.contactByPhone(user)) {
		if (settings.unknownRecipients !== 'create' || user.length < 7 || user.length > 15) return null;
		events.emit({ type: 'contact', waId: world.addContact({ waId: user }).waId });
	}
	const person = web.people.byJid(jid);
	if (!person?.contact.onWhatsApp) return null;
	return { phone: person.contact.waId, lid: person.lid, devices: [0] };
}
