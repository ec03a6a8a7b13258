import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../model';

export type DayTeller = (at: Instant) => string;

const FALLBACK_ZONE = 'America/Sao_Paulo';
// No zone's midnight lies inside a quarter of an hour, so that a storm of reports asks the calendar once.
const QUARTER_MS = 15 * 60_000;
const QUARTERS_KEPT = 1_000;

// Checking a zone costs as much as a statement on the database.
const tellers = new Map<string, DayTeller>();

/** Tells the days of a zone's calendar, `YYYY-MM-DD`; an unknown zone counts as São Paulo. Quick for many instants. */
export function dayTeller(zone: string): DayTeller {
	let teller = tellers.get(zone);
	if (!teller) tellers.set(zone, (teller = makeTeller(zone)));
	return teller;
}

/** The first day of a day's month, by which monthly allowances are counted. */
export function monthOf(day: string): string {
	return `${day.slice(0, 7)}-01`;
}

function makeTeller(zone: string): DayTeller {
	const known = IANAZone.isValidZone(zone) ? zone : FALLBACK_ZONE;
	const days = new Map<number, string>();
	return (at) => {
		const quarter = Math.floor(at / QUARTER_MS);
		let day = days.get(quarter);
		if (day === undefined) {
			if (days.size >= QUARTERS_KEPT) days.clear();
			days.set(quarter, (day = DateTime.fromMillis(at, { zone: known }).toFormat('yyyy-MM-dd')));
		}
		return day;
	};
}
