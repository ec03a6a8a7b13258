import central from '../../workflows/00-central.json';
import { startSimulator, type Simulator } from '../../simulator/server';
import { DEMO_NUMBER } from '../../simulator/options';
import { startN8n, type RealN8n } from '../support/real-n8n';

const ANA = '5511987654321';

const ECHO_WORKFLOW = {
	id: 'firstReply000001',
	name: 'Responde',
	nodes: [
		{
			id: '11111111-1111-4111-8111-111111111111',
			name: 'Chegou mensagem',
			type: 'n8n-nodes-whatsapp-desk.whatsAppTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '22222222-2222-4222-8222-222222222222',
			name: 'Responder',
			type: 'n8n-nodes-whatsapp-desk.sendMessage',
			typeVersion: 1,
			position: [200, 0],
			parameters: { text: '={{ "Você disse: " + $json.text }}' },
		},
	],
	connections: { 'Chegou mensagem': { main: [[{ node: 'Responder', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

describe('a published workflow in a real n8n', () => {
	let simulator: Simulator;
	let n8n: RealN8n;

	beforeAll(async () => {
		simulator = await startSimulator();
		n8n = await startN8n({
			credentials: [
				{
					name: 'WhatsApp Cloud API',
					type: 'whatsAppCloudApi',
					data: {
						accessToken: DEMO_NUMBER.token,
						phoneNumberId: DEMO_NUMBER.phoneNumberId,
						wabaId: DEMO_NUMBER.wabaId,
						appSecret: DEMO_NUMBER.appSecret,
						verifyToken: DEMO_NUMBER.verifyToken,
						graphVersion: 'v26.0',
						baseUrl: simulator.url,
					},
				},
			],
			workflows: [central, ECHO_WORKFLOW],
		});
		await simulator.admin.setNumber({
			phoneNumberId: DEMO_NUMBER.phoneNumberId,
			callbackUrl: `${n8n.webhookUrl}/whatsapp-desk/cloud-api`,
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await simulator?.close();
	});

	it('answers a customer with one text', async () => {
		expect(await simulator.admin.verifyNumber(DEMO_NUMBER.phoneNumberId)).toMatchObject({ verified: true });
		await simulator.admin.say(ANA, 'Olá, tudo bem?');
		const [reply] = await simulator.admin.waitForReplies(ANA, 1, { timeoutMs: 20_000 });
		expect(reply!.text).toBe('Você disse: Olá, tudo bem?');
	});
});
