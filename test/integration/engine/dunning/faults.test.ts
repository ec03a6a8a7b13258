import { changeReceivables, listTemplates } from '../../../../engine';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { STORES, type TestStore } from '../../../support/each-store';
import { instantOf, Town } from '../../../support/dunning-town';
import { eventually } from '../../../support/eventually';
import { runLadder } from '../../../support/run-ladder';
import type { Customer } from '../../../support/town-people';

const CREDITOR = '11222333000181';
const { phoneNumberId } = DEMO_NUMBER;

const ANA = { name: 'Ana', phone: '(11) 98765-0001' };
const BENTO: Customer = { name: 'Bento', phone: '(68) 98765-0002', clock: -5, owes: { B1: '13/11' } };

describe.each(STORES)('what may go wrong with the payment ladder on $name', ({ create }) => {
	let store: TestStore;
	let town: Town;

	const start = async (customers: Customer[], from: string) => {
		town = await Town.start({ store: store.settings, customers, year: 2026 }, from);
		await listTemplates(town.rig.desk, town.rig.channelId);
	};
	const at = (moment: string) => town.setClock(instantOf(moment, 2026));
	/** WhatsApp refuses the token: the reminders of a run wait in the outbox until the credential is changed. */
	const runCutOff = async () => {
		await town.simulator.admin.setNumber({ phoneNumberId, token: 'another-token' });
		const { receivables, policy } = { receivables: town.openReceivables(), policy: town.policy };
		await runLadder(town.rig.desk, { channelId: town.rig.channelId, receivables, policy, waitMs: 0 });
		await eventually(async () => (await outbox()).every(({ error_code }) => error_code === '190'));
	};
	const reconnect = async () => {
		for (const desk of town.desks) await desk.useCloudApi({ ...town.rig.credentials, accessToken: 'another-token' });
		await town.quiet();
	};
	const settle = (invoice: string) =>
		changeReceivables(town.rig.desk, [{ creditor: CREDITOR, invoice, change: { type: 'settle' }, reason: 'pelo ERP' }]);
	const outbox = () =>
		town.rig.desk.store.db
			.selectFrom('outbox')
			.select(['status', 'error_code', 'explanation'])
			.where('purpose', '=', 'reminder')
			.orderBy('seq')
			.execute();

	beforeEach(async () => (store = await create()));
	afterEach(async () => {
		await town.close();
		await store.drop();
	});

	describe('a payment that arrives while its reminder waits', () => {
		it('cancels it: nobody is charged for what is paid (X-04)', async () => {
			await start([{ ...ANA, owes: { A1: '13/11' } }], '13/11 10:00');
			await runCutOff();
			const [result] = await settle('A1');
			expect(result!.cancelled).toHaveLength(1);
			await reconnect();
			await town.runLadder(3);
			expect(await town.heard()).toEqual({ Ana: [] });
			expect(await outbox()).toEqual([
				{ status: 'refused', error_code: 'cancelled', explanation: expect.stringContaining('A1 já foi paga') },
			]);
		});

		it('cancels one about several invoices; the next run reminds of the rest, on the same day', async () => {
			await start([{ ...ANA, owes: { A1: '13/11', A2: '13/11' } }], '13/11 10:00');
			await runCutOff();
			await settle('A2');
			await reconnect();
			await town.runLadder(3);
			await town.runLadder();
			expect(await town.heard()).toEqual({ Ana: ['13/11 10:00 d0 A1'] });
		});
	});

	it('is not told after hours when WhatsApp was away until then, but on the next day (X-03)', async () => {
		await start([{ ...ANA, owes: { A1: '11/11' } }], '13/11 17:40');
		await runCutOff();
		await at('13/11 18:20');
		await reconnect();
		await town.runLadder(3);
		expect(await town.heard()).toEqual({ Ana: [] });
		expect((await outbox()).map(({ status }) => status)).toEqual(['refused']);
		await at('16/11 10:15');
		await town.runLadder(3);
		expect(await town.heard()).toEqual({ Ana: ['16/11 10:15 d+2u A1'] });
	});

	it('says nothing twice when the clock goes back over midnight, in Rio Branco too (D-34)', async () => {
		await start([{ ...ANA, owes: { A1: '16/11' } }, BENTO], '13/11 08:00');
		await at('13/11 15:30');
		await town.runLadder(3);
		const told = { Ana: ['13/11 15:30 d-3 A1'], Bento: ['13/11 13:30 d0 B1'] };
		expect(await town.heard()).toEqual(told);
		for (const moment of ['12/11 23:50', '12/11 17:00', '13/11 00:10', '13/11 11:30', '13/11 17:55', '14/11 00:30']) {
			await at(moment);
			await town.runLadder(3);
		}
		expect(await town.heard()).toEqual(told);
		await at('16/11 10:15');
		await town.runLadder();
		await at('13/11 16:00');
		await town.runLadder(3);
		expect(await town.heard()).toEqual({ ...told, Ana: [...told.Ana, '16/11 10:15 d0 A1'] });
	});

	it.each([
		['Rio Branco', '(68) 98765-0002', -5, '13/11 10:55', '13/11 11:00', '13/11 19:55', '13/11 20:00'],
		['Recife and Noronha', '(81) 98765-0003', -3, '13/11 08:55', '13/11 09:00', '13/11 17:55', '13/11 18:00'],
		['Manaus', '(92) 98765-0004', -4, '13/11 09:55', '13/11 10:00', '13/11 18:55', '13/11 19:00'],
	])('begins and ends with the lawful hours of %s (X-03)', async (_, phone, clock, before, opens, last, closed) => {
		const owes = { A1: '13/11' };
		await start([{ name: 'Ana', phone, clock: clock as -3, owes }], before);
		await town.runLadder();
		await at(closed);
		await town.runLadder();
		expect(await town.heard()).toEqual({ Ana: [] });
		await at(last);
		await town.runLadder();
		expect((await town.heard()).Ana).toEqual(['13/11 17:55 d0 A1']);
		await at(opens);
		await town.runLadder();
		expect((await town.heard()).Ana).toHaveLength(1);
	});

	it('asks again right before sending: what was paid after the plan is not sent', async () => {
		await start([{ ...ANA, owes: { A1: '13/11' } }, BENTO], '13/11 15:00');
		const { outcomes } = await runLadder(town.rig.desk, {
			channelId: town.rig.channelId,
			receivables: town.openReceivables(),
			policy: town.policy,
			isOpen: ({ invoice }) => invoice !== 'A1',
		});
		await town.quiet();
		expect(outcomes).toHaveLength(1);
		expect(await town.heard()).toEqual({ Ana: [], Bento: ['13/11 13:00 d0 B1'] });
	});
});
