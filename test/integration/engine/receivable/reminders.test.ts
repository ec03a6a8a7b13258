import type { KyselyPlugin } from 'kysely';
import { claimDue } from '../../../../engine/outbox/claim';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { ANA, phoneOf, ReminderRig, shortOf } from '../../../support/reminder-rig';
import { HOUR, someTemplate } from '../../../support/sending-facts';

const DAY = 24 * HOUR;

describe.each(STORES)('reminders of the payment ladder on $name', ({ create }) => {
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

	const row = async (n = 0) => (await desk.rig.rows())[n]!;

	it('are what their plan says: about their invoices, within their hours and validity, as notifications', async () => {
		const plan = somePlan({ steps: [planStep('tit-1'), planStep('tit/2', 'd0')] });
		expect(await desk.remind(plan, { kind: 'campaign', validUntil: desk.now + DAY, topics: ['ticket:tic_1'] })).toBe(
			'enqueued',
		);
		expect(await row()).toMatchObject({
			...{ purpose: 'reminder', priority: 1, dedupe_key: plan.dedupeKey, valid_until: plan.validUntil },
			topics: '["ticket:tic_1","invoice:acme/tit-1","invoice:acme/tit%2F2"]',
			contact_hours: JSON.stringify(plan.hours),
		});
		const known = await desk.rig.store.db.selectFrom('receivable').selectAll().orderBy('invoice').execute();
		expect(known).toMatchObject([
			{ invoice: 'tit-1', number: 'NF tit-1', payer: 'pay-1', due_date: '2026-03-07', state: 'open' },
			{ invoice: 'tit/2', amount_cents: 10_000, contact_id: (await row()).contact_id },
		]);
	});

	it('leave earlier when the node says so, and as campaigns when their template is marketing', async () => {
		const content = someTemplate({ category: 'marketing' });
		await desk.remind(somePlan(), { content, validUntil: desk.now + HOUR });
		expect(await row()).toMatchObject({ priority: 2, valid_until: desk.now + HOUR });
	});

	it('are told once per step, and the second run says when (D-34)', async () => {
		await desk.remind();
		expect(await desk.remind()).toBe('repeated');
		expect(await desk.rig.deliver()).toHaveLength(1);
		desk.rig.clock.advance(DAY);
		const [again] = await desk.send([desk.request(somePlan({ day: '2026-03-11' }))]);
		expect(again).toMatchObject({
			...{ type: 'refused', code: 'alreadySent', explanation: 'Ignorada: já enviada em 10/03/2026 às 10:00.' },
			contactId: (await row()).contact_id,
		});
		// However often it is planned again, it is told once.
		await desk.remind(somePlan({ day: '2026-03-11' }));
		expect(await desk.lines()).toEqual([['reminderSkipped', 'Ignorada: já enviada em 10/03/2026 às 10:00.']]);
		expect(await desk.remind(somePlan({ day: '2026-03-11', steps: [planStep('tit-1', 'd+4')] }))).toBe('enqueued');
	});

	it('are one per contact and day, whoever asks for it', async () => {
		await desk.remind();
		expect(await desk.remind(somePlan({ creditor: 'other', payer: 'pay-2', steps: [planStep('tit-9')] }))).toBe(
			'oneReminderPerDay',
		);
	});

	it('about what is overdue keep to the maximum of a week', async () => {
		for (const [day, expected] of [
			['2026-03-10', 'enqueued'],
			['2026-03-12', 'enqueued'],
			['2026-03-16', 'weeklyMaximum'],
			['2026-03-17', 'enqueued'],
		] as const) {
			desk.rig.clock.advance(Date.parse(`${day}T10:00:00-03:00`) - desk.now);
			expect([day, await desk.remind(somePlan({ day, steps: [planStep(`tit-${day}`)] }))]).toEqual([day, expected]);
			await desk.rig.deliver();
		}
	});

	it('keep to the maximum of a week whichever key the payer of a phone goes by', async () => {
		const heard: string[] = [];
		for (const [i, day] of ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'].entries()) {
			desk.rig.clock.advance(Date.parse(`${day}T10:00:00-03:00`) - desk.now);
			const payer = i % 2 === 0 ? '52998224725' : ANA;
			heard.push(await desk.remind(somePlan({ day, payer, steps: [planStep(`tit-${day}`)] })));
			await desk.rig.deliver();
		}
		expect(heard).toEqual(['enqueued', 'enqueued', 'weeklyMaximum', 'weeklyMaximum']);
	});

	it('are one per payer and day, on whichever of their phones', async () => {
		await desk.remind();
		const plan = somePlan({ dedupeKey: 'other', steps: [planStep('tit-2')] });
		expect(await desk.remind(plan, { recipient: { type: 'phone', phone: phoneOf(2) } })).toBe('oneReminderPerDay');
	});

	it('do not go out about a receivable that is not open, and say why', async () => {
		await desk.change({ type: 'settle' }, { known: { number: 'NF 1' } });
		await desk.change({ type: 'dispute' }, { invoice: 'tit-2' });
		const [paid] = await desk.send([desk.request()]);
		expect(paid).toMatchObject({ code: 'receivableSettled', explanation: 'Ignorada: a fatura NF tit-1 já foi paga.' });
		expect(await desk.remind(somePlan({ steps: [planStep('tit-3'), planStep('tit-2')] }))).toBe('receivableStopped');
		// Its other invoice may be told without it.
		expect(await desk.remind(somePlan({ steps: [planStep('tit-3')] }))).toBe('enqueued');
	});

	it('are refused when a receivable was settled after they were enqueued, although nobody took them back', async () => {
		await desk.remind();
		const key = { creditor: 'acme', invoice: 'tit-1' };
		await desk.rig.store.db
			.updateTable('receivable')
			.set({ state: 'paid' })
			.where('invoice', '=', key.invoice)
			.execute();
		await desk.rig.claim();
		expect(await row()).toMatchObject({
			...{ status: 'refused', error_code: 'receivableSettled' },
			explanation: 'Não enviada: a fatura NF tit-1 já foi paga.',
		});
	});

	it('leave a thank-you alone that is about the same paid invoice', async () => {
		await desk.change({ type: 'settle' });
		const thanks = desk.request(somePlan(), { dunning: undefined, topics: ['invoice:acme/tit-1'] });
		await desk.send([thanks]);
		expect(await desk.rig.deliver()).toHaveLength(1);
	});

	it('wait for the lawful hours of their reader, and are planned anew when the day has passed (X-03)', async () => {
		desk.rig.clock.advance(9 * HOUR);
		const open = somePlan({ validUntil: desk.now + DAY });
		await desk.remind(open);
		await desk.rig.claim();
		expect(await row()).toMatchObject({
			...{ status: 'queued', waits: 2, error_code: 'outsideContactHours' },
			not_before: Date.parse('2026-03-11T09:00:00-03:00'),
			explanation:
				'Adiada: fora do horário de contato permitido (seg. a sex. das 09:00 às 18:00). Sai amanhã às 09:00.',
		});
		desk.rig.clock.advance(13 * HOUR + 59 * 60_000);
		expect(await desk.rig.claimed()).toEqual([]);
		desk.rig.clock.advance(60_000);
		expect(await desk.rig.deliver()).toHaveLength(1);

		await desk.remind(somePlan({ payer: 'pay-2', day: '2026-03-11', steps: [planStep('tit-2')] }), {
			recipient: { type: 'phone', phone: phoneOf(2) },
		});
		desk.rig.clock.advance(9 * HOUR);
		await desk.rig.claim();
		expect(await row(1)).toMatchObject({ status: 'refused', error_code: 'outsideContactHours' });
		expect(await desk.remind(somePlan({ payer: 'pay-2', day: '2026-03-12', steps: [planStep('tit-2')] }))).toBe(
			'enqueued',
		);
	});

	it('planned by three runs at once are stored exactly once each (D-34)', async () => {
		const stores = [desk.rig.store, await desk.rig.another(), await desk.rig.another()];
		const people = 60;
		const run = (order: number[]) =>
			order.map((n) =>
				desk.request(somePlan({ payer: `pay-${n}`, steps: [planStep(`a-${n}`), planStep(`b-${n}`)] }), {
					recipient: { type: 'phone', phone: phoneOf(n) },
				}),
			);
		const forward = Array.from({ length: people }, (_, n) => n);
		const orders = [forward, [...forward].reverse(), [...forward.slice(30), ...forward.slice(0, 30)]];
		const results = await Promise.all(stores.map((store, i) => desk.send(run(orders[i]!), store)));
		// Each run in pieces too, against each other.
		const pieces = await Promise.all(
			stores.flatMap((store, i) => [0, 20, 40].map((from) => desk.send(run(orders[i]!.slice(from, from + 20)), store))),
		);
		const all = [...results, ...pieces].flat().map(shortOf);
		expect(all.filter((each) => each === 'enqueued')).toHaveLength(people);
		expect(new Set(all)).toEqual(new Set(['enqueued', 'repeated']));
		expect((await desk.messages()).map(([text]) => text).sort()).toEqual(
			forward.map((n) => `NF a-${n}, NF b-${n}`).sort(),
		);
		const count = async (table: 'dunning_step' | 'dunning_message') =>
			(await desk.rig.store.db.selectFrom(table).selectAll().execute()).length;
		expect([await count('dunning_step'), await count('dunning_message')]).toEqual([2 * people, people]);
	});

	it('planned by runs that group the invoices differently tell no step twice', async () => {
		const stores = [desk.rig.store, await desk.rig.another(), await desk.rig.another()];
		const groups = [
			['a', 'b', 'c'],
			['b', 'c'],
			['c', 'a'],
		];
		const results = await Promise.all(
			stores.map((store, i) =>
				desk.send(
					Array.from({ length: 30 }, (_, n) =>
						desk.request(
							somePlan({
								payer: `pay-${n}`,
								dedupeKey: `run-${i}-${n}`,
								steps: groups[i]!.map((name) => planStep(`${name}-${n}`)),
							}),
							{ recipient: { type: 'phone', phone: phoneOf(n) } },
						),
					),
					store,
				),
			),
		);
		for (let n = 0; n < 30; n++) {
			const told = results.map((each) => shortOf(each[n]!)).sort();
			expect(told).toEqual(['alreadySent', 'alreadySent', 'enqueued']);
		}
	});

	it('of different invoices, planned at once by several runs, are still one per contact and day', async () => {
		const people = Array.from({ length: 30 }, (_, n) => n);
		// Known beforehand: nothing but the day itself brings the runs together.
		for (const n of people) {
			await desk.remind(somePlan({ payer: `pay-${n}`, day: '2026-03-09', steps: [planStep(`before-${n}`)] }), {
				recipient: { type: 'phone', phone: phoneOf(n) },
			});
		}
		const stores = [desk.rig.store, await desk.rig.another(), await desk.rig.another()];
		const results = await Promise.all(
			stores.map((store, i) =>
				desk.send(
					people.map((n) =>
						desk.request(somePlan({ creditor: `creditor-${i}`, payer: `pay-${n}`, steps: [planStep(`own-${n}`)] }), {
							recipient: { type: 'phone', phone: phoneOf(n) },
						}),
					),
					store,
				),
			),
		);
		for (const n of people) {
			const told = results.map((each) => shortOf(each[n]!)).sort();
			expect(told).toEqual(['enqueued', 'oneReminderPerDay', 'oneReminderPerDay']);
		}
	});

	it('go on after a promise that was broken, which is told', async () => {
		await desk.change({ type: 'promise', date: '2026-03-12' }, { known: { number: 'NF 1' } });
		expect(await desk.remind(somePlan({ day: '2026-03-12' }))).toBe('receivableStopped');
		desk.rig.clock.advance(3 * DAY);
		expect(await desk.remind(somePlan({ day: '2026-03-13' }))).toBe('enqueued');
		expect((await desk.lines()).at(-1)).toEqual([
			'promiseBroken',
			'Promessa não cumprida: a fatura NF tit-1 não foi paga até 12/03/2026.',
		]);
		expect(await desk.rig.deliver()).toHaveLength(1);
	});

	it('cost other messages nothing: no reminder is looked for', async () => {
		await desk.send([desk.request(somePlan(), { dunning: undefined })]);
		const asked: string[] = [];
		const watch: KyselyPlugin = {
			transformQuery: ({ node }) => (asked.push(JSON.stringify(node)), node),
			transformResult: async ({ result }) => result,
		};
		const { claimed } = await desk.rig.store.transaction((tx) =>
			claimDue(tx.withPlugin(watch), desk.rig.store.dialect, desk.rig.request()),
		);
		expect([claimed.length, asked.length > 0]).toEqual([1, true]);
		expect(asked.filter((query) => /receivable|dunning|message_topic|wrong_person/.test(query))).toEqual([]);
	});
});
