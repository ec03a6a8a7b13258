/** What did the payment reminders of a period bring, step by step, and what is still owed? (brazil.md §7: metrics) */
import { DateTime } from 'luxon';
import { readTaxId } from '../../brazil/tax-id';
import type { DateText } from '../../business-hours/dates';
import { stepTitle } from '../../dunning/step-title';
import type { Instant } from '../../model';
import type { Store } from '../../store/open-store';
import { ageOf, type Ageing, type OpenAmount } from './ageing';
import { eventFigures, stepFigures, type EventFigures, type StepFigures } from './figures';
import * as load from './load';
import { summarizeReceivables } from './summary';

export interface ReceivableReportQuery {
	/** Reminders that were handed over on these days, and news of them; both included, in `zone`. */
	from: DateText;
	to: DateText;
	zone: string;
	/** CNPJ, CPF or key; absent = all. */
	creditor?: string;
	/** A payment counts for a reminder when it came within so many days; default 7. */
	recoveryDays?: number;
	/** What is open, from the ERP; absent = what the desk knows of receivables it was told about. */
	open?: readonly OpenAmount[];
}

export interface ReceivableReport {
	period: { from: DateText; to: DateText; recoveryDays: number };
	creditor: string | null;
	/** From the earliest to the latest step of the ladder. */
	steps: Array<StepFigures & { step: string; /** pt-BR: "7 dias após o vencimento" */ title: string }>;
	total: StepFigures;
	events: EventFigures;
	/** Null when nothing is known to be open. */
	ageing: Ageing | null;
	/** The whole in Portuguese, ready to be sent. */
	text: string;
}

const DEFAULT_RECOVERY_DAYS = 7;
const REPLIES_AFTER_MS = 72 * 3_600_000;

export async function receivableReport(
	store: Store,
	query: ReceivableReportQuery,
	now: Instant,
): Promise<ReceivableReport> {
	const { from, to, zone, recoveryDays = DEFAULT_RECOVERY_DAYS } = query;
	const period: load.ReminderPeriod = {
		since: DateTime.fromISO(from, { zone }).toMillis(),
		until: DateTime.fromISO(to, { zone }).plus({ days: 1 }).toMillis(),
		creditor: query.creditor ? keyOf(query.creditor) : null,
	};
	const answered = { ...period, until: period.until + REPLIES_AFTER_MS };
	const loaded = await store.read(async (db) => ({
		reminders: await load.loadReminders(db, period),
		steps: await load.loadSteps(db, period),
		replies: await load.loadReplies(db, answered),
		optOuts: await load.loadOptOuts(db, period),
		events: await load.loadEvents(db, period),
		open: query.open ?? (await load.loadOpenAmounts(db, period)),
	}));
	const { steps, total } = stepFigures(loaded, { recoveryDays, zone });
	const today = DateTime.fromMillis(now, { zone }).toFormat('yyyy-MM-dd');
	const report = {
		period: { from, to, recoveryDays },
		creditor: period.creditor,
		steps: [...steps]
			.sort(([a], [b]) => byLadder(a, b))
			.map(([step, figures]) => ({ step, title: stepTitle(step), ...figures })),
		total,
		events: eventFigures(loaded.events),
		ageing: loaded.open.length > 0 ? ageOf(loaded.open, today) : null,
	};
	return { ...report, text: summarizeReceivables(report) };
}

/** By the days in keys such as "d-3" and "d+7"; others behind them, in alphabetical order. */
function byLadder(a: string, b: string): number {
	const [first, second] = [daysOf(a), daysOf(b)];
	return first === second ? (a < b ? -1 : 1) : first - second;
}

function daysOf(step: string): number {
	const days = /^d([+-]?\d+)/i.exec(step)?.[1];
	return days === undefined ? Number.MAX_SAFE_INTEGER : Number(days);
}

function keyOf(creditor: string): string {
	const id = readTaxId(creditor);
	return id.ok ? id.digits : creditor.trim();
}
