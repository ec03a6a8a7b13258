import { ConfigurationError } from '../errors';
import type { Instant } from '../model';
import { addDays, type DateText } from './dates';
import { readSchedule, type ReadSchedule, type Schedule } from './schedule';
import { newTimetable, type Timetable } from './timetable';

/** Is it open now, since when, until when, and when does it open next? (P-18, D-26, D-27) */

export interface BusinessHoursStatus {
	state: 'open' | 'closed' | 'holiday';
	/** The holiday of the local date, also when its special hours or an outside schedule make the state `open`. */
	holiday: { date: DateText; name: string } | null;
	/**
	 * Key of the current open or not-open stretch: the ISO instant it began at, `always` or `never` when it has no
	 * beginning. A closed evening, a holiday and a weekend in a row are one stretch: one away notice (D-27).
	 */
	period: string;
	/** When it opens next, after now; also while open. null = not within 400 days. */
	nextOpening: Instant | null;
	/** End of the current open stretch; null while closed, or when it never closes. */
	closesAt: Instant | null;
	/** pt-BR: "seg. a sex. das 08:00 às 18:00" */
	description: string;
}

/** Years 0001 to 9998: dates keep four-digit years. */
const EARLIEST = Date.parse('0001-01-03T00:00:00Z');
const LATEST = Date.parse('9998-01-01T00:00:00Z');

interface Segment {
	/** The status holds for from ≤ now < until. */
	from: Instant;
	until: Instant;
	status: BusinessHoursStatus;
}

interface Memory {
	read: ReadSchedule;
	timetable: Timetable;
	last: Segment | null;
}

const memories = new WeakMap<Schedule, Memory>();

/**
 * Cheap when called again within the same stretch of the same day: the answer is kept per schedule object.
 * @throws ConfigurationError when the schedule is wrong (naming the row) or `now` is not an instant
 */
export function evaluate(schedule: Schedule, now: Instant): BusinessHoursStatus {
	const memory = memoryOf(schedule);
	const { last } = memory;
	if (last && now >= last.from && now < last.until) return last.status;
	if (!(now >= EARLIEST && now < LATEST)) {
		throw new ConfigurationError(
			`${now} is not an instant.`,
			'Give a date and time between the years 1 and 9997.',
			'now',
		);
	}
	memory.last = segmentAt(memory, now);
	return memory.last.status;
}

// ---------------------------------------------------------------- helpers

function memoryOf(schedule: Schedule): Memory {
	let memory = memories.get(schedule);
	if (!memory) {
		const read = readSchedule(schedule);
		memories.set(schedule, (memory = { read, timetable: newTimetable(read), last: null }));
	}
	return memory;
}

function segmentAt({ read: schedule, timetable }: Memory, now: Instant): Segment {
	const today = timetable.dateAt(now);
	const holiday = schedule.holidayOn(today);
	const stretch = timetable.stretchAt(now, today);
	const open = stretch.open !== schedule.outside;
	const next = schedule.outside ? timetable.closingFrom : timetable.openingFrom;
	const nextOpening = open && stretch.until !== null ? next(stretch.until) : open ? null : stretch.until;

	let from = Math.max(stretch.from ?? -Infinity, timetable.startOf(today));
	let until = Math.min(stretch.until ?? Infinity, timetable.startOf(addDays(today, 1)));
	let isHoliday = holiday !== null && !open && !schedule.outside;
	if (holiday?.hours.type === 'closedUntil') {
		const over = timetable.instantOf(today, holiday.hours.minute);
		if (now >= over) {
			isHoliday = false;
			from = Math.max(from, over);
		} else {
			until = Math.min(until, over);
		}
	}
	const status: BusinessHoursStatus = {
		state: open ? 'open' : isHoliday ? 'holiday' : 'closed',
		holiday: holiday && { date: holiday.date, name: holiday.name },
		period: stretch.from === null ? (open ? 'always' : 'never') : new Date(stretch.from).toISOString(),
		nextOpening,
		closesAt: open ? stretch.until : null,
		description: schedule.description,
	};
	return { from, until, status: Object.freeze(status) };
}
