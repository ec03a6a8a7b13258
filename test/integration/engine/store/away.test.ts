import { startRig, THREE_QUEUES, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { fragileStore, type FragileStore } from '../../../support/fragile-store';

const CUSTOMERS = Array.from({ length: 30 }, (_, i) => `55119${80_000_000 + i}`);
const AWAY_MS = 10_000;
const PATIENT = { ...THREE_QUEUES, loopGuard: { maxFastReplies: 0 } };

describe.each(STORES)('a database that is away for ten seconds, on $name', ({ create }) => {
	let test: TestStore;
	let fragile: FragileStore;
	let rig: DeskRig;

	beforeEach(async () => {
		test = await create();
		fragile = await fragileStore(test.settings);
		rig = await startRig(fragile.settings, { config: PATIENT, reconcileMs: 3_000 });
	});
	afterEach(async () => {
		await rig.close();
		await fragile.close();
		await test.drop();
	});

	it('loses nothing and makes the desk say nothing twice, whatever was under way', async () => {
		const { admin } = rig.simulator;
		const say = (text: string) => admin.sayMany(CUSTOMERS.map((waId) => ({ waId, type: 'text', text })));
		await say('Oi');
		await Promise.all(CUSTOMERS.map((waId) => admin.waitForReplies(waId, 1)));
		// Gone in the middle of the work for the next message …
		await say('9');
		await admin.waitForReplies(CUSTOMERS[0]!, 2);
		await fragile.goAway();
		const away = Date.now();
		// … and customers go on writing while it is away.
		await new Promise((resolve) => setTimeout(resolve, AWAY_MS / 2));
		await say('menu');
		await new Promise((resolve) => setTimeout(resolve, AWAY_MS - (Date.now() - away)));
		await fragile.comeBack();
		await Promise.all(CUSTOMERS.map((waId) => admin.waitForReplies(waId, 3, { timeoutMs: 25_000 })));
		await admin.waitForIdleWebhooks();
		// Whatever is still on its way would be one too many.
		await new Promise((resolve) => setTimeout(resolve, 4_000));
		const starts = ['Olá, seja bem-vindo!', 'Opção digitada não existe', 'Escolha uma fila'];
		for (const waId of CUSTOMERS) {
			const texts = (await admin.messages(waId, { from: 'business' })).map((each) => each.text);
			expect({ waId, texts }).toEqual({ waId, texts: starts.map((start) => expect.stringMatching(`^${start}`)) });
		}
	}, 90_000);
});
