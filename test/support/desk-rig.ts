import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	compileTriageConfig,
	openDesk,
	routeItems,
	verifySignature,
	type CloudApiCredentials,
	type Desk,
	type EmitLoopOptions,
	type MessageItem,
	type RouteResult,
	type TriageConfigInput,
} from '../../engine';
import type { Clock } from '../../engine/clock';
import type { StoreSettings } from '../../engine/store/settings';
import { startSimulator, type Simulator } from '../../simulator/server';
import { DEMO_NUMBER } from '../../simulator/options';
import { demoCredentials } from './demo-credentials';

/** Three queues of a small company; tests change what they need. */
export const THREE_QUEUES: TriageConfigInput = {
	companyName: 'Oficina Aurora',
	rows: [
		{ number: 1, name: 'comercial', displayName: 'Comercial' },
		{ number: 2, name: 'suporte', displayName: 'Suporte' },
		{ number: 3, name: 'financeiro', displayName: 'Financeiro' },
	],
};

/** The desk without n8n: the simulator writes to a plain webhook server, and a "workflow" of one router answers. */
export interface DeskRig {
	desk: Desk;
	simulator: Simulator;
	credentials: CloudApiCredentials;
	channelId: string;
	/** What the router decided, in order. */
	routed: Array<{ item: MessageItem; result: RouteResult }>;
	/** Replaces the router's settings for the messages to come. */
	configure(config: TriageConfigInput): void;
	close(): Promise<void>;
}

export interface RigOptions {
	config?: TriageConfigInput;
	/** Decides a run instead of the router. */
	run?: (items: MessageItem[]) => Promise<'succeeded' | 'failed'>;
	listen?: boolean;
	reconcileMs?: number;
	batchSize?: number;
	mergeWindowMs?: number;
	/** Use a simulator that already runs (a second process of the same desk). */
	simulator?: Simulator;
	/** Where the webhook server listens; default: any free port. */
	port?: number;
	clock?: Clock;
	credentials?: Partial<CloudApiCredentials>;
	/** What differs from the trigger of the triage. */
	trigger?: Partial<EmitLoopOptions>;
}

export async function startRig(store: StoreSettings, options: RigOptions = {}): Promise<DeskRig> {
	const simulator =
		options.simulator ?? (await startSimulator({ settings: { webhooks: { retryScheduleMs: [50, 100, 200] } } }));
	const credentials: CloudApiCredentials = { ...demoCredentials(simulator.url), ...options.credentials };
	const desk = await openDesk({ store, reconcileMs: options.reconcileMs ?? 1_000, clock: options.clock });
	const channel = await desk.useCloudApi(credentials);
	const webhook = await serveWebhook(desk, credentials, options.port ?? 0);
	await simulator.admin.setNumber({ phoneNumberId: DEMO_NUMBER.phoneNumberId, callbackUrl: webhook.url });
	let config = compileTriageConfig(options.config ?? THREE_QUEUES);
	const routed: DeskRig['routed'] = [];
	const run =
		options.run ??
		(async (items: MessageItem[]) => {
			const results = await routeItems(
				desk,
				items.map((item) => routeRequest(item, config)),
				ROUTER,
			);
			results.forEach((result, i) => routed.push({ item: items[i]!, result }));
			return 'succeeded' as const;
		});
	if (options.listen !== false) {
		await desk.listen({
			consumer: {
				id: 'triagem/gatilho',
				source: 'inbound',
				channelId: channel.id,
				workflowId: 'triagem',
				events: ['message'],
			},
			channelId: channel.id,
			events: new Set(['message']),
			batchSize: options.batchSize ?? 50,
			mergeWindowMs: options.mergeWindowMs ?? 0,
			raw: false,
			emit: run,
			onFailed: async () => undefined,
			...options.trigger,
		});
	}
	return {
		desk,
		simulator,
		credentials,
		channelId: channel.id,
		routed,
		configure: (next) => (config = compileTriageConfig(next)),
		async close() {
			await webhook.close();
			await desk.close();
			if (!options.simulator) await simulator.close();
		},
	};
}

export const ROUTER = {
	routerKey: 'triagem/roteador',
	workflowId: 'triagem',
	zone: 'America/Sao_Paulo',
	holdTexts: false,
};

export function routeRequest(item: MessageItem, config: ReturnType<typeof compileTriageConfig>) {
	return {
		messageId: item.messageId,
		conversationId: item.conversation!.id,
		config,
		hours: null,
		event:
			item.event === 'wake'
				? ({ type: 'wake', kind: item.wake as 'opening' } as const)
				: ({
						type: 'message',
						text: item.text,
						reply: item.reply,
						contentType: item.type as 'text',
						late: item.late,
						consent: item.consent,
					} as const),
	};
}

async function serveWebhook(
	desk: Desk,
	credentials: CloudApiCredentials,
	port: number,
): Promise<{ url: string; close(): Promise<void> }> {
	const server: Server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const body = Buffer.concat(parts);
			if (!verifySignature(body, request.headers['x-hub-signature-256'] as string | undefined, credentials.appSecret)) {
				response.writeHead(401).end();
				return;
			}
			receive(desk, body, credentials).then(
				() => response.writeHead(200).end(),
				(error: unknown) => response.writeHead(error instanceof SyntaxError ? 400 : 503).end(),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function receive(desk: Desk, body: Buffer, credentials: CloudApiCredentials): Promise<void> {
	await desk.receiveCloudApi(JSON.parse(body.toString()), credentials);
}
