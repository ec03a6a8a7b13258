/** Which instant does a value mean? People, nodes and databases write them in many ways. */
import { DateTime } from 'luxon';

/**
 * @param value an ISO or SQL text, "24/12/2026 18:00", a Date or Luxon DateTime, or seconds or milliseconds since 1970;
 *   a text without an offset is read in `zone`
 * @returns epoch milliseconds; NaN for anything else
 */
export function instantOf(value: unknown, zone: string): number {
	if (value instanceof Date) return value.getTime();
	// n8n's own Luxon is another copy than ours: known by what it can do.
	if (isDateTime(value)) return value.toMillis();
	if (typeof value === 'number') return ofNumber(value);
	if (typeof value !== 'string') return NaN;
	const text = value.trim();
	if (/^\d{10}$|^\d{13}$/.test(text)) return ofNumber(Number(text));
	for (const read of [DateTime.fromISO, DateTime.fromSQL]) {
		const found = read(text, { zone });
		if (found.isValid) return found.toMillis();
	}
	for (const format of ['d/M/yyyy HH:mm', 'd/M/yyyy']) {
		const found = DateTime.fromFormat(text, format, { zone });
		if (found.isValid) return found.toMillis();
	}
	return NaN;
}

/** WhatsApp counts seconds, JavaScript milliseconds: no date of either kind looks like the other. */
function ofNumber(value: number): number {
	return Math.abs(value) < 100_000_000_000 ? value * 1000 : value;
}

function isDateTime(value: unknown): value is { toMillis(): number } {
	return typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function';
}
