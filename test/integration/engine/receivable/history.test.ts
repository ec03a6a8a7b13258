import { NO_HISTORY } from '../../../../engine/dunning/types';
import { cancelMessage } from '../../../../engine/outbox/cancel';
import { cancelWaiting } from '../../../../engine/outbox/cancel-about';
import { loadHistories, type PlannedPayer } from '../../../../engine/receivable/history';
import { loadReleased } from '../../../../engine/receivable/told-steps';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { ANA, phoneOf, ReminderRig } from '../../../support/reminder-rig';
import { HOUR } from '../../../support/sending-facts';

const DAY = 24 * HOUR;
const LADDER = ['d0', 'd+3'];

describe.each(STORES)('what is known of payers on $name', ({ create }) => {
	let test: TestStore;
	let desk: ReminderRig;

	beforeEach(async () => {
		test = await create();
		desk = await ReminderRig.open(test.settings);
	});
	afterEach(async () => {
		await desk.close();
		await test.drop();
	});

	const payer = (more: Partial<PlannedPayer> = {}): PlannedPayer => ({
		...{ key: 'pay-1', creditor: 'acme', phone: '+5511987654321', invoices: ['tit-1', 'tit-2'] },
		...more,
	});
	const load = async (...payers: PlannedPayer[]) => {
		const { db } = desk.rig.store;
		return loadHistories(db, payers, desk.now - 8 * DAY, await loadReleased(db), (step) => LADDER.indexOf(step));
	};
	const one = async (more: Partial<PlannedPayer> = {}) => (await load(payer(more))).get('pay-1')!;

	it('is nothing for who was never written to', async () => {
		expect(await one()).toBe(NO_HISTORY);
		expect((await load(payer(), payer({ key: 'pay-2', phone: null }))).size).toBe(2);
		expect((await load()).size).toBe(0);
	});

	it('tells the steps that were told or are about to be, and the reminders of the last days', async () => {
		const told = desk.now;
		await desk.remind(somePlan({ steps: [planStep('tit-1', 'd0'), planStep('tit-3', 'd0')] }));
		await desk.rig.deliver();
		desk.rig.clock.advance(3 * DAY);
		await desk.remind(somePlan({ day: '2026-03-13', afterDue: false, steps: [planStep('tit-1', 'd+3')] }));
		const known = await one();
		expect([...known.steps]).toEqual([
			// The one before it changes nothing.
			['tit-1', [{ step: 'd+3', at: desk.now }]],
		]);
		expect(known.messages).toEqual([
			{ day: '2026-03-10', at: told, afterDue: true },
			{ day: '2026-03-13', at: desk.now, afterDue: false },
		]);
		expect(known.receivables.size).toBe(0);
		desk.rig.clock.advance(6 * DAY);
		expect((await one()).messages).toHaveLength(1);
		expect((await one()).steps.get('tit-1')).toHaveLength(1);
		expect((await one({ creditor: 'other' })).steps.size).toBe(0);
	});

	it('tells what the phone heard under another key of the payer (CPF here, phone there)', async () => {
		const told = desk.now;
		await desk.remind(somePlan({ payer: 'by-phone', steps: [planStep('tit-8')] }));
		expect((await one()).messages).toEqual([{ day: '2026-03-10', at: told, afterDue: true, asOther: true }]);
		expect((await one({ phone: phoneOf(5) })).messages).toEqual([]);
		// The same message is one for both keys.
		expect((await load(payer({ key: 'by-phone' }))).get('by-phone')!.messages).toHaveLength(1);
		const [row] = await desk.rig.rows();
		await desk.rig.store.transaction((tx) => cancelWaiting(tx, [row!.id], { explanation: 'Cancelada.' }, desk.now));
		expect((await one()).messages).toEqual([]);
		desk.rig.clock.advance(9 * DAY);
		expect(await one()).toBe(NO_HISTORY);
	});

	it('leaves out what was refused before it could reach anybody', async () => {
		await desk.remind();
		const [row] = await desk.rig.rows();
		await desk.rig.store.transaction((tx) => cancelWaiting(tx, [row!.id], { explanation: 'Cancelada.' }, desk.now));
		expect(await one()).toBe(NO_HISTORY);
		await desk.rig.store.db.updateTable('outbox').set({ error_code: '131026' }).execute();
		expect((await one()).steps.get('tit-1')).toHaveLength(1);
		expect((await one()).messages).toHaveLength(1);
	});

	it('keeps what somebody took back, so that the next step is what comes', async () => {
		await desk.remind();
		const [row] = await desk.rig.rows();
		const { store } = desk.rig;
		await store.transaction((tx) => cancelMessage(tx, store.dialect, row!.id, 'Cancelada.', desk.now));
		expect((await one()).steps.get('tit-1')).toEqual([{ step: 'd+3', at: desk.now }]);
	});

	it('tells where each receivable stands, and how many promises there were', async () => {
		await desk.change({ type: 'promise', date: '2026-03-12' });
		await desk.change({ type: 'dispute' }, { invoice: 'tit-2' });
		const { receivables } = await one();
		expect(receivables.get('tit-1')).toMatchObject({ state: 'promised', promiseDate: '2026-03-12', promises: 1 });
		expect(receivables.get('tit-2')).toMatchObject({ state: 'disputed' });
		// A broken promise stays known when the ladder goes on.
		desk.rig.clock.advance(3 * DAY);
		await desk.remind(somePlan({ day: '2026-03-13' }));
		expect((await one()).receivables.get('tit-1')).toMatchObject({ state: 'open', promiseDate: '2026-03-12' });
	});

	it('tells that it was reopened, and when, also when there never was a promise', async () => {
		await desk.change({ type: 'claimPaid' });
		desk.rig.clock.advance(3 * DAY);
		await desk.change({ type: 'reopen' });
		expect((await one()).receivables.get('tit-1')).toMatchObject({
			state: 'open',
			stateAt: desk.now,
			reason: 'reaberta',
		});
	});

	it('knows the person behind the phone: when they wrote, that they opted out, that they are somebody else', async () => {
		await desk.remind(somePlan({ payer: 'pay-9', steps: [planStep('tit-9')] }), {
			recipient: { type: 'phone', phone: ANA },
		});
		const { contact_id } = (await desk.rig.rows())[0]!;
		await desk.rig.wrote(contact_id, desk.now - 2 * HOUR);
		await desk.rig.wrote(contact_id, desk.now - HOUR);
		await desk.rig.store.db
			.insertInto('consent')
			.values({
				...{ contact_id, opted_out_at: desk.now - 5, marketing_out_at: null, opted_in_at: null, proof: null },
				updated_at: desk.now,
			})
			.execute();
		await desk.rig.store.db.insertInto('wrong_person').values({ contact_id, payer: 'pay-1', at: desk.now }).execute();
		const known = await one();
		expect(known).toMatchObject({ lastInboundAt: desk.now - HOUR, optedOutAt: desk.now - 5 });
		expect([...known.receivables.values()].map(({ invoice, state }) => [invoice, state])).toEqual([
			['tit-1', 'wrongPerson'],
			['tit-2', 'wrongPerson'],
		]);
		expect(await one({ phone: phoneOf(3) })).toBe(NO_HISTORY);
		expect((await one({ phone: null })).lastInboundAt).toBeNull();
	});
});
