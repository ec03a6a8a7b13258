import { setTimeout as wait } from 'node:timers/promises';
import { mergeContacts } from '../../../../engine/contact/merge-contacts';
import { releaseHeld } from '../../../../engine/outbox/release';
import { changeReceivables } from '../../../../engine/receivable/change';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { phoneOf, ReminderRig, shortOf } from '../../../support/reminder-rig';

const to = (n: number) => ({ recipient: { type: 'phone' as const, phone: phoneOf(n) } });

describe.each(STORES)('reminders and news at the same moment on $name', ({ create }) => {
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

	it('a payment either takes the reminder back or comes after it left, never both (X-04)', async () => {
		const other = await desk.rig.another();
		for (let n = 0; n < 30; n++) {
			await desk.remind(somePlan({ payer: `p-${n}`, steps: [planStep(`a-${n}`), planStep(`b-${n}`)] }), to(n));
			const paid = { creditor: 'acme', invoice: `${n % 2 ? 'a' : 'b'}-${n}`, change: { type: 'settle' as const } };
			const [{ claimed }, [result]] = await Promise.all([
				wait(n % 10).then(() => desk.rig.claim()),
				changeReceivables(other, [paid], desk.now),
			]);
			const { status } = (await desk.rig.rows()).at(-1)!;
			expect([claimed.length, result!.cancelled.length, status]).toEqual(
				claimed.length === 1 ? [1, 0, 'sending'] : [0, 1, 'refused'],
			);
		}
	});

	it('the second of two plans about other invoices of one payer hears that another reminder leaves that day', async () => {
		const plan = (...invoices: string[]) => somePlan({ steps: invoices.map((invoice) => planStep(invoice)) });
		expect(await desk.remind(plan('a'))).toBe('enqueued');
		const day =
			'Ignorada: este contato já tem o lembrete de 10/03/2026 (já está na caixa de saída desde 10/03/2026 às 10:00). Sai um por dia.';
		for (const second of [plan('b'), plan('a', 'b')]) {
			expect((await desk.send([desk.request(second)]))[0]).toMatchObject({
				...{ type: 'refused', code: 'oneReminderPerDay', explanation: day },
			});
		}
		expect(await desk.remind(plan('a'))).toBe('repeated');
		// Under another phone, and two at once.
		const [third] = await desk.send([desk.request(plan('b'), to(1))]);
		expect(third).toMatchObject({
			...{ type: 'refused', code: 'oneReminderPerDay' },
			explanation:
				'Ignorada: este pagador, em outro número, já tem o lembrete de 10/03/2026 (já está na caixa de saída desde 10/03/2026 às 10:00). Sai um por dia.',
		});
		const both = [plan('c'), plan('d')].map((each) => desk.request({ ...each, payer: 'p9', dedupeKey: 'p9' }, to(9)));
		expect((await desk.send(both)).map(shortOf)).toEqual(['enqueued', 'oneReminderPerDay']);
		// The day after, it is planned anew.
		desk.rig.clock.advance(86_400_000);
		expect(await desk.remind(somePlan({ day: '2026-03-11', steps: [planStep('b')] }))).toBe('enqueued');
	});

	it('“não sou eu” stops what is planned about another invoice of the payer at that moment', async () => {
		const other = await desk.rig.another();
		for (let n = 0; n < 15; n++) {
			await desk.remind(somePlan({ day: '2026-03-09', payer: `p-${n}`, steps: [planStep(`old-${n}`)] }), to(n));
			await desk.rig.deliver();
			const denied = { creditor: 'acme', invoice: `old-${n}`, change: { type: 'wrongPerson' as const } };
			await Promise.all([
				desk.remind(somePlan({ payer: `p-${n}`, steps: [planStep(`new-${n}`)] }), to(n)),
				changeReceivables(other, [denied], desk.now),
			]);
		}
		expect((await desk.rig.claim()).claimed).toEqual([]);
	});

	it('“não sou eu” is asked again when a reminder leaves, however it came to wait', async () => {
		await desk.remind();
		const { contact_id } = (await desk.rig.rows())[0]!;
		await desk.rig.store.db.insertInto('wrong_person').values({ contact_id, payer: 'pay-1', at: 1 }).execute();
		await desk.rig.claim();
		expect((await desk.rig.rows())[0]).toMatchObject({
			...{ status: 'refused', error_code: 'receivableStopped' },
			explanation: 'Não enviada: este número não é do pagador da fatura NF tit-1.',
		});
		// The debts of others are another matter.
		expect(await desk.remind(somePlan({ payer: 'ana', steps: [planStep('own')] }))).toBe('enqueued');
		expect(await desk.rig.deliver()).toHaveLength(1);
	});

	it('a reminder that waited for a start does not answer what its reader writes meanwhile, and is planned anew (X-04)', async () => {
		await desk.rig.configure({ dailyStarts: 1 });
		await desk.remind(somePlan({ payer: 'p-1', steps: [planStep('a')] }), to(1));
		await desk.remind(somePlan({ payer: 'p-2', steps: [planStep('b')] }), to(2));
		expect(await desk.rig.deliver()).toHaveLength(1);
		desk.rig.clock.advance(60_000);
		const waiting = (await desk.rig.rows())[1]!;
		expect(waiting.error_code).toBe('dailyCap');
		await desk.rig.wrote(waiting.contact_id);
		await desk.rig.store.transaction((tx) =>
			releaseHeld(tx, [{ contactId: waiting.contact_id, channelId: desk.rig.channelId }]),
		);
		expect(await desk.rig.deliver()).toEqual([]);
		expect((await desk.rig.rows())[1]).toMatchObject({ status: 'refused', error_code: 'replyPause' });
		const again = somePlan({ payer: 'p-2', day: '2026-03-11', steps: [planStep('b')] });
		expect(await desk.remind(again, to(2))).toBe('enqueued');
	});

	describe('of two contacts that turn out to be one person', () => {
		const remindBoth = async () => {
			await desk.remind(somePlan({ payer: 'p1', steps: [planStep('a')] }), to(1));
			await desk.remind(somePlan({ payer: 'p2', steps: [planStep('b')] }), to(2));
			const [one, two] = await desk.rig.rows();
			return [one!, two!] as const;
		};
		const merge = (keep: string, gone: string) =>
			desk.rig.store.transaction((tx) => mergeContacts(tx, keep, gone, desk.now));
		const mark = (id: string, status: 'sent' | 'refused') =>
			desk.rig.store.db
				.updateTable('outbox')
				.set({ status, error_code: status === 'refused' ? 'cancelled' : null })
				.where('id', '=', id)
				.execute();

		it('one leaves that day, and the other is free to be planned anew (D-34)', async () => {
			const [one, two] = await remindBoth();
			const lines = await merge(one.contact_id, two.contact_id);
			expect(lines.map(({ event, text }) => [event, text])).toContainEqual([
				'messageCancelled',
				'Lembrete cancelado: dois cadastros eram a mesma pessoa, que já tem outro lembrete neste dia. Sai um por dia.',
			]);
			expect(await desk.rig.deliver()).toHaveLength(1);
			expect(await desk.rig.deliver()).toEqual([]);
			const again = somePlan({ payer: 'p2', day: '2026-03-11', steps: [planStep('b')] });
			expect(await desk.remind(again, to(2))).toBe('enqueued');
		});

		it('the one that left holds the day, whichever contact stays', async () => {
			const [one, two] = await remindBoth();
			await mark(two.id, 'sent');
			await merge(one.contact_id, two.contact_id);
			expect(await desk.rig.deliver()).toEqual([]);
			expect(await desk.remind(somePlan({ payer: 'p3', steps: [planStep('c')] }), to(1))).toBe('oneReminderPerDay');
		});

		it('one that was refused holds no day', async () => {
			const [one, two] = await remindBoth();
			await mark(one.id, 'refused');
			await merge(one.contact_id, two.contact_id);
			expect(await desk.remind(somePlan({ payer: 'p3', steps: [planStep('c')] }), to(1))).toBe('oneReminderPerDay');
			expect(await desk.rig.deliver()).toHaveLength(1);
		});
	});
});
