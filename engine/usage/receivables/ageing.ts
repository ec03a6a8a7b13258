/** How late is what is owed? Open amounts by age, as shares of everything that is open (brazil.md §7). Pure. */
import { daysBetween, type DateText } from '../../business-hours/dates';

/** Something owed and not settled. */
export interface OpenAmount {
	dueDate: DateText;
	amountCents: number;
	/** How many receivables it stands for; default 1. */
	count?: number;
}

export const AGE_BUCKETS = ['1-30', '31-60', '61-90', '90+'] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

export interface AgedAmount {
	count: number;
	cents: number;
	/** Of everything that is open, 0–100 with one decimal. */
	percent: number;
}

export interface Ageing {
	asOf: DateText;
	open: { count: number; cents: number };
	/** Everything past its due date. */
	overdue: AgedAmount;
	/** By days since the due date. */
	buckets: Record<AgeBucket, AgedAmount>;
}

export function ageOf(amounts: Iterable<OpenAmount>, asOf: DateText): Ageing {
	const open = { count: 0, cents: 0 };
	const sums = new Map<AgeBucket, { count: number; cents: number }>();
	for (const { dueDate, amountCents, count = 1 } of amounts) {
		open.count += count;
		open.cents += amountCents;
		const bucket = bucketOf(daysBetween(dueDate, asOf));
		if (bucket === null) continue;
		const sum = sums.get(bucket) ?? { count: 0, cents: 0 };
		sums.set(bucket, { count: sum.count + count, cents: sum.cents + amountCents });
	}
	const share = ({ count, cents }: { count: number; cents: number }): AgedAmount => ({
		...{ count, cents },
		percent: open.cents === 0 ? 0 : Math.round((cents / open.cents) * 1_000) / 10,
	});
	const none = { count: 0, cents: 0 };
	const late = [...sums.values()].reduce(
		(all, { count, cents }) => ({ count: all.count + count, cents: all.cents + cents }),
		none,
	);
	const buckets = Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, share(sums.get(bucket) ?? none)]));
	return { asOf, open, overdue: share(late), buckets: buckets as Record<AgeBucket, AgedAmount> };
}

function bucketOf(daysLate: number): AgeBucket | null {
	if (daysLate <= 0) return null;
	if (daysLate <= 30) return '1-30';
	if (daysLate <= 60) return '31-60';
	return daysLate <= 90 ? '61-90' : '90+';
}
