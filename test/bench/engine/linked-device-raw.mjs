// The raw client as its own example has it: keys in files, the ones in use cached in memory. With `side: 'bare'` they are nowhere
// but in memory, which no restart survives: the least a linked device can cost.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

const BACK_AT_ONCE_MS = 200;

/** @param {{ side: 'raw' | 'bare', folder: string }} input @param {(what: object) => void} ask */
export async function openRaw({ side, folder }, ask) {
	const baileys = await import('@whiskeysockets/baileys');
	const closing = [];
	return {
		async link(phone) {
			const { creds, keys, saveCreds } = await (side === 'raw' ? keysInFiles(baileys, folder) : keysInMemory(baileys));
			const state = { open: false, received: 0, cuts: 0, ended: false, socket: null };
			const connect = () => {
				const socket = baileys.makeWASocket({
					auth: { creds, keys },
					logger: silent(),
					markOnlineOnConnect: false,
					syncFullHistory: false,
					getMessage: async () => undefined,
				});
				state.socket = socket;
				socket.ev.on('creds.update', (update) => {
					Object.assign(creds, update);
					void saveCreds();
				});
				socket.ev.on('connection.update', ({ connection, qr }) => {
					if (qr) ask({ scan: { qr, phone } });
					if (connection === 'open') state.open = true;
					if (connection !== 'close' || state.ended || socket !== state.socket) return;
					if (state.open) state.cuts++;
					state.open = false;
					setTimeout(connect, BACK_AT_ONCE_MS);
				});
				socket.ev.on('messages.upsert', ({ messages }) => {
					for (const { key, message, category } of messages) {
						if (message && !key.fromMe && category !== 'peer') state.received++;
					}
				});
			};
			connect();
			closing.push(() => {
				state.ended = true;
				state.socket.end(undefined);
			});
			while (!state.open) await new Promise((resolve) => setTimeout(resolve, 10));
			return {
				received: () => state.received,
				isOpen: () => state.open,
				cuts: () => state.cuts,
				async sendAll(customers, count) {
					for (let n = 0; n < count; n++) {
						await state.socket.sendMessage(`${customers[n % customers.length]}@s.whatsapp.net`, {
							text: `Resposta ${n}`,
						});
					}
				},
			};
		},
		async close() {
			for (const end of closing) end();
		},
	};
}

async function keysInFiles(baileys, folder) {
	const { state, saveCreds } = await baileys.useMultiFileAuthState(await mkdtemp(join(folder, 'raw-')));
	return { creds: state.creds, keys: baileys.makeCacheableSignalKeyStore(state.keys, silent()), saveCreds };
}

function keysInMemory(baileys) {
	return { creds: baileys.initAuthCreds(), keys: memoryKeys(), saveCreds: async () => undefined };
}

function memoryKeys() {
	const stored = new Map();
	return {
		get: async (type, ids) =>
			Object.fromEntries(
				ids.flatMap((id) => {
					const value = stored.get(`${type}-${id}`);
					return value === undefined ? [] : [[id, value]];
				}),
			),
		set: async (data) => {
			for (const [type, values] of Object.entries(data)) {
				for (const [id, value] of Object.entries(values ?? {})) {
					if (value === null) stored.delete(`${type}-${id}`);
					else stored.set(`${type}-${id}`, value);
				}
			}
		},
	};
}

function silent() {
	const nothing = () => undefined;
	const logger = { level: 'silent', trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
	return { ...logger, child: silent };
}
