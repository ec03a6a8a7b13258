import { DateTime } from 'luxon';
import { holidayCalendar } from '../../../../engine';
import { STORES, type TestStore } from '../../../support/each-store';
import { Town } from '../../../support/dunning-town';
import { CARNIVAL, NEW_YEAR } from './carnival';
import { expectedLines, type Expected } from './expected';
import { CUSTOMERS, POLICY } from './november';

interface Period {
	from: string;
	days: number;
	customers: Expected[];
}

const PERIODS: Array<[string, Period]> = [
	['thirty days, fifty customers, 20 November', { from: '2026-11-10', days: 30, customers: CUSTOMERS }],
	['thirty days across Carnival', { from: '2027-02-01', days: 30, customers: CARNIVAL }],
	['the end of the year', { from: '2026-12-21', days: 19, customers: NEW_YEAR }],
];

it('plays for fifty customers', () => expect(CUSTOMERS).toHaveLength(50));

describe.each(STORES)('the payment ladder on $name:', ({ create }) => {
	describe.each(PERIODS)('%s', (_, { from, days, customers }) => {
		let store: TestStore;
		let town: Town;
		let heard: Record<string, string[]>;

		beforeAll(async () => {
			store = await create();
			const year = Number(from.slice(0, 4));
			const dates = Array.from({ length: days }, (_day, i) => DateTime.fromISO(from).plus({ days: i }));
			town = await Town.start({ store: store.settings, customers, year, policy: POLICY }, `${on(dates[0]!)} 08:00`);
			for (const date of dates) {
				await town.until(`${on(date)} 08:30`);
				await town.runLadder();
				await town.until(`${on(date)} 10:15`);
				await town.runLadder(3);
				await town.until(`${on(date)} 15:30`);
				await town.runLadder();
			}
			heard = await town.heard();
		}, 900_000);
		afterAll(async () => {
			await town?.close();
			await store?.drop();
		});

		it('gives every phone exactly the messages of the table, day by day, and nothing else (X-04, D-34)', () => {
			expect(heard).toEqual(Object.fromEntries(customers.map((each) => [each.name, expectedLines(each)])));
		});

		it('leaves to people what is theirs, and says why others hear nothing', () => {
			const expected = customers.filter(({ human }) => human);
			expect(Object.fromEntries(town.humans)).toEqual(
				Object.fromEntries(expected.map(({ name, human }) => [name, human])),
			);
			for (const { name, reasons } of customers.filter((each) => each.reasons)) {
				expect([name, ...(town.reasons.get(name) ?? [])]).toEqual([name, ...reasons!]);
			}
		});

		it('reminds no phone twice a day, and took each step of each invoice for one reminder (D-34)', async () => {
			const days = customers.flatMap(({ name, phone }) =>
				heard[name]!.filter(isReminder).map((line) => `${phone} ${line.split(' ')[0]}`),
			);
			expect(days.filter((day, i) => days.indexOf(day) !== i)).toEqual([]);
			const { db } = town.rig.desk.store;
			const steps = await db.selectFrom('dunning_step').select(['invoice', 'step', 'outbox_id']).execute();
			const messages = await db.selectFrom('dunning_message').select(['outbox_id', 'contact_id', 'day']).execute();
			expect(new Set(steps.map((each) => each.outbox_id))).toEqual(new Set(messages.map((each) => each.outbox_id)));
			const unreachable = customers.filter(({ onWhatsApp = true }) => !onWhatsApp).length;
			const undelivered = await db
				.selectFrom('outbox')
				.select(['id', 'contact_id'])
				.where('purpose', '=', 'reminder')
				.where('delivery', '=', 'failed')
				.execute();
			expect(new Set(undelivered.map((each) => each.contact_id)).size).toBe(unreachable);
			expect(days.length).toBe(messages.length - undelivered.length);
		});

		it('reminds of nothing that was paid, cancelled or renegotiated on a day before (X-04)', () => {
			for (const { name, owes, does = [] } of customers) {
				for (const act of does) {
					const [, day, month, over, invoice] =
						/^(..)\/(..) \S+ (?:(pays|settles|cancels|renegotiates)|\w+) (\S+)/.exec(act) ?? [];
					if (!over) continue;
					const after = heard[name]!.filter((line) => isReminder(line) && names(line, invoice!, owes)).filter(
						(line) => `${line.slice(3, 5)}${line.slice(0, 2)}` > `${month}${day}`,
					);
					expect([name, ...after]).toEqual([name]);
				}
			}
		});

		it('reminds within the lawful hours of each reader only, never on a holiday of the nation (X-03)', () => {
			const holidays = holidayCalendar({ national: true, carnival: true, corpusChristi: true });
			const unlawful = customers.flatMap((customer) =>
				heard[customer.name]!.filter((line) => isReminder(line) && !isLawful(line)),
			);
			expect(unlawful).toEqual([]);

			function isLawful(line: string): boolean {
				const [day, month, hour] = /^(..)\/(..) (..)/.exec(line)!.slice(1).map(Number) as [number, number, number];
				const year = Number(from.slice(0, 4)) + (month < Number(from.slice(5, 7)) ? 1 : 0);
				const date = DateTime.utc(year, month, day);
				return date.weekday <= 5 && hour >= 9 && hour < 18 && holidays.on(date.toISODate()!) === null;
			}
		});
	});
});

const on = (date: DateTime) => date.toFormat('dd/MM/yyyy');
const isReminder = (line: string) => / d[-+0]/.test(line);
/** A reminder that names no invoice is about the only one. */
const names = (line: string, invoice: string, owes: Record<string, string>) =>
	Object.keys(owes).length === 1 || line.split(' ').at(-1)!.split('+').includes(invoice);
