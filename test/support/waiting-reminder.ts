// What the ladder leaves behind for a customer until its hours come.

const TOMORROW = new Date(Date.now() + 24 * 3_600_000);
const DAY = TOMORROW.toLocaleDateString('en-CA', { timeZone: 'America/Sao_Paulo' });
const WEEKDAY = TOMORROW.toLocaleDateString('en-US', { timeZone: 'America/Sao_Paulo', weekday: 'short' }).toLowerCase();

/**
 * A workflow with one reminder of the ladder, of invoice 6301384346, that waits for its hours: those of tomorrow.
 * Run it by hand from "Ao clicar".
 */
export const waitingReminder = (creditor: string, phone: string) => ({
	id: 'reminderWaits001',
	name: 'Lembrete que espera',
	nodes: [
		{
			id: '0d000000-0000-4000-8000-000000000001',
			name: 'Ao clicar',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			// Workflows without a trigger cannot be published.
			id: '0d000000-0000-4000-8000-000000000003',
			name: 'Nunca',
			type: 'n8n-nodes-whatsapp-desk.deskEventTrigger',
			typeVersion: 1,
			position: [0, 224],
			parameters: { events: ['templateApproved'] },
		},
		{
			id: '0d000000-0000-4000-8000-000000000002',
			name: 'Lembrar',
			type: 'n8n-nodes-whatsapp-desk.sendTemplate',
			typeVersion: 1,
			position: [224, 0],
			parameters: {
				sendTo: 'phone',
				phone,
				template: { __rl: true, mode: 'name', value: 'pagamento_recebido' },
				templateValues: {
					mappingMode: 'defineBelow',
					value: { 'body.nome': 'Ana', 'body.fatura': '1', 'body.valor': '1' },
				},
				options: {
					waitSeconds: 0,
					dunningPlan: JSON.stringify({
						...{ creditor, payer: 'ana', day: DAY, afterDue: false, maxPerWeek: 2 },
						steps: [{ invoice: '6301384346', step: 'd-3', number: 'RPS 9', dueDate: '2023-04-05', amountCents: 175 }],
						hours: {
							zone: 'America/Sao_Paulo',
							weekly: [{ days: [WEEKDAY], from: '09:00', to: '18:00' }],
						},
						validUntil: Date.now() + 48 * 3_600_000,
						dedupeKey: 'ladder|waits',
					}),
				},
			},
		},
	],
	connections: { 'Ao clicar': { main: [[{ node: 'Lembrar', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});
