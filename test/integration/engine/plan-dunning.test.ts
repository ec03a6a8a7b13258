import {
	dunningPolicy,
	openDesk,
	planAll,
	planDunning,
	type Decision,
	type Desk,
	type Receivable,
} from '../../../engine';
import { touchReceivables } from '../../../engine/receivable/rows';
import { noteTold } from '../../../engine/receivable/told-steps';
import { insertMany } from '../../../engine/store/sql';
import { CREDITOR } from '../../support/dunning-town';
import { STORES, type TestStore } from '../../support/each-store';
import { StandingClock } from '../../support/moving-clock';

/** Friday, 10:00 in São Paulo. */
const NOW = Date.parse('2026-11-13T13:00:00Z');
const POLICY = dunningPolicy({ creditor: CREDITOR });

function owed(payer: number, n: number, creditor = '11222333000181'): Receivable {
	return {
		creditor,
		invoice: `T${payer}-${n}`,
		number: `NF ${payer}/${n}`,
		payer: {
			key: `P${payer}`,
			name: `Cliente ${payer}`,
			document: null,
			phone: `+55119${String(81_000_000 + payer)}`,
			uf: null,
			segment: null,
		},
		dueDate: '2026-11-13',
		issuedOn: null,
		amountCents: 10_000,
		status: 'open',
		humanReason: '',
		charges: null,
		boleto: null,
		pix: null,
		link: null,
	};
}

const owedBy = (payer: number, count: number) => Array.from({ length: count }, (_, n) => owed(payer, n));
const collect = async (stream: AsyncIterable<Decision>) => {
	const decisions: Decision[] = [];
	for await (const decision of stream) decisions.push(decision);
	return decisions;
};
/** 'payer: how many invoices' of every reminder. */
const reminders = (decisions: Decision[]) =>
	decisions.flatMap((decision) =>
		decision.type === 'sendNow' ? [`${decision.payer.key}: ${decision.invoices.length}`] : [],
	);

describe.each(STORES)('planning reminders on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock: new StandingClock(NOW) });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const told = (invoice: string, creditor: string, step = 'd0') =>
		desk.store.transaction(async (tx) => {
			await insertMany(tx, 'dunning_step', [{ creditor, invoice, step, outbox_id: 'out_1', at: NOW - 1 }]);
			await touchReceivables(tx, [{ creditor, invoice }], NOW - 1);
			await noteTold(tx, [{ creditor, invoice }]);
		});

	it('cuts no payer in two, however many receivables they have', async () => {
		// The second payer lies across the border of a chunk, the third is longer than one.
		const list = [...owedBy(1, 1_999), ...owedBy(2, 3), ...owedBy(3, 5_000), ...owedBy(4, 1)];
		const expected = ['P1: 1999', 'P2: 3', 'P3: 5000', 'P4: 1'];
		expect(reminders(await collect(planDunning(desk, list, POLICY, NOW)))).toEqual(expected);
		const pages = (async function* () {
			for (const each of list) yield each;
		})();
		expect(reminders(await collect(planDunning(desk, pages, POLICY, NOW)))).toEqual(expected);
	});

	it('brings the receivables of a payer together when it has the whole list', async () => {
		const list = [owed(1, 0), owed(2, 0), owed(1, 1), owed(3, 0), owed(2, 1)];
		expect(reminders(await planAll(desk, list, POLICY, NOW))).toEqual(['P1: 2', 'P2: 2', 'P3: 1']);
	});

	it('knows what was told in every chunk (D-34)', async () => {
		const payers = Array.from({ length: 6_000 }, (_, payer) => owed(payer, 0));
		for (const payer of [0, 2_500, 5_999]) await told(`T${payer}-0`, '11222333000181');
		const decisions = await planAll(desk, payers, POLICY, NOW);
		expect(reminders(decisions)).toHaveLength(5_997);
		const skipped = decisions.flatMap((each) =>
			each.type === 'skipped' ? [`${each.receivable.invoice} ${each.code}`] : [],
		);
		expect(skipped).toEqual(['T0-0 alreadySent', 'T2500-0 alreadySent', 'T5999-0 alreadySent']);
	});

	it('keeps creditors apart that use the same numbers', async () => {
		await told('T1-0', 'norte');
		const decisions = await planAll(desk, [owed(1, 0, 'norte'), owed(1, 0, 'sul')], POLICY, NOW);
		expect(decisions.map((each) => [each.type, each.type === 'sendNow' ? each.plan.creditor : ''])).toEqual([
			['skipped', ''],
			['sendNow', 'sul'],
		]);
	});

	it('reads a stream as it is asked for, no further than a chunk ahead', async () => {
		let taken = 0;
		const source = (function* () {
			for (let payer = 0; payer < 50_000; payer++) {
				taken++;
				yield owed(payer, 0);
			}
		})();
		const stream = planDunning(desk, source, POLICY, NOW);
		expect(taken).toBe(0);
		await stream.next();
		expect(taken).toBeGreaterThan(0);
		expect(taken).toBeLessThan(5_000);
		await stream.return();
		expect(taken).toBeLessThan(5_000);
	});

	it('writes nothing', async () => {
		await planAll(desk, owedBy(1, 3), POLICY, NOW);
		for (const table of ['outbox', 'dunning_step', 'dunning_message', 'receivable', 'contact', 'timeline'] as const) {
			expect([table, await desk.store.db.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
		}
	});

	it('refuses a policy without a creditor before anything is read (CDC 42-A)', () => {
		const anonymous = { ...POLICY, creditor: { ...CREDITOR, address: '' } };
		expect(() => planDunning(desk, owedBy(1, 1), anonymous, NOW)).toThrow("The creditor's address is missing.");
	});

	it('decides nothing about nothing', async () => {
		expect(await planAll(desk, [], POLICY, NOW)).toEqual([]);
		expect(await collect(planDunning(desk, [], POLICY, NOW))).toEqual([]);
	});
});
