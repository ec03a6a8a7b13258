// The triage as this package does it: one workflow receives, one answers.

const SETTINGS = { executionOrder: 'v1', timezone: 'America/Sao_Paulo' };
const PACK = 'n8n-nodes-whatsapp-desk';

const main = (node, index = 0) => ({ node, type: 'main', index });

/** @param {{ id: string, name: string }} credential reference to a stored WhatsApp Cloud API credential */
export function deskWorkflows(credential) {
	const credentials = { whatsAppCloudApi: credential };
	return [
		{
			id: 'benchDeskCentral',
			name: 'Bench: central',
			nodes: [
				{
					id: 'b0000000-0000-4000-8000-000000000001',
					name: 'Recebe da Meta',
					type: `${PACK}.cloudApiWebhook`,
					typeVersion: 2,
					position: [0, 0],
					parameters: {},
					webhookId: 'whatsapp-desk',
					credentials,
				},
			],
			connections: {},
			settings: SETTINGS,
		},
		{
			id: 'benchDeskTriage',
			name: 'Bench: triagem',
			nodes: [
				{
					id: 'b0000000-0000-4000-8000-000000000011',
					name: 'Chegou mensagem',
					type: `${PACK}.whatsAppTrigger`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
					credentials,
				},
				{
					id: 'b0000000-0000-4000-8000-000000000012',
					name: 'Configuração',
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					position: [200, 0],
					parameters: {
						assignments: {
							assignments: [
								{
									id: 'b0000000-0000-4000-8000-000000000021',
									name: 'empresa',
									type: 'string',
									value: 'Oficina Aurora',
								},
							],
						},
						includeOtherFields: true,
						options: {},
					},
				},
				{
					id: 'b0000000-0000-4000-8000-000000000013',
					name: 'Horário',
					type: `${PACK}.businessHours`,
					typeVersion: 1,
					position: [400, 0],
					parameters: { schedule: 'allDay' },
				},
				{
					id: 'b0000000-0000-4000-8000-000000000014',
					name: 'Filas',
					type: `${PACK}.queueRouter`,
					typeVersion: 1,
					position: [600, 0],
					parameters: {
						companyName: 'Oficina Aurora',
						queues: {
							queue: [
								{ number: 1, name: 'comercial', displayName: 'Comercial' },
								{ number: 2, name: 'suporte', displayName: 'Suporte' },
								{ number: 3, name: 'financeiro', displayName: 'Financeiro' },
							],
						},
						// Served on holidays too; and customers of a benchmark answer quicker than people do.
						options: { outsideHours: 'menu', loopGuard: { limits: { maxFastReplies: 0 } } },
					},
				},
			],
			connections: {
				'Chegou mensagem': { main: [[main('Configuração')]] },
				Configuração: { main: [[main('Horário')]] },
				Horário: { main: [[main('Filas')], [main('Filas')], [main('Filas')]] },
			},
			settings: SETTINGS,
		},
	];
}
