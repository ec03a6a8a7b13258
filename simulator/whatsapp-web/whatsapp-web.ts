import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { SayOutcome } from '../contact-side/say';
import type { Contact } from '../model';
import type { Simulation } from '../simulation';
import type { Chat } from '../world';
import { loadBaileys } from './baileys';
import { type Company, deviceJid, type LinkedDevice } from './company';
import { Connection, streamError } from './connection';
import { WebFaults, type WebLineFaults, type WebSendFault } from './faults';
import { MediaHost } from './media-host';
import { chatJid, People } from './people';
import { companyOf, keyNameOf, type LinkOutcome, platformOf, scan, scanScreen } from './pairing';
import { enterCode } from './pairing-code';
import { removeDevice } from './queries';
import { quietSignal } from './quiet-signal';
import { createServerKeys } from './server-keys';
import { visitor } from './session';
import { deliver, readLater, showTyping } from './signs';
import { customerSays, phoneSays, type WebSay } from './speak';
import { announceLine, devicesOf, type Web } from './web';

/** The double of WhatsApp Web: what tests, the admin API and the server may do with it. */
export class WhatsAppWeb {
	readonly #web: Web;
	readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1_024 * 1_024 });

	private constructor(web: Web) {
		this.#web = web;
	}

	static async start(simulation: Simulation): Promise<WhatsAppWeb> {
		quietSignal();
		await loadBaileys();
		const faults = new WebFaults();
		const media = new MediaHost(faults);
		await media.listen();
		return new WhatsAppWeb({
			simulation,
			keys: createServerKeys(),
			people: new People(simulation.world),
			faults,
			media,
			companies: new Map(),
			unlinked: new Set(),
			screens: new Map(),
			qrRefs: 6,
		});
	}

	/** An HTTP upgrade on any path below /ws. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const { refuseUpgrade } = this.#web.faults.line;
		if (refuseUpgrade !== null) {
			socket.end(`HTTP/1.1 ${refuseUpgrade} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
			return;
		}
		this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
			new Connection(webSocket, this.#web.keys, (connection) => visitor(this.#web, connection));
		});
	}

	/** What a client has to be told to come here and to trust it. */
	get pointer(): Pointer {
		const { keys, media, simulation } = this.#web;
		return {
			url: `${simulation.baseUrl.replace(/^http/, 'ws')}/ws/chat`,
			rootKey: keys.root.toString('hex'),
			certificate: media.certificate,
		};
	}

	state(): WebState {
		return { ...this.pointer, ...this.view() };
	}

	/** The part of the state a page may show. */
	view(): WebView {
		const { unlinked, companies, faults, screens } = this.#web;
		return {
			unlinked: [...unlinked].map((socket) => ({
				client: keyNameOf(socket),
				platform: platformOf(socket),
				visible: screens.has(keyNameOf(socket)),
				refs: socket.refs,
				since: socket.since,
				askedCodeFor: socket.code?.phone ?? null,
			})),
			companies: [...companies.values()].map(companyView),
			faults: { ...faults.line, sends: faults.sends },
		};
	}

	/** @param qr the text of the code, as the client shows it */
	scan(qr: string, phone: string, name = ''): Promise<LinkOutcome> {
		return scan(this.#web, qr, phone, name);
	}

	/** One click instead of a camera, for clients whose screen was told. */
	scanScreen(client: string, phone: string, name = ''): Promise<LinkOutcome> {
		return scanScreen(this.#web, client, phone, name);
	}

	/** What a client's screen shows. @param client its key @param secret of its codes; both base64 */
	showScreen(client: string, secret: string): void {
		const { screens } = this.#web;
		screens.set(client, secret);
		for (const oldest of [...screens.keys()].slice(0, -MOST_SCREENS)) screens.delete(oldest);
		announceLine(this.#web);
	}

	/** A phone that can be written to before it links anything. */
	addPhone(phone: string, name = ''): void {
		companyOf(this.#web, phone, name);
	}

	enterCode(phone: string, code: string, name = ''): Promise<LinkOutcome> {
		return enterCode(this.#web, phone, code, name);
	}

	say(chat: Chat, input: WebSay): SayOutcome {
		const company = this.#companyOf(chat);
		return company ? customerSays(this.#web, company, chat, input) : { ok: false, reason: 'No such company.' };
	}

	phoneSays(chat: Chat, text: string): string | null {
		const company = this.#companyOf(chat);
		return company ? phoneSays(this.#web, company, chat, text) : null;
	}

	/** The customer looks at the chat. */
	open(chat: Chat): void {
		const company = this.#companyOf(chat);
		if (!company || this.#web.simulation.settings.reads !== 'opened') return;
		for (const message of chat.messages) {
			const unread = message.from !== 'contact' && message.statuses.delivered && !message.statuses.read;
			if (unread) readLater(this.#web, company, chat, message);
		}
	}

	/** A phone that was off is on again. */
	catchUp(contact: Contact): void {
		for (const chat of this.#web.simulation.world.chats.values()) {
			const company = chat.contact === contact ? this.#companyOf(chat) : undefined;
			if (!company) continue;
			for (const message of chat.messages) {
				const waits = message.from !== 'contact' && message.statuses.sent && !message.statuses.delivered;
				if (waits) deliver(this.#web, company, chat, message);
			}
		}
	}

	showTyping(chat: Chat, typing: boolean): void {
		const company = this.#companyOf(chat);
		if (company) showTyping(company, chatJid(this.#web.people.of(chat.contact)), typing);
	}

	/** Whether messages of this customer are addressed by opaque id or by phone. */
	address(contact: Contact, addressing: 'lid' | 'pn'): void {
		this.#web.people.of(contact).addressing = addressing;
	}

	/** Takes devices of a company off its list; false when there is none. */
	unlink(phone: string, device?: number): boolean {
		const devices = this.#devices(phone, device);
		for (const one of devices) removeDevice(this.#web, one);
		return devices.length > 0;
	}

	/** Ends lines; of all companies unless one is named. Returns how many there were. */
	cut(how: Cut, phone?: string): number {
		const connections = this.#devices(phone).flatMap(({ connection }) => connection ?? []);
		const waiting = phone === undefined ? [...this.#web.unlinked].map(({ connection }) => connection) : [];
		for (const connection of [...connections, ...waiting]) {
			if (how === 'drop') connection.drop();
			else if (how === 'silence') connection.silent = true;
			else connection.end(streamError(how));
		}
		return connections.length + waiting.length;
	}

	/** The account is gone for good, or comes back. */
	ban(phone: string, banned: boolean): boolean {
		const company = this.#web.companies.get(phone);
		if (!company) return false;
		company.banned = banned;
		if (banned) for (const { connection } of company.devices.values()) connection?.end(streamError(403));
		announceLine(this.#web);
		return true;
	}

	setFaults(patch: Partial<WebLineFaults>): void {
		this.#web.faults.line = { ...this.#web.faults.line, ...patch };
		announceLine(this.#web);
	}

	failSends(faults: WebSendFault[]): void {
		for (const fault of faults) this.#web.faults.addSend(fault);
		announceLine(this.#web);
	}

	clearFaults(): void {
		this.#web.faults.clear();
		announceLine(this.#web);
	}

	/** How many codes a client may show before it gives up. */
	set qrRefs(count: number) {
		this.#web.qrRefs = count;
	}

	/** People and what was said are forgotten; companies and their devices stay. */
	reset(): void {
		this.#web.people.clear();
		this.#web.faults.clear();
		this.#web.media.clear();
		for (const device of devicesOf(this.#web)) device.mailbox.clear();
		for (const company of this.#web.companies.values()) company.sent.clear();
	}

	close(): void {
		// Also those that never got as far as a login.
		for (const socket of this.#sockets.clients) socket.terminate();
		this.#sockets.close();
		this.#web.media.close();
	}

	#devices(phone?: string, device?: number): LinkedDevice[] {
		return devicesOf(this.#web).filter(
			(one) => (phone === undefined || one.company.phone === phone) && (device === undefined || one.id === device),
		);
	}

	#companyOf({ number }: Chat): Company | undefined {
		return [...this.#web.companies.values()].find((company) => company.number === number);
	}
}

const MOST_SCREENS = 200;

/** A stream error of this code, a line that is torn, or one that carries nothing any more. */
export type Cut = number | 'drop' | 'silence';

export interface Pointer {
	url: string;
	/** Hex; signs the certificate of the handshake. */
	rootKey: string;
	/** PEM; of the media host. */
	certificate: string;
}

export type WebState = Pointer & WebView;

export interface WebView {
	unlinked: Array<{
		/** Its key, base64. */
		client: string;
		platform: string;
		/** Its code can be scanned by one click. */
		visible: boolean;
		refs: string[];
		since: number;
		askedCodeFor: string | null;
	}>;
	companies: CompanyView[];
	faults: WebLineFaults & { sends: readonly WebSendFault[] };
}

export interface CompanyView {
	phone: string;
	lid: string;
	name: string;
	/** How its chats are named in the admin API. */
	phoneNumberId: string;
	banned: boolean;
	devices: Array<{
		id: number;
		jid: string;
		platform: string;
		linkedAt: number;
		connected: boolean;
		/** Its backlog was sent: it gets everything at once. */
		live: boolean;
		/** Stanzas it has not acknowledged. */
		waiting: number;
		preKeys: number;
		logins: number;
	}>;
}

function companyView({ phone, lid, name, number, banned, devices }: Company): CompanyView {
	return {
		phone,
		lid,
		name,
		phoneNumberId: number.phoneNumberId,
		banned,
		devices: [...devices.values()].map((device) => ({
			id: device.id,
			jid: deviceJid(device),
			platform: device.platform,
			linkedAt: device.linkedAt,
			connected: device.connection !== null,
			live: device.live,
			waiting: device.mailbox.size,
			preKeys: device.preKeys.size,
			logins: device.logins,
		})),
	};
}
