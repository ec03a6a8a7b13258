import { changeReceivables, type ReceivableChange } from '../../../../engine/receivable/change';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { phoneOf, ReminderRig } from '../../../support/reminder-rig';
import { HOUR } from '../../../support/sending-facts';

const DAY = 24 * HOUR;

describe.each(STORES)('reminders to who is not the payer on $name', ({ create }) => {
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
});
