import type { KyselyPlugin } from 'kysely';
import type { SendRequest } from '../../../../engine/conversation/send';
import type { DunningPlan } from '../../../../engine/dunning/types';
import { claimDue } from '../../../../engine/outbox/claim';
import { rescueMessages } from '../../../../engine/outbox/recover';
import { resendMessage } from '../../../../engine/outbox/resend';
import { expireMessages } from '../../../../engine/outbox/expire';
import { cancelMessage } from '../../../../engine/outbox/cancel';
import { cancelWaiting } from '../../../../engine/outbox/cancel-about';
import { changeReceivables, type ReceivableChange } from '../../../../engine/receivable/change';
import { loadReleased } from '../../../../engine/receivable/told-steps';
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

	const cancel = (id: string) =>
		desk.rig.store.transaction((tx) => cancelWaiting(tx, [id], { explanation: 'Cancelada.' }, desk.now));
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

	describe('that were refused before they could reach anybody', () => {
		it('leave their steps and their day free: the same plan is told anew (D-34)', async () => {
			await desk.remind();
			await cancel((await row()).id);
			expect(await desk.remind()).toBe('enqueued');
			await cancel((await row(1)).id);
			expect(await desk.remind()).toBe('enqueued');
			expect(await desk.remind()).toBe('repeated');
			expect((await desk.messages()).map(([, status]) => status)).toEqual(['refused', 'refused', 'queued']);
			expect(await desk.rig.deliver()).toHaveLength(1);
		});

		it('do so after they ran out of time', async () => {
			await desk.remind(somePlan(), { outsideWindow: { type: 'hold' } });
			await expireMessages(desk.rig.store, somePlan().validUntil + 1);
			expect(await desk.remind(somePlan({ day: '2026-03-11' }))).toBe('enqueued');
		});

		it('do not count in the week', async () => {
			for (const day of ['2026-03-09', '2026-03-10', '2026-03-11']) {
				await desk.remind(somePlan({ day, steps: [planStep(`tit-${day}`)] }));
			}
			const ids = (await desk.rig.rows()).map(({ id }) => id);
			expect(ids).toHaveLength(2);
			await cancel(ids[0]!);
			expect(await desk.remind(somePlan({ day: '2026-03-12', steps: [planStep('tit-x')] }))).toBe('enqueued');
		});

		it('do not when they may have arrived', async () => {
			await desk.remind();
			await desk.rig.store.db
				.updateTable('outbox')
				.set({ status: 'refused', error_code: 'unconfirmed', finished_at: desk.now })
				.execute();
			expect(await desk.remind()).toBe('repeated');
			expect(await desk.remind(somePlan({ day: '2026-03-11' }))).toBe('alreadySent');
		});

		it('do not when one attempt may have arrived, and time ran out before the next (D-34)', async () => {
			await desk.remind();
			const { store } = desk.rig;
			const { id } = await row();
			// Handed to the network, and nobody answered: a linked device hears nothing of a phone that is off.
			await store.db
				.updateTable('outbox')
				.set({ status: 'unknown', attempts: 1, claimed_by: 'gone', claimed_at: desk.now - HOUR })
				.execute();
			const rescuer = { me: 'me', inHand: new Set<string>(), reconcileMs: 60_000, listeningSince: 0 };
			expect(await rescueMessages(store, [desk.rig.channelId], rescuer, desk.now)).toBe(1);
			await expireMessages(store, somePlan().validUntil + 1);
			const text =
				'Não enviada de novo: a validade da mensagem terminou antes do envio. Uma tentativa anterior ficou sem confirmação e pode ter chegado.';
			expect(await row()).toMatchObject({
				id,
				status: 'refused',
				error_code: 'expired',
				explanation: text,
				unconfirmed: 1,
			});
			expect(
				await store.db.selectFrom('timeline').select('text').where('event', '=', 'messageRefused').execute(),
			).toEqual([{ text }]);
			expect(await loadReleased(store.db)).toEqual(new Set());
			expect(await desk.remind(somePlan({ day: '2026-03-11' }))).toBe('alreadySent');
		});
	});

	describe('that somebody took back', () => {
		const takeBack = async () => {
			await desk.remind();
			const { id } = await row();
			const { store } = desk.rig;
			return store.transaction((tx) => cancelMessage(tx, store.dialect, id, 'Cancelada por Bruno.', desk.now));
		};

		it('are not sent by the next run: the ladder goes on with the next step (D-34)', async () => {
			expect(await takeBack()).toEqual({ type: 'cancelled' });
			const explanation = 'Cancelada por Bruno. A régua não repete este passo e segue com o próximo.';
			expect(await row()).toMatchObject({ status: 'refused', error_code: 'takenBack', explanation });
			expect(await desk.lines()).toEqual([['messageCancelled', explanation]]);
			desk.rig.clock.advance(HOUR);
			expect(await desk.remind()).toBe('repeated');
			const [again] = await desk.send([desk.request(somePlan({ day: '2026-03-11' }))]);
			expect(again).toMatchObject({
				...{ code: 'alreadySent', explanation: 'Ignorada: cancelada por alguém em 10/03/2026 às 10:00.' },
			});
			expect(await desk.rig.deliver()).toEqual([]);
			expect(await desk.remind(somePlan({ day: '2026-03-11', steps: [planStep('tit-1', 'd+4')] }))).toBe('enqueued');
		});

		it('may be sent once more by a person', async () => {
			await takeBack();
			const { id } = await row();
			const { store } = desk.rig;
			const how = { evenIfSent: false, by: 'por Bruno' };
			const resent = await store.transaction((tx) => resendMessage(tx, store.dialect, id, how, desk.now));
			expect(resent.type).toBe('enqueued');
			expect(await desk.rig.deliver()).toHaveLength(1);
		});

		it('are called so only when they are reminders', async () => {
			await desk.send([desk.request(somePlan(), { dunning: undefined })]);
			const { id } = await row();
			const { store } = desk.rig;
			await store.transaction((tx) => cancelMessage(tx, store.dialect, id, 'Cancelada por Bruno.', desk.now));
			expect(await row()).toMatchObject({ error_code: 'cancelled', explanation: 'Cancelada por Bruno.' });
		});
	});

	describe('that are sent once more by a person', () => {
		const resend = async (n: number, evenIfSent = false) => {
			const { id } = await row(n);
			const { store } = desk.rig;
			return store.transaction((tx) => resendMessage(tx, store.dialect, id, { evenIfSent, by: 'por Bruno' }, desk.now));
		};

		it('keep their topics and hours, and carry their steps on', async () => {
			await desk.remind();
			await cancel((await row()).id);
			expect(await resend(0)).toMatchObject({ type: 'enqueued' });
			expect(await row(1)).toMatchObject({
				...{ purpose: 'reminder', topics: '["invoice:acme/tit-1"]' },
				contact_hours: JSON.stringify(somePlan().hours),
			});
			expect(await desk.remind()).toBe('alreadySent');
			await desk.change({ type: 'settle' });
			expect((await row(1)).error_code).toBe('cancelled');
		});

		it('are refused when a later reminder told the same step', async () => {
			await desk.remind();
			await cancel((await row()).id);
			await desk.remind();
			expect(await resend(0)).toMatchObject({
				code: 'remindedSince',
				explanation: 'Não reenviada: outro lembrete da mesma fatura foi feito depois deste.',
			});
		});

		it('although they were sent, are judged all the same, and leave the step with the first', async () => {
			await desk.remind();
			await desk.rig.deliver();
			expect(await resend(0, true)).toMatchObject({ type: 'enqueued' });
			await desk.rig.store.db.updateTable('receivable').set({ state: 'paid' }).execute();
			await desk.rig.claim();
			expect((await row(1)).error_code).toBe('receivableSettled');
			await desk.change({ type: 'reopen' });
			expect(await desk.remind(somePlan({ day: '2026-03-12' }))).toBe('alreadySent');
		});
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

	it('about a payer go no more to a contact who is somebody else, whatever the invoice', async () => {
		await desk.remind();
		const result = await desk.change({ type: 'wrongPerson' });
		expect(result.cancelled).toEqual([(await row()).id]);
		const other = somePlan({ day: '2026-03-11', steps: [planStep('tit-new')] });
		const [refused] = await desk.send([desk.request(other)]);
		expect(refused).toMatchObject({
			code: 'receivableStopped',
			explanation: 'Ignorada: este número não é do pagador da fatura NF tit-new.',
		});
		// The payer's right number, and the contact's own debts, are another matter.
		expect(await desk.remind(other, { recipient: { type: 'phone', phone: phoneOf(7) } })).toBe('enqueued');
		expect(await desk.remind(somePlan({ payer: 'ana', day: '2026-03-12', steps: [planStep('own')] }))).toBe('enqueued');
		await desk.change({ type: 'reopen' });
		const later = somePlan({ day: '2026-03-13', steps: [planStep('tit-later')], maxPerWeek: 3 });
		expect(await desk.remind(later)).toBe('enqueued');
	});

	describe('whose reader writes between the plan and the outbox', () => {
		const MINUTE = 60_000;
		/** Planned at ten, the reader writes a minute later, enqueued at 10:02. */
		const interrupted = async (more: Partial<DunningPlan> = {}, request: Partial<SendRequest> = {}) => {
			await desk.remind(somePlan({ day: '2026-03-09', steps: [planStep('x')], validUntil: desk.now + HOUR }));
			await desk.rig.deliver();
			const plan = somePlan({ plannedAt: desk.now, ...more });
			desk.rig.clock.advance(MINUTE);
			await desk.rig.wrote((await row()).contact_id, desk.now);
			desk.rig.clock.advance(MINUTE);
			expect(await desk.remind(plan, request)).toBe('enqueued');
			return plan;
		};

		it('do not leave: the ladder decides anew after its pause (X-04)', async () => {
			await interrupted();
			expect(await desk.rig.deliver()).toEqual([]);
			expect(await row(1)).toMatchObject({ status: 'refused', error_code: 'replyPause' });
			desk.rig.clock.advance(DAY);
			expect(await desk.remind(somePlan({ day: '2026-03-11', plannedAt: desk.now }))).toBe('enqueued');
			expect(await desk.rig.deliver()).toHaveLength(1);
		});

		it('leave when it was to wait for them, and when an earlier version planned it', async () => {
			await interrupted({}, { outsideWindow: { type: 'hold' } });
			expect(await desk.rig.deliver()).toHaveLength(1);
			await desk.rig.store.db.deleteFrom('dunning_message').execute();
			await interrupted({ plannedAt: undefined, steps: [planStep('tit-2')], dedupeKey: 'second' });
			expect(await desk.rig.deliver()).toHaveLength(1);
		});

		it('leave when a person sends them once more', async () => {
			await interrupted();
			await desk.rig.claim();
			const { id } = await row(1);
			const { store } = desk.rig;
			await store.transaction((tx) =>
				resendMessage(tx, store.dialect, id, { evenIfSent: false, by: 'por Bruno' }, desk.now),
			);
			expect(await desk.rig.deliver()).toHaveLength(1);
		});

		it('say when they were put into the outbox, not when they were planned', async () => {
			await desk.remind(somePlan({ plannedAt: desk.now - HOUR }));
			const [second] = await desk.send([desk.request(somePlan({ dedupeKey: 'other', steps: [planStep('tit-2')] }))]);
			expect(second).toHaveProperty('explanation', expect.stringContaining('desde 10/03/2026 às 10:00'));
		});
	});

	describe('to somebody who is not the payer', () => {
		const paidThenDenied = async (more: Partial<ReceivableChange> = {}) => {
			await desk.remind();
			await desk.rig.deliver();
			desk.rig.clock.advance(DAY);
			await desk.change({ type: 'settle' });
			const waiting = somePlan({ day: '2026-03-11', steps: [planStep('tit-2')] });
			expect(await desk.remind(waiting)).toBe('enqueued');
			return desk.change({ type: 'wrongPerson' }, { conversationId: 'cnv_1', ...more });
		};
		const remembered = () => desk.rig.store.db.selectFrom('wrong_person').select(['contact_id', 'payer']).execute();

		it('end although the invoice was paid meanwhile: what waits is taken back, the next one is not told (B-09)', async () => {
			const result = await paidThenDenied();
			const { contact_id } = await row();
			expect(await remembered()).toEqual([{ contact_id, payer: 'pay-1' }]);
			const text =
				'Este contato não é o pagador da fatura NF tit-1. Nada mais sobre esse pagador vai para este contato.';
			expect(result).toMatchObject({
				...{ result: 'stale', receivable: { state: 'paid' }, cancelled: [(await row(1)).id] },
				explanation: `A fatura NF tit-1 consta como paga desde 11/03/2026: nada mudou. ${text}`,
			});
			expect((await desk.lines()).slice(-2)).toEqual([
				['wrongPerson', text],
				['messageCancelled', 'Cancelada: este número não é do pagador da fatura NF tit-1.'],
			]);
			const next = somePlan({ day: '2026-04-10', steps: [planStep('tit-3')] });
			expect(await desk.remind(next)).toBe('receivableStopped');
			// Said again, it is told once.
			const before = (await desk.lines()).length;
			await desk.change({ type: 'wrongPerson' });
			expect(await desk.lines()).toHaveLength(before);
		});

		it('go on once the number is corrected, also by reopening an invoice that is open', async () => {
			await paidThenDenied();
			const next = somePlan({ day: '2026-03-12', steps: [planStep('tit-3')] });
			expect(await desk.remind(next)).toBe('receivableStopped');
			expect(await desk.change({ type: 'reopen' }, { invoice: 'tit-3' })).toMatchObject({ result: 'unchanged' });
			expect(await remembered()).toEqual([]);
			expect(await desk.remind(next)).toBe('enqueued');
		});

		it('are not ended by what was said before the number was corrected', async () => {
			await desk.remind();
			await desk.change({ type: 'wrongPerson' });
			await desk.change({ type: 'reopen' });
			const late = await desk.change({ type: 'wrongPerson' }, { occurredAt: desk.now - HOUR });
			expect([late.result, await remembered()]).toEqual(['stale', []]);
		});

		it('follow the last word when both come at once', async () => {
			await desk.remind();
			const said = (type: 'reopen' | 'wrongPerson') => ({ creditor: 'acme', invoice: 'tit-1', change: { type } });
			await changeReceivables(desk.rig.store, [said('wrongPerson'), said('reopen')], desk.now);
			expect(await remembered()).toEqual([]);
			await changeReceivables(desk.rig.store, [said('reopen'), said('wrongPerson')], desk.now);
			expect(await remembered()).toHaveLength(1);
		});
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
