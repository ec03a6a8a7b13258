import { dateOfDay, dayNumber, type DateText } from '../business-hours/dates';
import type { DayCalendar } from './day-calendar';
import type { LadderStep } from './types';

/**
 * On which dates do the steps of the ladder fall for one due date? The sources: a bill due on a day without banks is payable on
 * the next bank day without charges (CC art. 132 §1, Lei 7.089/1983), days late count from the original due date (STJ REsp
 * 1.954.924), and banks report a payment a bank day later, so that nobody is called overdue before.
 */
export interface StepDates {
	/** Day numbers. `effective`: the last day on which it can be paid without charges. */
	due: number;
	effective: number;
	effectiveDate: DateText;
	/** The first day on which an overdue step may be told. */
	firstOverdue: number;
	/** From this day on it is too old to be charged. */
	tooOldFrom: number;
	/** By position in the ladder; NO_DAY = this step cannot be told truthfully for this due date. */
	days: number[];
	/** The same as dates, for people; null where there is no day. */
	dated: Array<{ step: LadderStep; date: DateText } | null>;
}

export const NO_DAY = Infinity;

export interface StepCalendars {
	banks: DayCalendar;
	/** Days on which the reader may be written to. */
	reader: DayCalendar;
}

export interface StepRules {
	ladder: readonly LadderStep[];
	/** Overdue steps wait for this bank day after the effective due date. */
	firstOverdueBankDay: number;
	maxYears: number;
}

export function stepDates(dueDate: DateText, rules: StepRules, { banks, reader }: StepCalendars): StepDates {
	const due = dayNumber(dueDate);
	const effective = banks.next(due);
	const firstOverdue = banks.add(effective, rules.firstOverdueBankDay);

	const days = rules.ladder.map((step) => {
		if (step.offset < 0) return dayBefore(step);
		return step.offset === 0 ? dayItself() : dayAfter(step);
	});
	return {
		due,
		effective,
		effectiveDate: dateOfDay(effective),
		firstOverdue,
		tooOldFrom: addYears(dueDate, rules.maxYears) + 1,
		days,
		dated: days.map((day, at) => (day === NO_DAY ? null : { step: rules.ladder[at]!, date: dateOfDay(day) })),
	};

	/** Moving forward stops at the effective due date: a reminder "vence em …" is no use after it. */
	function dayBefore({ offset, unit, shift }: LadderStep): number {
		const day = unit === 'bankDays' ? banks.add(due, offset) : due + offset;
		const next = shift === 'next' ? reader.next(day) : NO_DAY;
		return next <= effective ? next : reader.previous(day);
	}

	/** "Vence hoje" is true on one day only: when the reader is on holiday then, it is not said. */
	function dayItself(): number {
		return reader.isOpen(effective) ? effective : NO_DAY;
	}

	function dayAfter({ offset, unit, shift }: LadderStep): number {
		const day = Math.max(unit === 'bankDays' ? banks.add(effective, offset) : due + offset, firstOverdue);
		const previous = shift === 'previous' ? reader.previous(day) : -Infinity;
		return previous >= firstOverdue ? previous : reader.next(day);
	}
}

/** The day of the same number (CC art. 132 §3); 29 February becomes 1 March. */
function addYears(date: DateText, years: number): number {
	return (
		Date.UTC(Number(date.slice(0, 4)) + years, Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000
	);
}
