import { DateTime } from 'luxon';
import type { Instant } from '../model';
import { clockText, MINUTES_A_DAY, type ClockRange } from './clock-time';
import { daysBetween } from './dates';

/** Opening hours in the words a Brazilian customer reads. */

const DAYS = ['seg.', 'ter.', 'qua.', 'qui.', 'sex.', 'sáb.', 'dom.'];
const LONG_DAYS = ['segunda-feira', 'terça-feira', 'quarta-feira', 'quinta-feira', 'sexta-feira', 'sábado', 'domingo'];

/**
 * "seg. a sex. das 08:00 às 12:00 e das 13:00 às 18:00; sáb. das 08:00 às 12:00"
 * @param week ranges of Monday to Sunday, sorted and joined
 * @param outside the schedule is open when these hours are closed
 */
export function describeWeek(week: ClockRange[][], outside: boolean): string {
	const daysOfHours = new Map<string, number[]>();
	for (const [day, ranges] of week.entries()) {
		if (ranges.length === 0) continue;
		const hours = describeRanges(ranges);
		daysOfHours.set(hours, [...(daysOfHours.get(hours) ?? []), day]);
	}
	const text = [...daysOfHours].map(([hours, days]) => describeDays(days) + hours).join('; ');
	if (text === '') return outside ? 'todos os dias, 24 horas' : 'sem horário de atendimento';
	return outside ? `fora do horário: ${text}` : text;
}

/** "hoje às 14:00", "amanhã às 08:00", "segunda-feira às 08:00", "23/11 às 08:00"; '' when it never opens. */
export function describeNextOpening(nextOpening: Instant | null, now: Instant, zone: string): string {
	if (nextOpening === null) return '';
	const opening = DateTime.fromMillis(nextOpening, { zone });
	const today = DateTime.fromMillis(now, { zone });
	const days = daysBetween(today.toISODate()!, opening.toISODate()!);
	const at = `${opening.hour === 1 ? 'à' : 'às'} ${opening.toFormat('HH:mm')}`;
	if (days === 0) return `hoje ${at}`;
	if (days === 1) return `amanhã ${at}`;
	if (days > 1 && days < 7) return `${LONG_DAYS[opening.weekday - 1]} ${at}`;
	return `${opening.toFormat(opening.year === today.year ? 'dd/MM' : 'dd/MM/yyyy')} ${at}`;
}

function describeRanges(ranges: ClockRange[]): string {
	if (ranges.length === 1 && ranges[0]!.to - ranges[0]!.from === MINUTES_A_DAY && ranges[0]!.from === 0) {
		return ', 24 horas';
	}
	const texts = ranges.map(({ from, to }) => {
		const until = to > MINUTES_A_DAY ? to - MINUTES_A_DAY : to;
		return `${isOne(from) ? 'da' : 'das'} ${clockText(from)} ${isOne(until) ? 'à' : 'às'} ${clockText(to)}`;
	});
	return ` ${list(texts)}`;
}

/** "todos os dias", "seg. a sex.", "sáb. e dom.", "seg., qua. e sex." */
function describeDays(days: number[]): string {
	if (days.length === 7) return 'todos os dias';
	const runs: number[][] = [];
	for (const day of days) {
		const run = runs.at(-1);
		if (run && run.at(-1) === day - 1) run.push(day);
		else runs.push([day]);
	}
	const texts = runs.flatMap((run) =>
		run.length > 2 ? [`${DAYS[run[0]!]} a ${DAYS[run.at(-1)!]}`] : run.map((day) => DAYS[day]!),
	);
	return list(texts);
}

/** 01:00 is singular in Portuguese: "da 01:00", "à 01:00". */
function isOne(minute: number): boolean {
	return minute >= 60 && minute < 120;
}

function list(texts: string[]): string {
	return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} e ${texts.at(-1)}`;
}
