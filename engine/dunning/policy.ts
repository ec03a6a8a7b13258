import { bankCalendar, isBankDay } from '../business-hours/bank-days';
import { fold } from '../text';
import { checkPolicy } from './check-policy';
import { contactHoursOf, DEFAULT_CONTACT_HOURS, type Whereabouts } from './contact-hours';
import { dayCalendar, type DayCalendar } from './day-calendar';
import { kept } from './kept';
import { newReader, type Reader } from './reader';
import { stepDates, type StepDates } from './step-dates';
import { LADDER_TEXTS, type LadderText } from './texts';
import type { DunningPolicy, LadderStep } from './types';
import type { DateText } from '../business-hours/dates';
import type { Schedule } from '../business-hours/schedule';

/** By which rules are reminders planned? Their defaults, and a policy made sure of and ready for many payers. */

const told = (key: string, name: string, offset: number, { template, text }: LadderText): LadderStep => ({
	key,
	name,
	offset,
	unit: 'calendarDays',
	segments: [],
	action: 'template',
	template,
	text,
	shift: 'next',
});

/** brazil.md §7. The conditions of D+15 are an offer: Meta calls its template marketing, the others are utility. */
export const DEFAULT_LADDER: LadderStep[] = [
	told('d-3', 'Lembrete', -3, LADDER_TEXTS.reminder),
	told('d0', 'Vence hoje', 0, LADDER_TEXTS.dueToday),
	{ ...told('d+2u', 'Em aberto', 2, LADDER_TEXTS.overdue), unit: 'bankDays' },
	told('d+7', 'Combinar data', 7, LADDER_TEXTS.chooseDate),
	told('d+15', 'Condições', 15, LADDER_TEXTS.conditions),
	told('d+30', 'Demonstrativo', 30, LADDER_TEXTS.statement),
	{
		key: 'd+45',
		name: 'Atendimento pessoal',
		offset: 45,
		unit: 'calendarDays',
		segments: [],
		action: 'human',
		template: null,
		text: null,
		shift: 'next',
	},
];

/** Everything but the creditor, whom only the user knows. */
export const DEFAULT_POLICY: Omit<DunningPolicy, 'creditor'> = {
	steps: DEFAULT_LADDER,
	hours: DEFAULT_CONTACT_HOURS,
	ownDates: [],
	maxPerWeek: 2,
	maxYears: 5,
	firstOverdueBankDay: 2,
	catchUpDays: 5,
	replyPauseHours: 24,
	promiseCheckBankDays: 1,
	maxPromises: 2,
	// Without contract rates none are charged (brazil.md §7).
	charges: { finePercent: 0, monthlyInterestPercent: 0 },
	humanFromCents: null,
};

/** What is not given has its default. */
export function dunningPolicy(
	given: Pick<DunningPolicy, 'creditor'> & { [K in keyof DunningPolicy]?: DunningPolicy[K] | undefined },
): DunningPolicy {
	const set = Object.entries(given).filter(([, value]) => value !== undefined);
	return { ...DEFAULT_POLICY, ...Object.fromEntries(set), creditor: given.creditor };
}

/** A policy made sure of. What is below `warnings` is for planning. */
export interface CompiledPolicy {
	/** With the creditor's document without punctuation. */
	policy: DunningPolicy;
	/** Portuguese: what is allowed and may still be unwise or unlawful. */
	warnings: string[];
	/** From the first step to the furthest one; its positions order the steps of an invoice. */
	ladder: readonly LadderStep[];
	/** Of a step in the ladder; undefined for one that is no longer in it. */
	positionOf(key: string): number | undefined;
	/** Positions of the steps for this segment, in order. */
	positionsFor(segment: string | null): readonly number[];
	banks: DayCalendar;
	readerOf(where: Whereabouts): Reader;
	datesOf(dueDate: DateText, reader: Reader): StepDates;
}

/**
 * Compile once, plan many: calendars and dates are kept in it.
 * @throws ConfigurationError naming the field: an unnamed creditor (CDC art. 42-A), a wrong step, wrong hours
 */
export function compilePolicy(given: DunningPolicy): CompiledPolicy {
	const { policy, warnings } = checkPolicy(given);
	const ladder = policy.steps.toSorted((a, b) => distance(a) - distance(b));
	const positions = new Map(ladder.map(({ key }, at) => [key, at]));
	const ownBanks = bankCalendar(policy.ownDates);
	const banks = dayCalendar((date) => isBankDay(date, ownBanks));
	const rules = { ladder, firstOverdueBankDay: policy.firstOverdueBankDay, maxYears: policy.maxYears };

	const readers = kept((schedule: Schedule) => {
		const reader = newReader(schedule);
		return { reader, datesOf: kept((due: DateText) => stepDates(due, rules, { banks, reader: reader.days })) };
	});
	return {
		policy,
		warnings,
		ladder,
		banks,
		positionOf: (key) => positions.get(key),
		positionsFor: kept((segment: string | null) => positionsFor(ladder, segment)),
		readerOf: (where) => readers(contactHoursOf(policy.hours, where, policy.ownDates)).reader,
		datesOf: (dueDate, reader) => readers(reader.schedule).datesOf(dueDate),
	};
}

/** Five bank days are a week; what is equally far keeps the order in which it was given. */
function distance({ offset, unit }: LadderStep): number {
	return unit === 'bankDays' ? offset * 1.4 : offset;
}

function positionsFor(ladder: LadderStep[], segment: string | null): number[] {
	const own = fold(segment ?? '');
	return ladder.flatMap(({ segments }, at) =>
		segments.length === 0 || segments.some((name) => fold(name) === own) ? [at] : [],
	);
}
