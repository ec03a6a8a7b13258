import fc from 'fast-check';
import {
	addDays,
	dateOfDay,
	dayNumber,
	daysBetween,
	isDateText,
	weekdayOf,
} from '../../../../engine/business-hours/dates';

describe('calendar dates', () => {
	it('crosses month, year and leap borders', () => {
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
		expect(daysBetween('2026-11-21', '2027-11-21')).toBe(365);
	});

	it('counts weekdays from Monday', () => {
		expect(weekdayOf('2026-11-23')).toBe(1);
		expect(weekdayOf('2026-11-22')).toBe(7);
		expect(weekdayOf('1969-12-31')).toBe(3);
	});

	it('refuses dates that do not exist', () => {
		expect(['2026-02-28', '2028-02-29'].every(isDateText)).toBe(true);
		expect(['2026-02-29', '2026-13-01', '2026-1-1', '21/11/2026', ''].some(isDateText)).toBe(false);
	});

	it('agrees with the clock of the machine on every date from year 1 to 9999', () => {
		const epoch = fc.integer({
			min: Date.parse('0001-01-01') / 86_400_000,
			max: Date.parse('9999-12-31') / 86_400_000,
		});
		fc.assert(
			fc.property(epoch, (day) => {
				const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
				return dateOfDay(day) === date && dayNumber(date) === day && isDateText(date);
			}),
		);
	});

	it('believes a written date exactly when the calendar has it', () => {
		const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
		const written = fc.tuple(fc.integer({ min: 1000, max: 9999 }), part(14), part(33)).map((parts) => parts.join('-'));
		const exists = (text: string) => {
			const at = Date.parse(`${text}T00:00:00Z`);
			return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
		};
		fc.assert(
			fc.property(written, (text) => isDateText(text) === exists(text)),
			{ numRuns: 1000 },
		);
		expect(['1900-02-29', '2000-02-29', '2100-02-29'].map(isDateText)).toEqual([false, true, false]);
	});

	it('goes back as it came', () => {
		const day = fc.integer({ min: -200_000, max: 200_000 });
		fc.assert(fc.property(day, (days) => daysBetween('2000-01-01', addDays('2000-01-01', days)) === days));
	});
});
