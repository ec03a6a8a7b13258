import { ageOf } from '../../../../../engine/usage/receivables/ageing';

describe('how late is what is owed', () => {
	it('sorts open amounts by days since the due date, as shares of everything open', () => {
		const due = (dueDate: string, amountCents = 10_000) => ({ dueDate, amountCents });
		const ageing = ageOf(
			[
				due('2026-12-10', 40_000),
				due('2026-11-30'),
				...[due('2026-11-29'), due('2026-10-31')],
				...[due('2026-10-30'), due('2026-10-01')],
				...[due('2026-09-30'), due('2026-09-01')],
				due('2026-08-31', 30_000),
			],
			'2026-11-30',
		);
		expect(ageing.open).toEqual({ count: 9, cents: 140_000 });
		expect(ageing.overdue).toEqual({ count: 7, cents: 90_000, percent: 64.3 });
		expect(ageing.buckets).toEqual({
			'1-30': { count: 2, cents: 20_000, percent: 14.3 },
			'31-60': { count: 2, cents: 20_000, percent: 14.3 },
			'61-90': { count: 2, cents: 20_000, percent: 14.3 },
			'90+': { count: 1, cents: 30_000, percent: 21.4 },
		});
	});

	it('is nothing when nothing is owed', () => {
		expect(ageOf([], '2026-11-30')).toMatchObject({ open: { count: 0, cents: 0 }, overdue: { percent: 0 } });
	});
});
