import { createHash } from 'node:crypto';
import { SERVER } from './node';

/** `user:device@server`; the phone is device 0 and is written without it. */
export interface Jid {
	user: string;
	device: number;
	server: string;
}

export function readJid(jid: string): Jid {
	const at = jid.indexOf('@');
	const [user = '', device = '0'] = (at < 0 ? jid : jid.slice(0, at)).split(':');
	return { user, device: Number(device), server: at < 0 ? '' : jid.slice(at + 1) };
}

export function pnJid(phone: string, device = 0): string {
	return written(phone, device, SERVER);
}

export function lidJid(lid: string, device = 0): string {
	return written(lid, device, 'lid');
}

/** The opaque id WhatsApp gives a person: the same for the same phone, and nothing to be read from it. */
export function lidOf(phone: string): string {
	const digits = BigInt(`0x${createHash('sha256').update(phone).digest('hex').slice(0, 24)}`);
	return `1${String(digits).padStart(14, '0').slice(-14)}`;
}

function written(user: string, device: number, server: string): string {
	return device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
}
