import { numberIdOf } from '../../simulator/whatsapp-web/client';
import { until } from '../support/desk-tool';
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
	type ConsoleClient,
} from '../support/linked-device-rig';
import { seededRandom } from '../support/seeded-random';

const CUSTOMERS = Array.from({ length: 40 }, (_, i) => `55119${String(80_000_000 + i)}`);
const ANA = '5521980000001';
const BIA = '5521980000002';
const KILLS = 4;
const SEED = Number(process.env.CRASH_SEED ?? 20261122);
const phoneNumberId = numberIdOf(COMPANY);

describe('a linked device whose n8n is killed again and again', () => {
	let rig: E2eRig;
	let console: ConsoleClient;

	beforeAll(async () => {
		rig = await startE2eRig({
			whatsAppWeb: true,
			credentials: [DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL],
			workflows: [overLinkedDevice(ECHO_WORKFLOW), CONSOLE_WORKFLOW],
			// Proof of an unconfirmed send comes within moments here; a real provider gets a minute.
			env: { WHATSAPP_DESK_RECONCILE_SECONDS: '4', EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' },
		});
		console = await openConsole(rig);
	});
	afterAll(async () => await rig?.close());

	it.each([
		['while the code is shown', null],
		['when the phone has just scanned it', 0],
		['while it logs in for the first time', 150],
		['in the first sync', 600],
	])(
		'goes on by itself after a kill %s, or shows a new code (D9)',
		async (_when, afterScanMs) => {
			const { web } = rig.simulator.admin;
			await console.activate();
			const { qr: first } = await console.until('scan');
			if (afterScanMs !== null) {
				await web.scan(first.code, COMPANY, 'Oficina Aurora');
				await pause(afterScanMs);
			}
			await kill();
			// Linked, and it logs in; or it never learnt of it: then there is a code again. Nobody has to look after n8n.
			const back = await until('a connection or a new code', async () => {
				const { state, qr } = await console.device();
				return state === 'connected' || (state === 'scan' && qr.code !== first.code) ? { state, qr } : undefined;
			});
			if (back.state === 'scan') await web.scan(back.qr.code, COMPANY, 'Oficina Aurora');
			await console.until('connected');
			const text = `Olá ${afterScanMs}`;
			await web.say(COMPANY, ANA, text);
			await until('the answer', async () => ((await heard(ANA)).includes(`Você disse: ${text}`) ? true : undefined));
			await console.deactivate();
			await console.until('inactive');
			// What was linked and never heard of it is still in the phone's list.
			await web.unlink(COMPANY).catch(() => undefined);
		},
		120_000,
	);

	it('sends what left before the kill and was confirmed by nobody once more, under its old id: shown once (D4)', async () => {
		const { admin } = rig.simulator;
		await linked();
		// A phone that is off: no delivery report proves anything.
		await admin.addContact({ waId: BIA, name: 'Bia Lima', online: false });
		await admin.web.failSends({ kind: 'noAck', to: BIA });
		await admin.web.say(COMPANY, BIA, 'Oi');
		await admin.waitForReplies(BIA, 1, { phoneNumberId });
		await kill();
		await settled();
		const replies = await repliesTo(rig, BIA);
		expect(replies).toMatchObject([{ text: 'Você disse: Oi', copies: 1 }]);
		expect(rig.rows("select status, attempts from outbox where content like '%Oi%'")).toEqual([
			{ status: 'sent', attempts: 2 },
		]);
	}, 120_000);

	it(`answers 40 customers exactly once and in order through ${KILLS} kills, whatever was under way (D3, D4)`, async () => {
		const { web } = rig.simulator.admin;
		const random = seededRandom(SEED);
		await linked();
		const texts = Array.from({ length: KILLS }, (_, round) => `mensagem ${round + 1}`);
		for (const [round, text] of texts.entries()) {
			const said = Promise.all(CUSTOMERS.map((waId) => web.say(COMPANY, waId, text)));
			// Anywhere from "nothing arrived yet" to "almost all answered".
			await pause(random() * 2_000);
			await kill();
			await said;
			for (const waId of CUSTOMERS) {
				await rig.simulator.admin.waitForReplies(waId, round + 1, { timeoutMs: 90_000, phoneNumberId });
			}
		}
		await settled();
		for (const waId of CUSTOMERS) {
			const expected = texts.map((text) => `Você disse: ${text}`);
			expect({ seed: SEED, waId, heard: await heard(waId) }).toEqual({ seed: SEED, waId, heard: expected });
		}
	}, 400_000);

	// ---------------------------------------------------------------- what happens, and what is seen

	async function linked(): Promise<void> {
		if ((await console.device()).state !== 'connected') await link(rig, console);
	}

	async function kill(): Promise<void> {
		await rig.n8n.kill9();
		await rig.n8n.restart();
	}

	async function heard(waId: string): Promise<string[]> {
		return (await repliesTo(rig, waId)).map(({ text }) => text);
	}

	/** Nothing is under way and nothing is in doubt. */
	async function settled(): Promise<void> {
		await until('every message to have an end', () => {
			const open = rig.rows("select id from outbox where status in ('queued', 'sending', 'unknown')");
			return Promise.resolve(open.length === 0 ? true : undefined);
		});
	}
});

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
