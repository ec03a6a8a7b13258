import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { seededRandom } from '../support/seeded-random';

const CUSTOMERS = Array.from({ length: 200 }, (_, i) => `55119${String(80_000_000 + i)}`);
const KILLS = 20;
const SEED = Number(process.env.CRASH_SEED ?? 20261121);

/** The shipped triage, always open, with a bot that never loses patience: customers here answer like machines. */
const patient = {
	...triagem,
	nodes: triagem.nodes.map((node) => {
		if (node.name === 'Está aberto?') {
			return { ...node, parameters: { ...node.parameters, schedule: 'allDay', brazilianHolidays: false } };
		}
		if (node.name !== 'Menu de filas') return node;
		const limits = { maxBotMessages: 0, maxSameText: 0, maxFastReplies: 0 };
		return {
			...node,
			parameters: { ...node.parameters, options: { maxAttempts: 20, burstSeconds: 0, loopGuard: { limits } } },
		};
	}),
};

/** One thing each customer writes per round, and how the reply to it begins. */
const ROUNDS = [
	{ says: 'Oi', hears: 'Olá, seja bem-vindo!' },
	...Array.from({ length: KILLS - 2 }, (_, i) =>
		i % 2 === 0 ? { says: '9', hears: 'Opção digitada não existe' } : { says: 'menu', hears: 'Escolha uma fila' },
	),
	{ says: '2', hears: 'Aguarde, seu atendimento será redirecionado' },
];

describe('a desk whose n8n is killed again and again', () => {
	let rig: E2eRig;
	/** When what happened, for the same. */
	const rounds: Array<Record<string, number>> = [];

	beforeAll(async () => {
		rig = await startE2eRig({
			workflows: [central, patient],
			// As the README asks for: without it, what comes in a bad moment of n8n's start is lost.
			frontDoor: true,
			// Proof of an unconfirmed send comes within moments here; a real provider gets a minute.
			env: { WHATSAPP_DESK_RECONCILE_SECONDS: '4', EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' },
		});
		await rig.simulator.admin.setSettings({ webhooks: { retryScheduleMs: [250, 500, 1_000] } });
	});
	afterAll(async () => await rig?.close());

	it(`gives 200 customers exactly the right replies, in order, through ${KILLS} kills (D3, D4)`, async () => {
		const { admin } = rig.simulator;
		const random = seededRandom(SEED);
		for (const [round, { says }] of ROUNDS.entries()) {
			const began = Date.now();
			await admin.sayMany(CUSTOMERS.map((waId) => ({ waId, type: 'text', text: says })));
			// Anywhere from "nothing arrived yet" to "almost all answered".
			const killAfterMs = Math.floor(random() * 2_500);
			await new Promise((resolve) => setTimeout(resolve, killAfterMs));
			await rig.n8n.kill9();
			const killed = Date.now();
			await rig.n8n.restart();
			const back = Date.now();
			await answered(round + 1);
			rounds.push({ began, killed, back, answered: Date.now() });
		}
		const expected = ROUNDS.map(({ hears }) => hears);
		for (const waId of CUSTOMERS) {
			const heard = (await admin.messages(waId, { from: 'business' })).map(({ text }) => text);
			const seen = {
				seed: SEED,
				waId,
				heard: heard.map((text, i) => (text.startsWith(expected[i] ?? '?') ? expected[i] : text)),
			};
			if (heard.length !== expected.length) console.error(waId, await story(waId));
			expect(seen).toEqual({ seed: SEED, waId, heard: expected });
		}
	}, 900_000);

	/** What the desk and the simulator know of each reply to a customer: for whoever has to explain one too many. */
	async function story(waId: string) {
		const sent = rig.rows('select * from outbox where address = ? order by seq', waId);
		const arrived = await rig.simulator.admin.messages(waId, { from: 'business' });
		const contact = String(sent[0]?.contact_id);
		const told = rig.rows('select at, event, text, data from timeline where contact_id = ? order by seq', contact);
		return JSON.stringify({ sent, told, arrived, rounds }, null, 1);
	}

	/** Every customer has heard `count` replies and nothing more is under way. */
	async function answered(count: number): Promise<void> {
		for (const waId of CUSTOMERS) await rig.simulator.admin.waitForReplies(waId, count, { timeoutMs: 60_000 });
		expect(await rig.simulator.admin.waitForIdleWebhooks(20_000)).toBe(true);
	}
});
