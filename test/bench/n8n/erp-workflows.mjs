// Two workflows that take the same notices of an ERP: one begins with this package, the other is Webhook → Code → Data Table.
// Both check the sender, keep each notice once and turn it into a sentence. The built-in one answers when the notice is in its
// table, as ours does; it keeps less: no order, no second way of telling the same fact, no news that come too late.

export const SECRET = 'bench-erp-secret';
export const OURS = { id: 'benchErpOurs0001', path: 'bench-erp-ours/erp' };
export const PEER = { id: 'benchErpPeer0001', path: 'bench-erp-peer' };

const TABLE = {
	name: 'bench_erp',
	columns: ['delivery', 'charge', 'text'].map((name) => ({ name, type: 'string' })),
};

// The trigger has read the notice; what is left is the sentence.
const SENTENCE = `
return $input.all().map(({ json }) => ({ json: { key: json.key, text: 'Recebemos o pagamento de ' + json.amount + '. Obrigado!' } }));`;

const READ = `
const { body } = $input.first().json;
const reais = new Intl.NumberFormat('pt-BR', { style: 'currency', currency: 'BRL' });
if (body.event !== 'PAYMENT_RECEIVED') return [];
return [{ json: { delivery: body.id, charge: body.payment.id, text: 'Recebemos o pagamento de ' + reais.format(body.payment.value) + '. Obrigado!' } }];`;

const uuid = (n) => `e1000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const node = (n, name, type, typeVersion, parameters, rest = {}) => ({
	...{ id: uuid(n), name, type, typeVersion, parameters, position: [n * 220, 0] },
	...rest,
});
const chain = (...names) =>
	Object.fromEntries(
		names.slice(0, -1).map((name, i) => [name, { main: [[{ node: names[i + 1], type: 'main', index: 0 }]] }]),
	);
const settings = { executionOrder: 'v1', timezone: 'America/Sao_Paulo', saveDataSuccessExecution: 'none' };

/** @param {Awaited<ReturnType<typeof import('../../../scripts/lib/n8n-rest.mjs').connectToN8n>>} rest */
export async function erpWorkflows(rest) {
	const store = async (name, type, data) => {
		const { id } = await rest.credentials.put({ name, type, data });
		return { [type]: { id, name } };
	};
	const erpWebhook = await store('Bench: ERP', 'erpWebhook', { secret: SECRET, account: '' });
	const headerAuth = await store('Bench: header', 'httpHeaderAuth', { name: 'asaas-access-token', value: SECRET });
	const { id: projectId } = await rest.call('GET', '/projects/personal');
	const { id: tableId } = await rest.call('POST', `/projects/${projectId}/data-tables`, TABLE);
	return [
		{
			id: OURS.id,
			name: 'Bench: ERP, ours',
			nodes: [
				node(
					1,
					'ERP',
					'n8n-nodes-whatsapp-desk.erpEventTrigger',
					2,
					{ system: 'asaas' },
					{ webhookId: OURS.path.split('/')[0], credentials: erpWebhook },
				),
				node(2, 'Frase', 'n8n-nodes-base.code', 2, { jsCode: SENTENCE }),
			],
			connections: chain('ERP', 'Frase'),
			settings,
		},
		{
			id: PEER.id,
			name: 'Bench: ERP, built-in',
			nodes: [
				node(
					11,
					'Webhook',
					'n8n-nodes-base.webhook',
					2,
					{ httpMethod: 'POST', path: PEER.path, authentication: 'headerAuth', responseMode: 'lastNode', options: {} },
					{ webhookId: PEER.path, credentials: headerAuth },
				),
				node(12, 'Leitura', 'n8n-nodes-base.code', 2, { jsCode: READ }),
				node(13, 'Guarda', 'n8n-nodes-base.dataTable', 1, {
					resource: 'row',
					operation: 'upsert',
					dataTableId: { __rl: true, mode: 'id', value: tableId },
					matchType: 'allConditions',
					filters: { conditions: [{ keyName: 'delivery', condition: 'eq', keyValue: '={{ $json.delivery }}' }] },
					columns: {
						mappingMode: 'defineBelow',
						value: { delivery: '={{ $json.delivery }}', charge: '={{ $json.charge }}', text: '={{ $json.text }}' },
						matchingColumns: [],
						schema: [],
					},
					options: {},
				}),
			],
			connections: chain('Webhook', 'Leitura', 'Guarda'),
			settings,
		},
	];
}
