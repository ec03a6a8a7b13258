import { stepFigures, type LoadedFigures } from '../../../../../engine/usage/receivables/figures';
import type { LoadedReminder, LoadedStep } from '../../../../../engine/usage/receivables/load';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 10:00 in São Paulo. */
const MONDAY_10H = Date.parse('2026-11-09T13:00:00Z');
const OPTIONS = { recoveryDays: 7, zone: 'America/Sao_Paulo' };

const reminder = (outboxId: string, facts: Partial<LoadedReminder> = {}): LoadedReminder => ({
	...{ outboxId, contactId: 'ana', at: MONDAY_10H, status: 'sent', delivery: 'delivered', code: null },
	...{ explanation: null, finishedAt: facts.at ?? MONDAY_10H, costMicros: 6_800, currency: 'USD' },
	...facts,
});
const step = (invoiceKey: string, key: string, outboxId: string, facts: Partial<LoadedStep> = {}): LoadedStep => ({
	...{ invoiceKey, step: key, outboxId, at: MONDAY_10H, sentAt: facts.at ?? MONDAY_10H, paidAt: null, paidCents: 0 },
	...facts,
});
const figures = (loaded: Partial<LoadedFigures>, options = OPTIONS) =>
	stepFigures({ reminders: [], steps: [], replies: new Map(), optOuts: new Map(), ...loaded }, options);

describe('what the steps of the ladder brought', () => {
	it('counts a message in each step it tells, once in the total, and shares its cost between them', () => {
		const steps = [step('1', 'd+7', 'out_1'), step('2', 'd0', 'out_1'), step('3', 'd0', 'out_1')];
		const { steps: byStep, total } = figures({ reminders: [reminder('out_1', { delivery: 'read' })], steps });
		expect(byStep.get('d0')).toMatchObject({ reminders: 1, invoices: 2, read: 1, costs: { USD: 0.004533 } });
		expect(byStep.get('d+7')).toMatchObject({ reminders: 1, invoices: 1, costs: { USD: 0.002267 } });
		expect(total).toMatchObject({ reminders: 1, invoices: 3, sent: 1, delivered: 1, read: 1, costs: { USD: 0.0068 } });
	});

	it('gives a payment to the last step told before it, however many there were', () => {
		const paid = { paidAt: MONDAY_10H + 5 * DAY, paidCents: 45_990 };
		const steps = [
			step('1', 'd-3', 'out_1', paid),
			step('1', 'd0', 'out_2', { at: MONDAY_10H + 3 * DAY, ...paid }),
			step('1', 'd+7', 'out_3', { at: MONDAY_10H + 10 * DAY, ...paid }),
		];
		const reminders = ['out_1', 'out_2', 'out_3'].map((id, i) => reminder(id, { at: steps[i]!.at }));
		const { steps: byStep, total } = figures({ reminders, steps });
		expect([...byStep].map(([key, { paidInvoices, recoveredCents }]) => [key, paidInvoices, recoveredCents])).toEqual([
			['d-3', 0, 0],
			['d0', 1, 45_990],
			['d+7', 0, 0],
		]);
		expect(total).toMatchObject({ paidInvoices: 1, recoveredCents: 45_990, costPerReal: { USD: 0.000044357 } });
	});

	it('gives a payment to no step of the period when a later reminder came in between', () => {
		const paid = { paidAt: MONDAY_10H + 5 * DAY, paidCents: 45_990 };
		const steps = [step('1', 'd-3', 'out_1', paid), step('1', 'd0', 'later', { at: MONDAY_10H + 3 * DAY, ...paid })];
		expect(figures({ reminders: [reminder('out_1')], steps }).total.paidInvoices).toBe(0);
	});

	it.each([
		['seven days later', MONDAY_10H + 7 * DAY, 1],
		['on the seventh evening', MONDAY_10H + 7 * DAY + 13 * HOUR, 1],
		['eight days later', MONDAY_10H + 8 * DAY, 0],
		['an hour before', MONDAY_10H - HOUR, 0],
		['on the day of the reminder, as banks tell it', Date.parse('2026-11-09T03:00:00Z'), 1],
		['the day before, as banks tell it', Date.parse('2026-11-08T03:00:00Z'), 0],
	])('counts a payment %s', (_, paidAt, paidInvoices) => {
		const steps = [step('1', 'd0', 'out_1', { paidAt, paidCents: 100 })];
		expect(figures({ reminders: [reminder('out_1')], steps }).total.paidInvoices).toBe(paidInvoices);
	});

	it('thanks no reminder that never left', () => {
		const steps = [step('1', 'd0', 'out_1', { sentAt: null, paidAt: MONDAY_10H + DAY, paidCents: 100 })];
		const refused = reminder('out_1', { status: 'refused', delivery: null, finishedAt: MONDAY_10H });
		expect(figures({ reminders: [refused], steps }).total).toMatchObject({ sent: 0, notReached: 1, paidInvoices: 0 });
	});

	it('counts an answer that came in the second of the reminder, of which WhatsApp tells no more', () => {
		const loaded = {
			reminders: [reminder('out_1', { finishedAt: MONDAY_10H + 480 })],
			steps: [step('1', 'd0', 'out_1')],
		};
		const repliedAt = (at: number) => figures({ ...loaded, replies: new Map([['ana', [at]]]) }).total.replied;
		expect([repliedAt(MONDAY_10H), repliedAt(MONDAY_10H - 1_000)]).toEqual([1, 0]);
	});

	it('counts an answer within 72 h for the last reminder before it', () => {
		const reminders = [reminder('out_1'), reminder('out_2', { at: MONDAY_10H + 2 * DAY })];
		const steps = [step('1', 'd-3', 'out_1'), step('1', 'd0', 'out_2')];
		const repliedAt = (...at: number[]) => {
			const { steps: byStep, total } = figures({ reminders, steps, replies: new Map([['ana', at]]) });
			return [byStep.get('d-3')!.replied, byStep.get('d0')!.replied, total.replied];
		};
		expect(repliedAt(MONDAY_10H + HOUR, MONDAY_10H + 2 * HOUR)).toEqual([1, 0, 1]);
		expect(repliedAt(MONDAY_10H + 2 * DAY + HOUR)).toEqual([0, 1, 1]);
		expect(repliedAt(MONDAY_10H + 5 * DAY)).toEqual([0, 1, 1]);
		expect(repliedAt(MONDAY_10H + 5 * DAY + 1)).toEqual([0, 0, 0]);
		expect(repliedAt(MONDAY_10H - 1)).toEqual([0, 0, 0]);
		const optOuts = new Map([['ana', MONDAY_10H + HOUR]]);
		expect(figures({ reminders, steps, optOuts }).steps.get('d-3')!.optedOut).toBe(1);
	});

	it('says why somebody was not reached, the most frequent reason first', () => {
		const refused = { status: 'refused', delivery: null, costMicros: null, currency: null };
		const failed = { ...refused, delivery: 'failed', code: '131026', explanation: 'Este número não tem WhatsApp.' };
		const { total } = figures({
			reminders: [
				reminder('out_1', { ...refused, code: 'optedOut', explanation: 'O contato pediu para não receber.' }),
				...[reminder('out_2', failed), reminder('out_3', failed)],
				reminder('out_4', { ...refused, status: 'queued', code: 'outsideHours', explanation: 'Sai às 9 h.' }),
			],
		});
		expect(total).toMatchObject({ reminders: 4, sent: 2, delivered: 0, notReached: 3, waiting: 1, costs: {} });
		expect(total.reasons.map(({ outcome, code, count }) => [outcome, code, count])).toEqual([
			['failed', '131026', 2],
			['refused', 'optedOut', 1],
			['waiting', 'outsideHours', 1],
		]);
	});
});
