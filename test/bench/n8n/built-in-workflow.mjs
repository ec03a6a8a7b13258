// The same triage from n8n's own nodes, the way somebody builds it who knows n8n well: the webhook answers at once, the signature
// is checked over the raw bytes, runs for delivery reports end before the first expression (the dearest part of a run), who is
// at which step is kept in a data table, and each kind of reply is a request to Graph.
// It keeps less than the desk does: no order per customer, no second try, no delivery reports, no record of what happened.

const SETTINGS = { executionOrder: 'v1', timezone: 'America/Sao_Paulo' };

export const BUILT_IN_PATH = 'bench-built-in';
export const STATE_TABLE = {
	name: 'bench_triagem',
	columns: [
		{ name: 'waId', type: 'string' },
		{ name: 'step', type: 'string' },
	],
};

const CHECK_AND_SPLIT = `
const { body, headers, signature } = $input.first().json;
if (headers['x-hub-signature-256'] !== 'sha256=' + signature) return [];
const messages = [];
for (const entry of body.entry ?? []) {
	for (const change of entry.changes ?? []) {
		for (const message of change.value?.messages ?? []) {
			messages.push({ json: { waId: message.from, text: (message.text?.body ?? '').trim(), name: change.value.contacts?.[0]?.profile?.name ?? '' } });
		}
	}
}
return messages;`;

const DECIDE = `
const steps = new Map($input.all().map(({ json }) => [json.waId, json.step]));
const queues = { 1: 'Comercial', 2: 'Suporte', 3: 'Financeiro' };
return $('Mensagens').all().map(({ json }) => {
	const known = steps.get(json.waId);
	const queue = queues[json.text];
	const reply = !known ? 'welcome' : queue ? 'transfer' : 'invalid';
	const step = reply === 'transfer' ? 'queued:' + queue : 'menu';
	steps.set(json.waId, step);
	return { json: { waId: json.waId, name: json.name, reply, step } };
});`;

const MENU = '1 - Comercial\\n2 - Suporte\\n3 - Financeiro';
const TEXTS = {
	welcome: `Olá, seja bem-vindo à Oficina Aurora!\\nDigite o número do departamento desejado.\\n${MENU}`,
	invalid: `Opção digitada não existe, digite uma opção válida.\\n${MENU}`,
	transfer: 'Aguarde, seu atendimento será redirecionado para o atendente.',
};

const main = (node, index = 0) => ({ node, type: 'main', index });

/**
 * @param {{ graphUrl: string, phoneNumberId: string, tableId: string, secret: { id: string, name: string }, token: { id: string, name: string } }} options
 */
export function builtInWorkflow({ graphUrl, phoneNumberId, tableId, secret, token }) {
	const uuid = (n) => `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
	const dataTableId = { __rl: true, mode: 'id', value: tableId };
	const sameCustomer = { conditions: [{ keyName: 'waId', condition: 'eq', keyValue: '={{ $json.waId }}' }] };
	const is = (left, right, id) => ({
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{ id: uuid(id), leftValue: left, rightValue: right, operator: { type: 'string', operation: 'equals' } },
		],
		combinator: 'and',
	});
	const send = (name, kind, id) => ({
		id: uuid(id),
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [1600, id * 100],
		parameters: {
			method: 'POST',
			url: `${graphUrl}/v26.0/${phoneNumberId}/messages`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', to: $json.waId, type: 'text', text: { body: '${TEXTS[kind]}' } }) }}`,
			options: {},
		},
		credentials: { httpHeaderAuth: token },
	});
	return {
		id: 'benchBuiltIn0000',
		name: 'Bench: só com nós do n8n',
		nodes: [
			{
				id: uuid(1),
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'bench-built-in',
				parameters: { httpMethod: 'POST', path: BUILT_IN_PATH, responseMode: 'onReceived', options: { rawBody: true } },
			},
			{
				id: uuid(2),
				name: 'Assinatura',
				type: 'n8n-nodes-base.crypto',
				typeVersion: 2,
				position: [200, 0],
				parameters: {
					action: 'hmac',
					binaryData: true,
					binaryPropertyName: 'data',
					type: 'SHA256',
					dataPropertyName: 'signature',
					encoding: 'hex',
				},
				credentials: { crypto: secret },
			},
			{
				id: uuid(4),
				name: 'Mensagens',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [600, 0],
				parameters: { jsCode: CHECK_AND_SPLIT },
			},
			{
				id: uuid(5),
				name: 'Onde parou',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1,
				position: [800, 0],
				alwaysOutputData: true,
				parameters: {
					resource: 'row',
					operation: 'get',
					dataTableId,
					matchType: 'allConditions',
					filters: sameCustomer,
					returnAll: false,
					limit: 1,
				},
			},
			{
				id: uuid(6),
				name: 'Decide',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [1000, 0],
				parameters: { jsCode: DECIDE },
			},
			{
				id: uuid(7),
				name: 'Guarda',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1,
				position: [1200, 0],
				parameters: {
					resource: 'row',
					operation: 'upsert',
					dataTableId,
					matchType: 'allConditions',
					filters: sameCustomer,
					columns: {
						mappingMode: 'defineBelow',
						value: { waId: '={{ $json.waId }}', step: '={{ $json.step }}' },
						matchingColumns: [],
						schema: [],
					},
					options: {},
				},
			},
			{
				id: uuid(8),
				name: 'Resposta',
				type: 'n8n-nodes-base.switch',
				typeVersion: 3.2,
				position: [1400, 0],
				parameters: {
					rules: {
						values: ['welcome', 'invalid', 'transfer'].map((kind, i) => ({
							conditions: is("={{ $('Decide').item.json.reply }}", kind, 80 + i),
							renameOutput: true,
							outputKey: kind,
						})),
					},
					options: {},
				},
			},
			send('Boas-vindas', 'welcome', 9),
			send('Opção inválida', 'invalid', 10),
			send('Transferência', 'transfer', 11),
		],
		connections: {
			Webhook: { main: [[main('Assinatura')]] },
			Assinatura: { main: [[main('Mensagens')]] },
			Mensagens: { main: [[main('Onde parou')]] },
			'Onde parou': { main: [[main('Decide')]] },
			Decide: { main: [[main('Guarda')]] },
			Guarda: { main: [[main('Resposta')]] },
			Resposta: { main: [[main('Boas-vindas')], [main('Opção inválida')], [main('Transferência')]] },
		},
		settings: SETTINGS,
	};
}
