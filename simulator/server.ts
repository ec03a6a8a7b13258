import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleAdmin } from './admin/routes';
import { SimulatorClient } from './client';
import { handleGraph, isGraphPath } from './cloud-api/routes';
import { sendJson } from './http/http';
import { servePage } from './http/page';
import type { BusinessNumber, SettingsPatch } from './model';
import { DEMO_NUMBER } from './options';
import { closeSimulation, createSimulation, READY_MADE, type Simulation } from './simulation';
import type { NewTemplate } from './templates/model';
import type { Pointer } from './whatsapp-web/whatsapp-web';
import type { NewContact } from './world';

/** One running simulator: the Cloud API double, the admin API and the phone page on one port. */
export interface SimulatorOptions {
	/** 0 (default) takes any free port. */
	port?: number;
	host?: string;
	/** What differs from the demo's number. */
	number?: Partial<BusinessNumber>;
	settings?: SettingsPatch;
	contacts?: NewContact[];
	/** Templates the account has from the start; none by default. */
	templates?: NewTemplate[];
	/** Whether linked devices can connect too (WhatsApp Web, on any path below /ws). */
	whatsAppWeb?: boolean;
}

export interface Simulator {
	url: string;
	admin: SimulatorClient;
	/** Where clients of WhatsApp Web have to be pointed to, when it was asked for. */
	webPointer?: Pointer;
	close(): Promise<void>;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const host = options.host ?? '127.0.0.1';
	const number = { ...DEMO_NUMBER, ...options.number };
	const simulation = createSimulation([number], options.settings ?? {}, {
		contacts: options.contacts ?? READY_MADE,
		templates: options.templates ?? [],
	});
	const loopbackOnly = /^(127\.|::1$|localhost$)/.test(host);
	const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
		handle(simulation, request, response, loopbackOnly).catch((error: unknown) => {
			if (response.headersSent) response.destroy();
			else sendJson(response, 500, { error: `The simulator failed: ${String(error)}` });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, host, () => resolve());
	});
	const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	const url = `http://${shownHost}:${(server.address() as AddressInfo).port}`;
	simulation.baseUrl = url;
	if (options.whatsAppWeb) await serveWhatsAppWeb(simulation, server);
	return {
		url,
		admin: new SimulatorClient(url),
		webPointer: simulation.whatsAppWeb?.pointer,
		close: () =>
			new Promise((resolve) => {
				closeSimulation(simulation);
				simulation.whatsAppWeb?.close();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** Loaded only when it is wanted: it brings Baileys with it. */
async function serveWhatsAppWeb(simulation: Simulation, server: Server): Promise<void> {
	const { WhatsAppWeb } = await import('./whatsapp-web/whatsapp-web');
	const web = await WhatsAppWeb.start(simulation);
	simulation.whatsAppWeb = web;
	server.on('upgrade', (request, socket, head) => {
		if (request.url?.startsWith('/ws')) web.upgrade(request, socket, head);
		else socket.destroy();
	});
}

async function handle(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
	loopbackOnly: boolean,
): Promise<void> {
	const target = request.url ?? '/';
	if (!URL.canParse(target, 'http://simulator')) return sendJson(response, 400, { error: 'Unreadable address.' });
	const url = new URL(target, 'http://simulator');
	if (isGraphPath(url.pathname)) return handleGraph(simulation, request, response, url);
	if (url.pathname.startsWith('/admin/')) return handleAdmin(simulation, request, response, url, loopbackOnly);
	if (/^(GET|HEAD)$/.test(request.method ?? '') && (await servePage(response, url.pathname))) return;
	sendJson(response, 404, { error: `Nothing is served at ${url.pathname}.` });
}
