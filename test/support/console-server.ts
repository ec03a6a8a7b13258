// The desk's pages on a plain HTTP server, over a real store: what n8n does for them, and nothing more.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDesk, setChannelLimits, type ConsoleRequest, type ConsoleResponse, type Desk } from '../../engine';
import { LINKED_DEVICE_CAPABILITIES } from '../../engine/channel/linked-device/capabilities';
import { ensureSession, wish, type SessionPatch } from '../../engine/channel/linked-device/session-rows';
import type { Channel } from '../../engine/channel/port';
import type { Clock } from '../../engine/clock';
import { linkedDeviceChannelId } from '../../engine/model-linked-device';
import type { OutboundMessage, SendResult } from '../../engine/model';
import type { StoreSettings } from '../../engine/store/settings';

export const PASSWORD = 'senha do painel 1';
export const PAGE = '/webhook/whatsapp-desk';

export interface ConsoleRig {
	url: string;
	desk: Desk;
	/** What left through the channel of the test, and how the next sends end. */
	channel: { sent: OutboundMessage[]; next: SendResult };
	/** Writes the row of a session, as its owner would; without `owned` nobody owns it. */
	put(sessionName: string, patch: SessionPatch, options?: { owned?: boolean }): Promise<void>;
	/** What is wanted of it. */
	wanted(sessionName: string): Promise<{ wanted: number; phone: string | null; pairing_wanted: number }>;
	remove(sessionName: string): Promise<void>;
	/** One request of a browser. */
	ask(request: Partial<ConsoleRequest>): Promise<ConsoleResponse>;
	/** The server goes away with all its connections, and comes back at the same address. */
	stop(): Promise<void>;
	start(): Promise<void>;
	close(): Promise<void>;
}

const FAR = 9_999_999_999_999;

/** @param options.password what the credential holds, asked for with every request */
export async function startConsole(
	settings: StoreSettings,
	{ clock, password = () => PASSWORD }: { clock?: Clock; password?: () => string } = {},
): Promise<ConsoleRig> {
	const desk = await openDesk({ store: settings, clock });
	const { store } = desk;
	const server = createServer((request, response) => void answer(desk, request, response, password()));
	const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
	await listen(0);
	const { port } = server.address() as AddressInfo;
	const channel: ConsoleRig['channel'] = {
		sent: [],
		next: { type: 'sent', providerMessageId: '3EB0', waId: null, bsuid: null },
	};

	const rig: ConsoleRig = {
		url: `http://127.0.0.1:${port}${PAGE}`,
		desk,
		channel,
		put: async (sessionName, patch, { owned = true } = {}) => {
			const channelId = linkedDeviceChannelId(sessionName);
			const now = desk.clock.now();
			await ensureSession(store, channelId, now);
			await store.transaction(async (tx) => {
				await wish(tx, channelId, patch, now);
				await tx
					.updateTable('linked_session')
					.set(owned ? { owner: 'test', lease_until: FAR } : { owner: null, lease_until: null })
					.where('channel_id', '=', channelId)
					.execute();
			});
			if (patch.state !== 'connected' || desk.channels.get(channelId)) return;
			const noPause = { minSecondsBetweenStarts: 0, maxSecondsBetweenStarts: 0 };
			await setChannelLimits(desk, channelId, noPause, { workflowId: null });
			desk.channels.add(fakeChannel(channelId, channel));
		},
		wanted: (sessionName) =>
			store.db
				.selectFrom('linked_session')
				.select(['wanted', 'phone', 'pairing_wanted'])
				.where('channel_id', '=', linkedDeviceChannelId(sessionName))
				.executeTakeFirstOrThrow(),
		remove: async (sessionName) => {
			const channelId = linkedDeviceChannelId(sessionName);
			await store.db.deleteFrom('linked_session').where('channel_id', '=', channelId).execute();
		},
		ask: (request) =>
			desk.pages.handle(
				{
					method: 'GET',
					path: PAGE,
					query: new Map(),
					headers: new Map(),
					body: new Uint8Array(),
					address: '203.0.113.7',
					publicUrl: null,
					...request,
				},
				password(),
			),
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
		start: () => listen(port),
		close: async () => {
			await desk.close();
			if (server.listening) await rig.stop();
		},
	};
	return rig;
}

function fakeChannel(id: string, outside: ConsoleRig['channel']): Channel {
	return {
		id,
		kind: 'linkedDevice',
		capabilities: LINKED_DEVICE_CAPABILITIES,
		send: async (message) => {
			outside.sent.push(message);
			return outside.next;
		},
		markRead: async () => ({ type: 'ok' }),
		status: async () => ({ ok: true, phone: null, name: null, quality: 'unknown', problems: [] }),
	};
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse, password: string) {
	const url = new URL(request.url ?? '/', 'http://localhost');
	if (url.pathname !== PAGE) return response.writeHead(404).end();
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const answered = await desk.pages.handle(
		{
			method: request.method as ConsoleRequest['method'],
			path: url.pathname,
			query: new Map(url.searchParams),
			headers: new Map(
				Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
			),
			body: Buffer.concat(parts),
			address: request.socket.remoteAddress ?? '',
			publicUrl: null,
		},
		password,
	);
	send(answered, response);
}

function send(answered: ConsoleResponse, response: ServerResponse): void {
	if (answered.type === 'answer') {
		response.writeHead(answered.status, answered.headers).end(answered.body);
		return;
	}
	response.writeHead(200, answered.headers);
	const stop = answered.open({ write: (text) => response.write(text), end: () => response.end() });
	response.on('close', stop);
}
