/** Which date does a customer mean when asked when they will pay? Only a text that is nothing but a date counts. */
import { addDays, isDateText, weekdayOf, type DateText } from '../business-hours/dates';
import { fold } from '../text';

const WEEKDAYS = ['segunda', 'terca', 'quarta', 'quinta', 'sexta', 'sabado', 'domingo'];
const RELATIVE: Record<string, number> = { hoje: 0, amanha: 1, 'depois de amanha': 2 };
// "dia 27", "no dia 27", "na sexta", "até sexta", "vou pagar amanhã"
const LEAD =
	/^(?:(?:vou pagar|pago|posso pagar|pode ser|prometo|ate|na|no|em|dia|a proxima|o proximo|proxima|proximo) )+/;
const LONGEST = 60;

/**
 * @param today the customer's own date
 * @returns the date meant, today or later; null when the text is something else. "27" alone is nothing, "dia 27" is.
 */
export function readPromiseDate(text: string, today: DateText): DateText | null {
	if (text.length > LONGEST) return null;
	const whole = fold(text).replace(/[.!,;]+$/, '');
	const said = whole.replace(LEAD, '').replace(/-feira$| feira$/, '');
	if (Object.hasOwn(RELATIVE, said)) return addDays(today, RELATIVE[said]!);
	const weekday = WEEKDAYS.indexOf(said);
	// "sexta" said on a Friday is the next one: whoever means today says so.
	if (weekday >= 0) return addDays(today, ((weekday + 1 - weekdayOf(today) + 6) % 7) + 1);
	const written = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(said);
	if (written) return writtenDate(written, today);
	const day = /(?:^| )dia (\d{1,2})$/.exec(whole)?.[1];
	return day ? nextDayOfMonth(Number(day), today) : null;
}

function writtenDate([, day, month, year]: RegExpExecArray, today: DateText): DateText | null {
	const in_ = (y: string) => `${y}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
	const thisYear = today.slice(0, 4);
	const date = in_(year === undefined ? thisYear : year.length === 2 ? `20${year}` : year);
	if (year !== undefined) return isDateText(date) && date >= today ? date : null;
	// In December, "05/01" is next year's.
	const next = in_(String(Number(thisYear) + 1));
	if (isDateText(date) && date >= today) return date;
	return isDateText(next) ? next : null;
}

function nextDayOfMonth(day: number, today: DateText): DateText | null {
	let [year, month] = today.split('-').map(Number) as [number, number];
	// A month has it, or the one after it: 31 is missing at most once in a row.
	for (let tried = 0; tried < 3; tried++) {
		const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
		if (isDateText(date) && date >= today) return date;
		month = month === 12 ? 1 : month + 1;
		if (month === 1) year++;
	}
	return null;
}
