import fc from 'fast-check';
import { addDays, daysBetween, isDateText, weekdayOf } from '../../../../engine/business-hours/dates';

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

	it('goes back as it came', () => {
		const day = fc.integer({ min: -200_000, max: 200_000 });
		fc.assert(fc.property(day, (days) => daysBetween('2000-01-01', addDays('2000-01-01', days)) === days));
	});
});
