import { addBusinessDays, isBusinessDay, nextBusinessDay } from './business-days';
import type { DateText } from './dates';
import { holidayCalendar, type HolidayCalendar } from './holidays';
import type { OwnDate } from './own-dates';

/**
 * On which dates do banks settle? National holidays, Carnival Monday and Tuesday and Corpus Christi are closed
 * (Resolução CMN 4.880, art. 6); state dates are not, and Ash Wednesday counts. So is the last weekday of the year: FEBRABAN says
 * each December that nothing is cleared then and that bills are payable on the next bank day without charges (31/12/2025; 30/12/2022
 * and 29/12/2023, Fridays before a weekend). The list is the caller's to extend: municipal dates close a branch, not the settlement
 * of a boleto.
 */

const BANK_RULES = { national: true, carnival: true, corpusChristi: true, lastWeekday: true };
const BANKS = holidayCalendar(BANK_RULES);

export function bankCalendar(own: OwnDate[] = []): HolidayCalendar {
	return own.length === 0 ? BANKS : holidayCalendar({ ...BANK_RULES, own });
}

export function isBankDay(date: DateText, calendar: HolidayCalendar = BANKS): boolean {
	return isBusinessDay(date, calendar);
}

/** When a bill due on this date can still be paid without charges (Lei 7.089/1983): the date itself or the next bank day. */
export function nextBankDay(date: DateText, calendar: HolidayCalendar = BANKS): DateText {
	return nextBusinessDay(date, calendar);
}

/** The n-th bank day after the date; see `addBusinessDays`. */
export function addBankDays(date: DateText, days: number, calendar: HolidayCalendar = BANKS): DateText {
	return addBusinessDays(date, days, calendar);
}
