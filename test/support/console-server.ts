// The desk's pages on a plain HTTP server, over a real store: what n8n does for them, and nothing more.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsoleDesk, TestOutcome } from '../../engine/console/call';
import { Console } from '../../engine/console/console';
import type { ConsoleRequest, ConsoleResponse } from '../../engine/console/http';
import {
	ensureSession,
	readSessions,
	viewOf,
	wish,
	type SessionPatch,
} from '../../engine/channel/linked-device/session-rows';
import { systemClock, type Clock } from '../../engine/clock';
import { linkedDeviceChannelId } from '../../engine/model-linked-device';
import { openStore, type Store } from '../../engine/store/open-store';
import type { StoreSettings } from '../../engine/store/settings';

export const PASSWORD = 'senha do painel 1';
export const PAGE = '/webhook/whatsapp-desk';

export interface ConsoleRig {
	url: string;
	store: Store;
	console: Console;
	/** What was asked of the devices, in order: "activate atendimento 5511999999999". */
	asked: string[];
	/** What the next tests end with. */
	test: { outcome: TestOutcome; sent: Array<{ channelId: string; phone: string; text: string }> };
	/** Writes the row of a session, as its owner would; without `owned` nobody owns it. */
	put(sessionName: string, patch: SessionPatch, options?: { owned?: boolean }): Promise<void>;
	remove(sessionName: string): Promise<void>;
	/** The server goes away with all its connections, and comes back at the same address. */
	stop(): Promise<void>;
	start(): Promise<void>;
	close(): Promise<void>;
}

const FAR = 9_999_999_999_999;

export async function startConsole(settings: StoreSettings, options: { clock?: Clock; password?: () => string } = {}) {
	const { clock = systemClock, password = () => PASSWORD } = options;
	const store = await openStore(settings, clock);
	const asked: string[] = [];
	const test: ConsoleRig['test'] = { outcome: { status: 'sent', explanation: null }, sent: [] };
	const nameOf = (channelId: string) => channelId.slice('linkedDevice:'.length);
	const desk: ConsoleDesk = {
		store,
		clock,
		devices: {
			list: async () => (await readSessions(store.db)).map((row) => viewOf(row, clock.now())),
			activate: async (channelId, { phone }) => {
				asked.push(`activate ${nameOf(channelId)} ${phone}`);
				const started: SessionPatch = { wanted: 1, phone, state: 'connecting', problem: null, problem_detail: null };
				await store.transaction((tx) => wish(tx, channelId, started, clock.now()));
			},
			deactivate: async (channelId) => {
				asked.push(`deactivate ${nameOf(channelId)}`);
				const ended: SessionPatch = {
					wanted: 0,
					state: 'inactive',
					problem: null,
					linked_at: null,
					name: null,
					qr: null,
				};
				await store.transaction((tx) => wish(tx, channelId, ended, clock.now()));
			},
			requestPairingCode: async (channelId) => {
				asked.push(`pairingCode ${nameOf(channelId)}`);
				await store.transaction((tx) => wish(tx, channelId, { pairing_wanted: 1 }, clock.now()));
			},
		},
		sendTest: async (sent) => {
			test.sent.push(sent);
			return test.outcome;
		},
		log: () => undefined,
	};
	const pages = new Console(desk);
	const server = createServer((request, response) => void answer(pages, request, response, password()));
	const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
	await listen(0);
	const { port } = server.address() as AddressInfo;

	const rig: ConsoleRig = {
		url: `http://127.0.0.1:${port}${PAGE}`,
		store,
		console: pages,
		asked,
		test,
		put: async (sessionName, patch, { owned = true } = {}) => {
			const channelId = linkedDeviceChannelId(sessionName);
			await ensureSession(store, channelId, clock.now());
			await store.transaction(async (tx) => {
				await wish(tx, channelId, patch, clock.now());
				await tx
					.updateTable('linked_session')
					.set(owned ? { owner: 'test', lease_until: FAR } : { owner: null, lease_until: null })
					.where('channel_id', '=', channelId)
					.execute();
			});
		},
		remove: async (sessionName) => {
			const channelId = linkedDeviceChannelId(sessionName);
			await store.db.deleteFrom('linked_session').where('channel_id', '=', channelId).execute();
		},
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
		start: () => listen(port),
		close: async () => {
			await pages.close();
			if (server.listening) await rig.stop();
			await store.close();
		},
	};
	return rig;
}

async function answer(pages: Console, request: IncomingMessage, response: ServerResponse, password: string) {
	const url = new URL(request.url ?? '/', 'http://localhost');
	if (url.pathname !== PAGE) return response.writeHead(404).end();
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const answered = await pages.handle(
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
