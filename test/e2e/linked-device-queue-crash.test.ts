import { numberIdOf } from '../../simulator/whatsapp-web/client';
import { ECHO_WORKFLOW, startE2eRig, type E2eRig } from '../support/e2e-rig';
import {
	COMPANY,
	CONSOLE_CREDENTIAL,
	CONSOLE_WORKFLOW,
	DEVICE_CREDENTIAL,
	link,
	openConsole,
	overLinkedDevice,
	repliesTo,
} from '../support/linked-device-rig';
import { freshDatabase, hasPostgres, type FreshDatabase } from '../support/real-postgres';
import { redisUrl } from '../support/real-redis';
import { seededRandom } from '../support/seeded-random';

const CUSTOMERS = Array.from({ length: 15 }, (_, i) => `55119${String(80_000_000 + i)}`);
const ROUNDS = 3;
const SEED = Number(process.env.CRASH_SEED ?? 20261122);
const phoneNumberId = numberIdOf(COMPANY);

const redis = redisUrl();
/** On machines without the two servers `npm test` says what is missing. */
const inQueueMode = redis !== null && hasPostgres() ? describe : describe.skip;

inQueueMode('a linked device in queue mode whose processes are killed together', () => {
	let database: FreshDatabase;
	let rig: E2eRig;

	beforeAll(async () => {
		database = await freshDatabase('queue_crash');
		rig = await startE2eRig({
			whatsAppWeb: true,
			database: { postgresUrl: database.url },
			redisUrl: redis!,
			credentials: [DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL],
			workflows: [overLinkedDevice(ECHO_WORKFLOW), CONSOLE_WORKFLOW],
			env: { WHATSAPP_DESK_RECONCILE_SECONDS: '4', EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' },
		});
	});
	afterAll(async () => {
		await rig?.close();
		await database?.drop();
	});

	it(`answers 15 customers exactly once and in order through ${ROUNDS} kills of main and worker (D3, D4)`, async () => {
		const { web } = rig.simulator.admin;
		const random = seededRandom(SEED);
		await link(rig, await openConsole(rig));
		const texts = Array.from({ length: ROUNDS }, (_, round) => `mensagem ${round + 1}`);
		for (const [round, text] of texts.entries()) {
			const said = Promise.all(CUSTOMERS.map((waId) => web.say(COMPANY, waId, text)));
			await new Promise((resolve) => setTimeout(resolve, random() * 2_000));
			await rig.n8n.kill9();
			await rig.n8n.restart();
			await said;
			for (const waId of CUSTOMERS) {
				await rig.simulator.admin.waitForReplies(waId, round + 1, { timeoutMs: 120_000, phoneNumberId });
			}
		}
		// Longer than an unconfirmed message waits for proof, so that a second copy would have come.
		await new Promise((resolve) => setTimeout(resolve, 8_000));
		for (const waId of CUSTOMERS) {
			const heard = (await repliesTo(rig, waId)).map(({ text }) => text);
			expect({ seed: SEED, waId, heard }).toEqual({
				seed: SEED,
				waId,
				heard: texts.map((text) => `Você disse: ${text}`),
			});
		}
	}, 400_000);
});
