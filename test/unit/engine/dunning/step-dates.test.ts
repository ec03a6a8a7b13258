import { dateOfDay } from '../../../../engine/business-hours/dates';
import { NO_DAY } from '../../../../engine/dunning/step-dates';
import type { LadderStep } from '../../../../engine/dunning/types';
import type { Uf } from '../../../../engine/phone-ddd';
import { aPolicy, aStep } from '../../../support/dunning';

const step = (offset: number, unit: LadderStep['unit'] = 'calendarDays', shift: LadderStep['shift'] = 'next') =>
	aStep({ key: `${offset}${unit}`, offset, unit, shift });

/** The dates of the ladder by step, for a reader in this state. */
function datesOf(dueDate: string, { steps, uf = 'SP' }: { steps?: LadderStep[]; uf?: Uf } = {}) {
	const compiled = aPolicy(steps ? { steps } : {});
	const dates = compiled.datesOf(dueDate, compiled.readerOf({ uf, phone: null }));
	return compiled.ladder.map(({ key }, at) =>
		dates.days[at] === NO_DAY ? `${key} -` : `${key} ${dateOfDay(dates.days[at]!)}`,
	);
}

describe('the dates of the ladder', () => {
	it('follows an ordinary due date, D+2 in bank days', () => {
		expect(datesOf('2026-03-10')).toEqual([
			'd-3 2026-03-09',
			'd0 2026-03-10',
			'd+2u 2026-03-12',
			'd+7 2026-03-17',
			'd+15 2026-03-25',
			'd+30 2026-04-09',
			'd+45 2026-04-24',
		]);
	});

	it.each([
		['a Saturday', '2026-11-14', '2026-11-16', '2026-11-18'],
		['20 November', '2026-11-20', '2026-11-23', '2026-11-25'],
		['Carnival Monday 2026', '2026-02-16', '2026-02-18', '2026-02-20'],
		['Carnival Monday 2027', '2027-02-08', '2027-02-10', '2027-02-12'],
		['Christmas', '2026-12-25', '2026-12-28', '2026-12-30'],
		['the last day of the year', '2026-12-31', '2027-01-04', '2027-01-06'],
		['the day before the last one', '2026-12-30', '2026-12-30', '2027-01-05'],
		['a leap day', '2024-02-29', '2024-02-29', '2024-03-04'],
		['a leap day that is Carnival Tuesday', '2028-02-29', '2028-03-01', '2028-03-03'],
		['Corpus Christi', '2026-06-04', '2026-06-05', '2026-06-09'],
	])(
		'tells of a bill due on %s (%s) when it is payable, and calls it overdue two bank days later',
		(_, due, today, overdue) => {
			const steps = [step(0), step(1), step(2, 'bankDays')];
			expect(datesOf(due, { steps })).toEqual([
				`0calendarDays ${today}`,
				`1calendarDays ${overdue}`,
				`2bankDays ${overdue}`,
			]);
		},
	);

	it('counts calendar days from the original due date, bank days from the day it could be paid (STJ REsp 1.954.924)', () => {
		const steps = [step(7), step(5, 'bankDays')];
		expect(datesOf('2026-11-14', { steps })).toEqual(['7calendarDays 2026-11-23', '5bankDays 2026-11-24']);
	});

	it('moves off closed days, on or back as the step says', () => {
		const steps = [step(15), { ...step(15, 'calendarDays', 'previous'), key: 'back' }];
		// 21 March 2026 is a Saturday.
		expect(datesOf('2026-03-06', { steps })).toEqual(['15calendarDays 2026-03-23', 'back 2026-03-20']);
	});

	it('never moves an overdue step back before the second bank day', () => {
		const steps = [step(3, 'calendarDays', 'previous')];
		// Due on Thursday: Sunday is closed, and Friday is only the first bank day.
		expect(datesOf('2026-03-12', { steps })).toEqual(['3calendarDays 2026-03-16']);
	});

	it('moves a reminder back when moving on would pass the due date', () => {
		// 9 July is a holiday of São Paulo on which its banks are open, in 2029 a Monday.
		expect(datesOf('2029-07-09', { steps: [step(-1)] })).toEqual(['-1calendarDays 2029-07-06']);
		expect(datesOf('2029-07-09', { steps: [step(-1)], uf: 'RJ' })).toEqual(['-1calendarDays 2029-07-09']);
		// Payable until Ash Wednesday.
		expect(datesOf('2026-02-16', { steps: [step(-1)] })).toEqual(['-1calendarDays 2026-02-18']);
		expect(datesOf('2026-02-16', { steps: [step(-1, 'calendarDays', 'previous')] })).toEqual([
			'-1calendarDays 2026-02-13',
		]);
	});

	it('leaves out "vence hoje" where the reader is on holiday and the banks are not', () => {
		expect(datesOf('2026-07-09', { steps: [step(0), step(2, 'bankDays')] })).toEqual([
			'0calendarDays -',
			'2bankDays 2026-07-13',
		]);
		expect(datesOf('2026-07-09', { steps: [step(0)], uf: 'CE' })).toEqual(['0calendarDays 2026-07-09']);
	});

	it('keeps the holidays of each state apart', () => {
		// 23 April is São Jorge in Rio, 25 March the data magna of Ceará.
		const steps = [step(7)];
		expect(datesOf('2026-04-16', { steps, uf: 'RJ' })).toEqual(['7calendarDays 2026-04-24']);
		expect(datesOf('2026-04-16', { steps, uf: 'SP' })).toEqual(['7calendarDays 2026-04-23']);
		expect(datesOf('2026-03-18', { steps, uf: 'CE' })).toEqual(['7calendarDays 2026-03-26']);
	});

	it('closes banks and readers on own dates', () => {
		const compiled = aPolicy({ steps: [step(0)], ownDates: [{ date: '10/03', name: 'Aniversário da cidade' }] });
		const dates = compiled.datesOf('2026-03-10', compiled.readerOf({ uf: 'SP', phone: null }));
		expect(dates.effectiveDate).toBe('2026-03-11');
		expect(dates.days.map(dateOfDay)).toEqual(['2026-03-11']);
	});
});
