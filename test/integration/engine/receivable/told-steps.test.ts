import { lockReminders, passReminder } from '../../../../engine/outbox/reminder-rows';
import { furthestTold, loadReleased } from '../../../../engine/receivable/told-steps';
import { toldSteps } from '../../../../engine/store/migrations/004-told-steps';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { ReminderRig } from '../../../support/reminder-rig';

describe.each(STORES)('the steps told of a receivable, beside it, on $name', ({ create }) => {
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

	/** By invoice, with the message that carries each step. */
	const beside = async () => {
		const rows = await desk.rig.store.db.selectFrom('receivable').select(['invoice', 'told']).execute();
		const entries = rows.flatMap(({ invoice, told }) =>
			told!.split('\u001e').map((one) => `${invoice} ${one.split('\u001f').join(' ')}`),
		);
		return entries.sort();
	};
	const taken = async () => {
		const rows = await desk.rig.store.db.selectFrom('dunning_step').selectAll().execute();
		return rows.map(({ invoice, step, at, outbox_id }) => `${invoice} ${step} ${at} ${outbox_id}`).sort();
	};
	const twoReminders = async () => {
		await desk.remind(somePlan({ steps: [planStep('tit-1', 'd0'), planStep('tit-2', 'd0')] }));
		desk.rig.clock.advance(3 * 86_400_000);
		await desk.remind(somePlan({ day: '2026-03-13', steps: [planStep('tit-1', 'd+3')] }));
	};

	it('are those that were taken, also when another message carries them (D-34)', async () => {
		await twoReminders();
		expect(await taken()).toHaveLength(3);
		expect(await beside()).toEqual(await taken());
		const [row] = await desk.rig.rows();
		await desk.rig.store.transaction(async (tx) => {
			await lockReminders(tx, desk.rig.store.dialect);
			await passReminder(tx, row!.id, 'out_another');
		});
		expect((await beside()).filter((line) => line.endsWith(' out_another'))).toHaveLength(2);
		expect(await beside()).toEqual(await taken());
	});

	it('are filled in for what was told before they were kept', async () => {
		await twoReminders();
		const { db, dialect } = desk.rig.store;
		await db.schema.alterTable('receivable').dropColumn('told').execute();
		await desk.rig.store.transaction((tx) => toldSteps.up(tx, dialect));
		expect(await beside()).toEqual(await taken());
	});

	it('leave out what messages carried that certainly reached nobody', async () => {
		await twoReminders();
		const { db } = desk.rig.store;
		const [first, second] = await desk.rig.rows();
		const refuse = (id: string, error_code: string) =>
			db.updateTable('outbox').set({ status: 'refused', error_code }).where('id', '=', id).execute();
		await refuse(first!.id, 'expired');
		await refuse(second!.id, 'unconfirmed');
		const released = await loadReleased(db);
		expect([...released]).toEqual([first!.id]);
		const { told } = await db
			.selectFrom('receivable')
			.select('told')
			.where('invoice', '=', 'tit-1')
			.executeTakeFirstOrThrow();
		const furthest = (free: ReadonlySet<string>, ...ladder: string[]) =>
			furthestTold(told!, free, (step) => ladder.indexOf(step));
		expect(furthest(released, 'd+3', 'd0')).toEqual({ step: 'd+3', at: desk.now });
		expect(furthest(released, 'd0')).toBeNull();
		expect(furthest(new Set(), 'd+3', 'd0')?.step).toBe('d0');
		expect(furthest(new Set(), 'd0', 'd+3')?.step).toBe('d+3');
		expect(furthest(new Set(), 'd+9')).toBeNull();
	});
});
