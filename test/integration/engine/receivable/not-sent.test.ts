import type { SendRequest } from '../../../../engine/conversation/send';
import type { DunningPlan } from '../../../../engine/dunning/types';
import { rescueMessages } from '../../../../engine/outbox/recover';
import { resendMessage } from '../../../../engine/outbox/resend';
import { expireMessages } from '../../../../engine/outbox/expire';
import { cancelMessage } from '../../../../engine/outbox/cancel';
import { cancelWaiting } from '../../../../engine/outbox/cancel-about';
import { loadReleased } from '../../../../engine/receivable/told-steps';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { ReminderRig } from '../../../support/reminder-rig';
import { HOUR } from '../../../support/sending-facts';

const DAY = 24 * HOUR;

describe.each(STORES)('reminders that do not leave, or leave once more, on $name', ({ create }) => {
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
});
