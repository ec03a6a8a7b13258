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
	type ConsoleClient,
} from '../support/linked-device-rig';
import { freshDatabase, hasPostgres, type FreshDatabase } from '../support/real-postgres';
import { redisUrl } from '../support/real-redis';

const ANA = '5511987654321';
const phoneNumberId = numberIdOf(COMPANY);

/** The main process has the triggers and the socket, a worker runs the executions (queue mode). */
const whereThereAreWorkers = redisUrl() !== null && hasPostgres() ? describe : describe.skip;

whereThereAreWorkers('a linked device of an n8n with a worker', () => {
	let database: FreshDatabase;
	let rig: E2eRig;
	let console: ConsoleClient;

	beforeAll(async () => {
		database = await freshDatabase('queue');
		rig = await startE2eRig({
			whatsAppWeb: true,
			redisUrl: redisUrl()!,
			database: { postgresUrl: database.url },
			credentials: [DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL],
			workflows: [overLinkedDevice(ECHO_WORKFLOW), CONSOLE_WORKFLOW],
		});
		console = await openConsole(rig);
	});
	afterAll(async () => {
		await rig?.close();
		await database?.drop();
	});

	it('answers a customer: the worker decides, and what it sends leaves through the socket of the main process (D9)', async () => {
		await link(rig, console);
		await rig.simulator.admin.web.say(COMPANY, ANA, 'Oi');
		const [reply] = await rig.simulator.admin.waitForReplies(ANA, 1, { timeoutMs: 30_000, phoneNumberId });
		expect(reply).toMatchObject({ text: 'Você disse: Oi' });
		const ran = await until('the execution', async () =>
			(await rig.n8n.rest.executions.list({ workflowId: ECHO_WORKFLOW.id })).find(({ status }) => status === 'success'),
		);
		expect(rig.n8n.workerLogs()).toMatch(new RegExp(`finished execution ${ran.id}\\b`));
		// One device, one login: nobody but the main process ever opened a socket.
		const [device] = (await rig.simulator.admin.web.company(COMPANY)).devices;
		expect(device).toMatchObject({ connected: true, logins: 1 });
	});

	it('is deactivated and unlinked by a page that the main process serves (B-33)', async () => {
		await console.deactivate();
		await console.until('inactive');
		expect((await rig.simulator.admin.web.company(COMPANY)).devices).toEqual([]);
	});
});
