// Two workflows that differ in one node: people come in, each gets the template, the number of items at the end goes back.
import { TEMPLATE_NAME } from '../engine/sending-desk.mjs';

export const CREDENTIALS = {
	accessToken: 'bench-token',
	phoneNumberId: '100000000000001',
	wabaId: '200000000000001',
	appSecret: 'bench-app-secret',
	verifyToken: 'bench-verify-token',
	graphVersion: 'v26.0',
};

const uuid = (n) => `e0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const main = (node) => [[{ node, type: 'main', index: 0 }]];

/** @param {Awaited<ReturnType<typeof import('../../../scripts/lib/n8n-rest.mjs').connectToN8n>>} rest @param {string} graphUrl */
export async function sendingWorkflows(rest, graphUrl) {
	const store = async (name, type, data) => {
		const { id } = await rest.credentials.put({ name, type, data });
		return { [type]: { id, name } };
	};
	const { accessToken, wabaId, phoneNumberId } = CREDENTIALS;
	const ours = {
		type: 'n8n-nodes-whatsapp-desk.sendTemplate',
		typeVersion: 1,
		parameters: {
			sendTo: 'phone',
			phone: '={{ $json.phone }}',
			template: { __rl: true, mode: 'list', value: `${TEMPLATE_NAME}|pt_BR` },
			templateValues: {
				mappingMode: 'defineBelow',
				value: { 'body.1': '={{ $json.name }}' },
				schema: [],
				matchingColumns: [],
			},
			purpose: 'notification',
		},
		credentials: await store('Bench: desk', 'whatsAppCloudApi', { ...CREDENTIALS, baseUrl: graphUrl }),
	};
	const peer = {
		type: 'n8n-nodes-base.whatsApp',
		typeVersion: 1.1,
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			phoneNumberId,
			recipientPhoneNumber: '={{ $json.phone }}',
			template: `${TEMPLATE_NAME}|pt_BR`,
			components: {
				component: [{ type: 'body', bodyParameters: { parameter: [{ type: 'text', text: '={{ $json.name }}' }] } }],
			},
		},
		credentials: await store('Bench: built-in', 'whatsAppApi', { accessToken, businessAccountId: wabaId }),
	};
	return [workflow(1, 'ours', ours), workflow(2, 'peer', peer)];
}

function workflow(number, key, sender) {
	const node = (n, name, type, typeVersion, parameters, rest = {}) => ({
		...{ id: uuid(number * 10 + n), name, type, typeVersion, parameters, position: [n * 220, 0] },
		...rest,
	});
	return {
		id: `benchSending000${number}`,
		name: `Bench: templates, ${key}`,
		nodes: [
			node(
				1,
				'Pedido',
				'n8n-nodes-base.webhook',
				2,
				{
					httpMethod: 'POST',
					path: `bench-${key}`,
					responseMode: 'lastNode',
				},
				{ webhookId: uuid(number * 10 + 9) },
			),
			node(2, 'Pessoas', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.people', options: {} }),
			{ ...node(3, 'Enviar', '', 1, {}), ...sender },
			node(4, 'Contar', 'n8n-nodes-base.code', 2, { jsCode: 'return [{ json: { sent: $input.all().length } }];' }),
		],
		connections: {
			Pedido: { main: main('Pessoas') },
			Pessoas: { main: main('Enviar') },
			Enviar: { main: main('Contar') },
		},
		settings: { executionOrder: 'v1', timezone: 'America/Sao_Paulo', saveDataSuccessExecution: 'none' },
	};
}
