import { dateOfDay, dayNumber, type DateText } from '../business-hours/dates';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import type { CompiledPolicy } from './policy';
import { NO_DAY, type StepDates } from './step-dates';
import type { DunningPolicy, HumanCode, LadderStep, Receivable, SkipCode } from './types';

/**
 * Where does one receivable stand on one day, before anything is asked about its payer? What stops it comes first, then what only a
 * person may do, then the ladder. The step that counts is the furthest one whose day has come; those before it are superseded, and
 * the ladder never goes back, even when the due date is moved.
 */
export type Standing =
	| { type: 'due'; position: number; overdue: boolean }
	| {
			type: 'skipped';
			code: SkipCode;
			next: NextStep | null;
			told?: ToldStep;
			/** What kept it back until there was nothing left to tell. */
			held?: { type: 'weekly'; shared?: true };
	  }
	| { type: 'human'; code: HumanCode; position: number | null };

export type NextStep = { step: LadderStep; date: DateText };

export interface ToldStep {
	position: number;
	at: Instant;
}

export interface Known {
	record: ReceivableRecord | undefined;
	told: ReadonlyArray<{ step: string; at: Instant }> | undefined;
	/** The day on which somebody reopened it; null = nobody did. */
	reopenedOn: number | null;
	/** The days on which the payer was reminded of something overdue, in order. */
	overdueOn: readonly number[];
}

/** @param day the reader's own date, as a day number */
export function standingOf(
	receivable: Receivable,
	{ record, told, reopenedOn, overdueOn }: Known,
	dates: StepDates,
	day: number,
	compiled: CompiledPolicy,
): Standing {
	const stopped = stopOf(receivable, record);
	if (stopped) return skipped(stopped);
	if (record?.state === 'human') return human('human');
	if (receivable.humanReason !== '') return human('flagged');
	// A person has to hear of it once; where the desk knows more, somebody does.
	if (receivable.status === 'disputed')
		return (record?.state ?? 'open') === 'open' ? human('disputed') : skipped('disputed');
	if (day >= dates.tooOldFrom) return skipped('tooOld');

	const positions = compiled.positionsFor(receivable.payer.segment);
	const promise = promiseOf(record, compiled);
	const onDay = (date: number) => {
		// While it rested nothing could be told: what came due then is as fresh as the end of the rest.
		const isOver = promise !== null && date >= promise.checkDay;
		const restedUntil = Math.max(reopenedOn ?? -Infinity, isOver ? promise.checkDay : -Infinity);
		const known = { told: furthestTold(told, compiled), restedUntil, overdueOn };
		return onTheLadder(receivable, known, positions, dates, date, compiled);
	};
	if (promise === null) return onDay(day);
	if (day < promise.checkDay) {
		if (record!.state !== 'promised') return onDay(day);
		return skipped('promised', after(onDay(promise.checkDay), promise.checkDay));
	}
	if (record!.promises > compiled.policy.maxPromises) return human('promiseBroken');
	const standing = onDay(day);
	// The ladder has nothing more to say about it: somebody else has to.
	const isLeftOver = standing.type === 'skipped' && standing.next === null && record!.state === 'promised';
	return isLeftOver ? human('promiseBroken') : standing;

	/** What comes when nothing happens until that day. */
	function after(standing: Standing, date: number): NextStep | null {
		if (standing.type === 'skipped') return standing.next;
		return standing.position === null ? null : { step: compiled.ladder[standing.position]!, date: dateOfDay(date) };
	}
}

/** The first step after this day that lies further than this position. */
export function nextStep(
	positions: readonly number[],
	{ days, dated }: StepDates,
	day: number,
	after: number,
): NextStep | null {
	for (const position of positions) {
		if (position > after && days[position]! > day && days[position] !== NO_DAY) return dated[position]!;
	}
	return null;
}

// ---------------------------------------------------------------- helpers

/** Either side may say that it is over; what the desk knows is final beats an ERP that has not caught up. */
function stopOf({ status, amountCents }: Receivable, record: ReceivableRecord | undefined): SkipCode | null {
	const state = record?.state;
	if (status === 'paid' || state === 'paid') return 'paid';
	if (status === 'cancelled' || state === 'cancelled') return 'cancelled';
	if (status === 'renegotiated' || state === 'renegotiated') return 'renegotiated';
	if (amountCents <= 0) return 'noAmount';
	if (state === 'disputed' || state === 'claimedPaid' || state === 'wrongPerson') return state;
	return null;
}

/** A promise counts as broken from its check day on. It stays known after the ladder has gone on. */
function promiseOf(
	record: ReceivableRecord | undefined,
	{ banks, policy }: CompiledPolicy,
): { checkDay: number } | null {
	if (!record?.promiseDate || (record.state !== 'promised' && record.state !== 'open')) return null;
	return { checkDay: banks.add(banks.next(dayNumber(record.promiseDate)), policy.promiseCheckBankDays) };
}

interface Situation {
	told: ToldStep | null;
	/** The first day after a promise or another rest; -Infinity = it never rested. */
	restedUntil: number;
	overdueOn: readonly number[];
}

function onTheLadder(
	{ amountCents }: Receivable,
	{ told, restedUntil, overdueOn }: Situation,
	positions: readonly number[],
	dates: StepDates,
	day: number,
	{ ladder, policy }: CompiledPolicy,
): Standing {
	let position = -1;
	for (const at of positions) if (dates.days[at]! <= day) position = at;
	const next = nextStep(positions, dates, day, Math.max(position, told?.position ?? -1));

	if (position < 0) return told ? alreadySent(next, told) : skipped('notDue', next);
	if (told && told.position >= position) return alreadySent(next, told);

	const step = ladder[position]!;
	const isOverdue = step.offset > 0;
	// "Vence em…" and "vence hoje" are not said of what was due before.
	const isStale = !isOverdue && day > dates.effective;
	if (isStale) return skipped(next ? 'notDue' : 'ladderEnded', next);
	const since = Math.max(dates.days[position]!, restedUntil);
	const freshSince = isOverdue ? heldBack(since, overdueOn, policy) : since;
	const isLate = day - freshSince > policy.catchUpDays;
	// What a person is to do is never too late once the ladder has begun; of all that is old when it is first used nobody is told.
	if (!isLate || told !== null || restedUntil > -Infinity) {
		if (step.action === 'human') return human('step', position);
		if (policy.humanFromCents !== null && amountCents >= policy.humanFromCents) return human('highValue', position);
	}
	if (isLate) return skipped(next ? 'notDue' : 'ladderEnded', next);
	return { type: 'due', position, overdue: isOverdue };
}

/**
 * The day on which the weekly maximum let go of a step that could have been told from `since` on; `since` itself where it kept
 * nothing back, or only what had been left to lie before.
 */
function heldBack(since: number, overdueOn: readonly number[], { maxPerWeek, catchUpDays }: DunningPolicy): number {
	let fresh = since;
	for (let last = maxPerWeek - 1; last < overdueOn.length; last++) {
		const free = overdueOn[last - maxPerWeek + 1]! + 7;
		if (overdueOn[last]! - fresh <= catchUpDays) fresh = Math.max(fresh, free);
	}
	return fresh;
}

function furthestTold(told: Known['told'], { positionOf }: CompiledPolicy): ToldStep | null {
	let furthest: ToldStep | null = null;
	for (const { step, at } of told ?? []) {
		const position = positionOf(step);
		if (position !== undefined && position > (furthest?.position ?? -1)) furthest = { position, at };
	}
	return furthest;
}

function skipped(code: SkipCode, next: NextStep | null = null): Standing & { type: 'skipped' } {
	return { type: 'skipped', code, next };
}

function alreadySent(next: NextStep | null, told: ToldStep): Standing {
	return { type: 'skipped', code: 'alreadySent', next, told };
}

function human(code: HumanCode, position: number | null = null): Standing {
	return { type: 'human', code, position };
}
