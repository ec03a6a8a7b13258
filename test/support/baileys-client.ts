// The real client, unmodified, with its keys in memory: what a linked device sees, without the product around it.
import type {
	AuthenticationCreds,
	BaileysEventMap,
	ConnectionState,
	SignalDataTypeMap,
	SignalKeyStore,
	UserFacingSocketConfig,
	WAMessage,
	WASocket,
} from '@whiskeysockets/baileys';
import { eventually } from './eventually';

export interface BaileysClient {
	readonly socket: WASocket;
	readonly creds: AuthenticationCreds;
	/** Everything `messages.upsert` brought that is for people, with its type. */
	readonly messages: Array<{ message: WAMessage; type: string }>;
	readonly updates: BaileysEventMap['messages.update'];
	/** Close codes, oldest first. */
	readonly closed: number[];
	readonly qrs: string[];
	/** Connects, again if need be; 515 is followed by a new connection by itself. */
	connect(config?: Partial<UserFacingSocketConfig>): void;
	waitForQr(): Promise<string>;
	waitForOpen(): Promise<void>;
	waitForClose(): Promise<number>;
	waitForMessages(count: number): Promise<WAMessage[]>;
	/** This status or a later one; 0 is an error. */
	waitForStatus(id: string, wanted: number): Promise<void>;
	/** Ends the line without unlinking. */
	end(): void;
}

export async function baileysClient(): Promise<BaileysClient> {
	const baileys = await import('@whiskeysockets/baileys');
	const creds = baileys.initAuthCreds();
	const keys = memoryKeys();
	let socket: WASocket | undefined;
	let open = false;
	const client: BaileysClient = {
		get socket() {
			return socket!;
		},
		creds,
		messages: [],
		updates: [],
		closed: [],
		qrs: [],
		connect(config = {}) {
			open = false;
			socket = baileys.makeWASocket({
				auth: { creds, keys },
				logger: silentLogger(),
				markOnlineOnConnect: false,
				syncFullHistory: false,
				getMessage: async () => undefined,
				...config,
			});
			const current = socket;
			const { ev } = current;
			ev.on('creds.update', (update) => void Object.assign(creds, update));
			ev.on('connection.update', ({ connection, qr, lastDisconnect }: Partial<ConnectionState>) => {
				if (qr) client.qrs.push(qr);
				if (connection === 'open') open = true;
				if (connection !== 'close' || current !== socket) return;
				open = false;
				const code =
					(lastDisconnect?.error as { output?: { statusCode: number } } | undefined)?.output?.statusCode ?? 0;
				client.closed.push(code);
				if (code === 515) client.connect(config);
			});
			ev.on('messages.upsert', ({ messages, type }) => {
				for (const message of messages) {
					if ((message as { category?: string }).category === 'peer') continue;
					client.messages.push({ message, type });
				}
			});
			ev.on('messages.update', (updates) => void client.updates.push(...updates));
		},
		waitForQr: () => eventually(() => client.qrs.at(-1)),
		waitForOpen: async () => void (await eventually(() => open)),
		waitForClose: async () => {
			const before = client.closed.length;
			await eventually(() => client.closed.length > before);
			return client.closed.at(-1)!;
		},
		waitForMessages: async (count) => {
			const readable = () => client.messages.filter(({ message }) => message.message).map(({ message }) => message);
			await eventually(() => readable().length >= count);
			return readable();
		},
		waitForStatus: async (id, wanted) => {
			const reached = (status: number) => (wanted === 0 ? status === 0 : status >= wanted);
			// What is told while the client still buffers comes with the message itself instead of as an update.
			const told = () =>
				client.updates.some(({ key, update }) => key.id === id && reached(update.status ?? -1)) ||
				client.messages.some(({ message }) => message.key.id === id && reached(message.status ?? -1));
			await eventually(told);
		},
		end: () => void socket?.end(undefined),
	};
	return client;
}

function memoryKeys(): SignalKeyStore {
	const stored = new Map<string, unknown>();
	return {
		get: async (type, ids) => {
			const found: Record<string, SignalDataTypeMap[typeof type]> = {};
			for (const id of ids) {
				const value = stored.get(`${type}-${id}`);
				if (value !== undefined) found[id] = value as SignalDataTypeMap[typeof type];
			}
			return found;
		},
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

function silentLogger(): NonNullable<UserFacingSocketConfig['logger']> {
	const nothing = () => undefined;
	const logger = { level: 'silent', trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
	return { ...logger, child: () => silentLogger() };
}
