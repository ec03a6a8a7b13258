import fc from 'fast-check';
import { addBankDays, bankCalendar, isBankDay, nextBankDay } from '../../../../engine/business-hours/bank-days';
import { addBusinessDays, isBusinessDay } from '../../../../engine/business-hours/business-days';
import { addDays } from '../../../../engine/business-hours/dates';
import { holidayCalendar } from '../../../../engine/business-hours/holidays';

describe('bank days (X-12)', () => {
	it.each([
		['2026-11-14', '2026-11-16'],
		['2026-11-20', '2026-11-23'],
		['2026-02-16', '2026-02-18'],
		['2026-12-25', '2026-12-28'],
		['2026-11-23', '2026-11-23'],
		['2026-12-30', '2026-12-30'],
		['2026-12-31', '2027-01-04'],
		['2025-12-31', '2026-01-02'],
		// 31 December on a weekend: the Friday before it.
		['2022-12-30', '2023-01-02'],
		['2023-12-29', '2024-01-02'],
		['2028-12-29', '2029-01-02'],
		['2028-12-28', '2028-12-28'],
	])('a bill due %s can be paid until %s', (due, payable) => {
		expect(nextBankDay(due)).toBe(payable);
	});

	it('closes on Carnival Monday and Tuesday and Corpus Christi, works on Ash Wednesday and state dates', () => {
		const days = ['2026-02-16', '2026-02-17', '2026-06-04', '2026-02-18', '2026-07-09', '2026-11-20', '2026-11-21'];
		expect(days.map((date) => isBankDay(date))).toEqual([false, false, false, true, true, false, false]);
	});

	it('counts from the day after', () => {
		expect(addBankDays('2026-11-14', 0)).toBe('2026-11-16');
		expect(addBankDays('2026-11-14', 1)).toBe('2026-11-16');
		expect(addBankDays('2026-11-19', 1)).toBe('2026-11-23');
		expect(addBankDays('2026-11-19', 2)).toBe('2026-11-24');
		expect(addBankDays('2026-11-23', -1)).toBe('2026-11-19');
		expect(addBankDays('2026-12-30', 3)).toBe('2027-01-06');
	});

	it('takes closed dates the table does not know', () => {
		const calendar = bankCalendar([{ date: '2026-12-30', name: 'Sem expediente bancário' }]);
		expect(nextBankDay('2026-12-30', calendar)).toBe('2027-01-04');
		expect(nextBankDay('2026-12-30')).toBe('2026-12-30');
	});

	it('closes banks alone on the last weekday of the year', () => {
		expect(isBankDay('2026-12-31')).toBe(false);
		expect(holidayCalendar({ state: 'SP', carnival: true, corpusChristi: true }).on('2026-12-31')).toBeNull();
	});

	it('lands on a bank day, and the way back returns', () => {
		const date = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
		fc.assert(
			fc.property(date, fc.integer({ min: 1, max: 60 }), (start, days) => {
				const from = nextBankDay(start);
				const to = addBankDays(from, days);
				expect(isBankDay(to)).toBe(true);
				expect(addBankDays(to, -days)).toBe(from);
			}),
		);
	});

	it('refuses what is no date or number of days', () => {
		expect(() => nextBankDay('20/11/2026')).toThrow('"20/11/2026" is not a date.');
		expect(() => addBankDays('2026-11-20', 1.5)).toThrow('1.5 is not a number of days.');
	});
});

describe('business days', () => {
	it('follow the state and count half days and special hours', () => {
		const calendar = holidayCalendar({
			state: 'SP',
			ashWednesday: true,
			own: [{ date: '24/12', name: 'Véspera', from: '08:00', to: '12:00' }],
		});
		expect(['2026-07-09', '2026-02-18', '2026-12-24'].map((date) => isBusinessDay(date, calendar))).toEqual([
			false,
			true,
			true,
		]);
		expect(addBusinessDays('2026-07-08', 1, calendar)).toBe('2026-07-10');
	});

	it('says so when every day is closed instead of searching for ever', () => {
		const own = Array.from({ length: 366 }, (_, day) => ({ date: addDays('2028-01-01', day).slice(5), name: 'x' }));
		expect(() => addBusinessDays('2026-01-01', 1, holidayCalendar({ own }))).toThrow(
			'No business day found near 2026-01-02.',
		);
	});
});
