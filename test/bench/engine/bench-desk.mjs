// A desk with the triage of a small company and the loopback channel: everything between a webhook and a send, without n8n.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createLoopback } from './loopback.mjs';

const CREDENTIALS = {
	accessToken: 'bench-token',
	phoneNumberId: '109876543210987',
	wabaId: '102030405060708',
	appSecret: 'bench-app-secret',
	verifyToken: 'bench-verify-token',
	graphVersion: 'v26.0',
	baseUrl: 'http://127.0.0.1:9',
};

// Customers of a benchmark answer at once, which the guard against talking machines rightly finds suspicious.
export const TRIAGE = {
	companyName: 'Oficina Aurora',
	rows: [
		{ number: 1, name: 'comercial', displayName: 'Comercial' },
		{ number: 2, name: 'suporte', displayName: 'Suporte' },
		{ number: 3, name: 'financeiro', displayName: 'Financeiro' },
	],
	loopGuard: { maxFastReplies: 0 },
};

/**
 * @param {{ dist: string, store: object, nextCustomer: () => string | undefined, now?: () => number, batchSize?: number }} options
 */
export async function openBenchDesk({ dist, store, nextCustomer, now = Date.now, batchSize = 50 }) {
	const load = createRequire(join(dist, 'engine', 'index.js'));
	const { openDesk, compileTriageConfig, routeItems, verifySignature, cloudApiChannelId } = load('./index.js');
	const { CLOUD_API_CAPABILITIES } = load('./channel/cloud-api/channel.js');
	const desk = await openDesk({ store, clock: { now }, log: (message, details) => console.error(message, details) });
	const channelId = cloudApiChannelId(CREDENTIALS.phoneNumberId);
	const loopback = createLoopback({
		credentials: CREDENTIALS,
		channelId,
		capabilities: CLOUD_API_CAPABILITIES,
		nextCustomer,
		now,
		receive: (body, signature) => {
			if (!verifySignature(body, signature, CREDENTIALS.appSecret)) throw new Error('The signature does not match.');
			return desk.receiveCloudApi(JSON.parse(body.toString('utf8')), CREDENTIALS);
		},
	});
	desk.channels.use(channelId, 'loopback', () => loopback.channel);
	const config = compileTriageConfig(TRIAGE);
	const router = { routerKey: 'triagem/roteador', workflowId: 'triagem', zone: 'America/Sao_Paulo', holdTexts: false };
	const counts = { runs: 0, items: 0, failed: 0 };
	await desk.listen({
		consumer: { id: 'triagem/gatilho', source: 'inbound', channelId, workflowId: 'triagem', events: ['message'] },
		channelId,
		events: new Set(['message']),
		batchSize,
		mergeWindowMs: 0,
		raw: false,
		emit: async (items) => {
			counts.runs++;
			counts.items += items.length;
			await routeItems(
				desk,
				items.map((item) => requestOf(item, config)),
				router,
			);
			return 'succeeded';
		},
		onFailed: async () => void counts.failed++,
	});
	return { desk, loopback, counts };
}

function requestOf(item, config) {
	return {
		messageId: item.messageId,
		conversationId: item.conversation.id,
		config,
		hours: null,
		event: { type: 'message', text: item.text, reply: item.reply, contentType: item.type, late: item.late },
	};
}
