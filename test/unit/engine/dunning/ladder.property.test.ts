import fc from 'fast-check';
import { addBankDays, nextBankDay } from '../../../../engine/business-hours/bank-days';
import { addDays, dateOfDay, dayNumber } from '../../../../engine/business-hours/dates';
import { evaluate } from '../../../../engine/business-hours/evaluate';
import { holidayCalendar } from '../../../../engine/business-hours/holidays';
import { STATE_LAW_HOURS } from '../../../../engine/dunning/contact-hours';
import { decidePayer } from '../../../../engine/dunning/decide-payer';
import type { CompiledPolicy } from '../../../../engine/dunning/policy';
import type { Decision, PayerHistory, Receivable } from '../../../../engine/dunning/types';
import type { ReceivableState } from '../../../../engine/model-receivable';
import type { Uf } from '../../../../engine/phone-ddd';
import { ANA, aHistory, aPolicy, aReceivable, aRecord, aStep } from '../../../support/dunning';

/** Where the payer is, and every clock that must find the hour decent. Worked out by hand, not by the code under test. */
const PLACES: Array<{ phone: string; uf: Uf | null; clocks: string[]; state: Uf | null }> = [
	{ phone: '11987654321', uf: null, clocks: ['America/Sao_Paulo'], state: 'SP' },
	{ phone: '(21) 98765-4321', uf: null, clocks: ['America/Sao_Paulo'], state: 'RJ' },
	{ phone: '68999991234', uf: null, clocks: ['America/Rio_Branco'], state: 'AC' },
	{ phone: '97991234567', uf: null, clocks: ['America/Manaus', 'America/Eirunepe'], state: 'AM' },
	{ phone: '92991234567', uf: null, clocks: ['America/Manaus'], state: 'AM' },
	{ phone: '11987654321', uf: 'AM', clocks: ['America/Manaus', 'America/Eirunepe'], state: 'AM' },
	{ phone: '81991234567', uf: null, clocks: ['America/Recife'], state: 'PE' },
	{ phone: '85987654321', uf: 'CE', clocks: ['America/Fortaleza'], state: 'CE' },
	{ phone: '+351912345678', uf: null, clocks: ['America/Sao_Paulo'], state: null },
];

const place = fc.constantFrom(...PLACES);
/** From before one Carnival to after the next, at any hour. */
const FIRST_DAY = dayNumber('2025-12-20');
const moment = fc
	.integer({ min: FIRST_DAY * 1440, max: dayNumber('2027-03-01') * 1440 })
	.map((minute) => minute * 60_000);
const dueDate = fc.integer({ min: FIRST_DAY - 70, max: dayNumber('2027-03-10') }).map(dateOfDay);
const status = fc.constantFrom<Receivable['status']>('open', 'open', 'open', 'open', 'paid', 'cancelled', 'disputed');
const state = fc.constantFrom<ReceivableState | null>(
	null,
	null,
	null,
	'open',
	'promised',
	'paid',
	'disputed',
	'claimedPaid',
	'human',
);

const ladder = fc
	.uniqueArray(
		fc.record({
			offset: fc.integer({ min: -10, max: 60 }),
			unit: fc.constantFrom('calendarDays' as const, 'bankDays' as const),
			shift: fc.constantFrom('next' as const, 'previous' as const),
			action: fc.constantFrom('template' as const, 'template' as const, 'template' as const, 'human' as const),
		}),
		{ minLength: 1, maxLength: 8, selector: ({ offset, unit }) => `${offset}${unit}` },
	)
	.map((steps) => steps.map((step) => aStep({ ...step, key: `${step.offset}${step.unit}` })));

/** Compiling is not what is tested here: a few policies serve all runs. */
const policy = fc
	.tuple(fc.option(ladder), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 2, 5, 30))
	.map(([steps, maxPerWeek, catchUpDays]) => aPolicy({ ...(steps ? { steps } : {}), maxPerWeek, catchUpDays }));

interface Payable {
	receivables: Receivable[];
	history: PayerHistory;
	place: (typeof PLACES)[number];
}

/** Up to five invoices of one payer, with what is known of them. */
const payable: fc.Arbitrary<Payable> = fc
	.record({
		place,
		invoices: fc.array(fc.record({ dueDate, status, state, promiseIn: fc.integer({ min: -5, max: 20 }) }), {
			minLength: 1,
			maxLength: 5,
		}),
		messages: fc.array(fc.record({ day: dueDate, afterDue: fc.boolean() }), { maxLength: 3 }),
		phone: fc.constantFrom(true, true, true, false),
		lastInboundAt: fc.option(moment),
	})
	.map(({ place: { phone, uf }, invoices, messages, phone: reachable, lastInboundAt, ...rest }) => {
		const payer = { ...ANA, phone: reachable ? phone : null, uf };
		const receivables = invoices.map((each, at) =>
			aReceivable({ payer, invoice: String(at), number: `NF ${at}`, dueDate: each.dueDate, status: each.status }),
		);
		const records = invoices.flatMap((each, at) =>
			each.state === null
				? []
				: [
						aRecord({
							invoice: String(at),
							state: each.state,
							promises: 1,
							promiseDate: each.state === 'promised' ? addDays(each.dueDate, each.promiseIn) : null,
						}),
					],
		);
		const history = aHistory({
			receivables: new Map(records.map((record) => [record.invoice, record])),
			messages: messages.map((each) => ({ ...each, at: 0 })),
			lastInboundAt,
		});
		return { receivables, history, place: PLACES.find((each) => each.phone === phone && each.uf === uf)!, ...rest };
	});

const isStopped = ({ receivables }: PayerHistory, { invoice, status: given }: Receivable) =>
	given !== 'open' || ['paid', 'disputed', 'claimedPaid', 'human'].includes(receivables.get(invoice)?.state ?? 'open');

const concerned = (decision: Decision): Receivable[] => {
	if (decision.type === 'sendNow') return decision.invoices.map(({ receivable }) => receivable);
	return decision.type === 'later' ? decision.invoices : [decision.receivable];
};

const wallClock = (at: number, timeZone: string) => {
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		hourCycle: 'h23',
		dateStyle: 'short',
		timeStyle: 'short',
	});
	const [date, time] = format.format(at).split(', ') as [string, string];
	return { date, time, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() };
};

/** Nine to six, Monday to Friday, no holiday, on every clock the payer may live by. */
function isDecent(at: number, { clocks, state: uf }: (typeof PLACES)[number]): boolean {
	const holidays = holidayCalendar({ state: uf, carnival: true, corpusChristi: true });
	return clocks.every((zone) => {
		const { date, time, weekday } = wallClock(at, zone);
		return time >= '09:00' && time < '18:00' && weekday >= 1 && weekday <= 5 && holidays.on(date) === null;
	});
}

describe('whatever is owed, known and asked when', () => {
	it('decides about every receivable exactly once, with one reminder at most', () => {
		fc.assert(
			fc.property(payable, policy, moment, ({ receivables, history }, compiled, now) => {
				const decisions = decidePayer(receivables, compiled, history, now);
				const all = decisions.flatMap(concerned);
				expect(all).toHaveLength(receivables.length);
				expect(new Set(all)).toEqual(new Set(receivables));
				expect(decisions.filter(({ type }) => type === 'sendNow').length).toBeLessThanOrEqual(1);
				for (const { explanation } of decisions) expect(explanation).toMatch(/^\p{Lu}.*\.$/u);
			}),
			{ numRuns: 250 },
		);
	});

	it('reminds only within the lawful hours of the payer, and later only then', () => {
		fc.assert(
			fc.property(payable, policy, moment, ({ receivables, history, place: where }, compiled, now) => {
				for (const decision of decidePayer(receivables, compiled, history, now)) {
					if (decision.type === 'sendNow') {
						expect(isDecent(now, where)).toBe(true);
						expect(isDecent(decision.plan.validUntil - 1, where)).toBe(true);
						expect(isDecent(decision.plan.validUntil, where)).toBe(false);
						expect(wallClock(now, where.clocks[0]!).date).toBe(decision.plan.day);
					}
					if (decision.type === 'later') {
						expect(decision.at).toBeGreaterThan(now);
						expect(isDecent(decision.at, where)).toBe(true);
					}
				}
			}),
			{ numRuns: 400 },
		);
	});

	it('keeps its word: what is put off is told at that moment', () => {
		fc.assert(
			fc.property(payable, policy, moment, ({ receivables, history }, compiled, now) => {
				const silent = { ...history, lastInboundAt: null };
				for (const later of decidePayer(receivables, compiled, silent, now)) {
					if (later.type !== 'later') continue;
					const then = decidePayer(receivables, compiled, silent, later.at);
					const message = then.find(({ type }) => type === 'sendNow');
					expect(message && concerned(message)).toEqual(expect.arrayContaining(later.invoices));
				}
			}),
			{ numRuns: 400 },
		);
	});

	it('reminds of nothing that is settled, disputed or in the hands of a person', () => {
		fc.assert(
			fc.property(payable, policy, moment, ({ receivables, history }, compiled, now) => {
				for (const decision of decidePayer(receivables, compiled, history, now)) {
					if (decision.type !== 'sendNow' && decision.type !== 'later') continue;
					expect(concerned(decision).filter((receivable) => isStopped(history, receivable))).toEqual([]);
				}
			}),
			{ numRuns: 250 },
		);
	});

	it('decides the same in whatever order the invoices come', () => {
		const shuffled = payable.chain((given) =>
			fc
				.shuffledSubarray(given.receivables, { minLength: given.receivables.length })
				.map((order) => ({ ...given, order })),
		);
		fc.assert(
			fc.property(shuffled, policy, moment, ({ receivables, order, history }, compiled, now) => {
				expect(decidePayer(order, compiled, history, now)).toEqual(decidePayer(receivables, compiled, history, now));
			}),
			{ numRuns: 250 },
		);
	});

	it('keeps to the hours of the state laws when told to', () => {
		const lawful = aPolicy({ hours: STATE_LAW_HOURS });
		fc.assert(
			fc.property(payable, moment, ({ receivables, history }, now) => {
				for (const decision of decidePayer(receivables, lawful, history, now)) {
					if (decision.type === 'sendNow') expect(evaluate(decision.plan.hours, now).state).toBe('open');
				}
			}),
			{ numRuns: 250 },
		);
	});
});

describe('the ladder over months, run at any hour, with a clock that is sometimes set back', () => {
	const hoursBetweenRuns = fc.integer({ min: -30, max: 60 });
	const story = fc.record({
		payer: payable,
		compiled: policy,
		start: moment,
		gaps: fc.array(hoursBetweenRuns, { minLength: 40, maxLength: 80 }),
		paidAfter: fc.integer({ min: 0, max: 80 }),
	});

	interface Told {
		decision: Extract<Decision, { type: 'sendNow' }>;
		now: number;
	}

	/** Runs the ladder as a daily workflow would and remembers what it told. */
	function play({
		payer,
		compiled,
		start,
		gaps,
		paidAfter,
	}: {
		payer: Payable;
		compiled: CompiledPolicy;
		start: number;
		gaps: number[];
		paidAfter: number;
	}) {
		const told: Told[] = [];
		const steps = new Map<string, Array<{ step: string; at: number }>>();
		const messages: Array<{ day: string; at: number; afterDue: boolean }> = [];
		let now = start;
		gaps.forEach((gap, run) => {
			now += gap * 3_600_000;
			const receivables = payer.receivables.map((each) =>
				run >= paidAfter && each.invoice === '0' ? { ...each, status: 'paid' as const } : each,
			);
			const history = { ...payer.history, lastInboundAt: null, steps, messages };
			for (const decision of decidePayer(receivables, compiled, history, now)) {
				if (decision.type !== 'sendNow') continue;
				if (run >= paidAfter) expect(decision.plan.steps.map(({ invoice }) => invoice)).not.toContain('0');
				told.push({ decision, now });
				messages.push({ day: decision.plan.day, at: now, afterDue: decision.plan.afterDue });
				for (const { invoice, step } of decision.plan.steps)
					steps.set(invoice, [...(steps.get(invoice) ?? []), { step, at: now }]);
			}
		});
		return told;
	}

	it('tells no step twice and never goes back, one reminder a day, so many a week', () => {
		fc.assert(
			fc.property(story, (given) => {
				const told = play(given);
				const days = told.map(({ decision }) => decision.plan.day);
				expect(new Set(days).size).toBe(days.length);

				const position = (step: string) => given.compiled.positionOf(step)!;
				const furthest = new Map<string, number>();
				for (const { invoice, step } of told.flatMap(({ decision }) => decision.plan.steps)) {
					expect(position(step)).toBeGreaterThan(furthest.get(invoice) ?? -1);
					furthest.set(invoice, position(step));
				}

				const overdue = told
					.filter(({ decision }) => decision.plan.afterDue)
					.map(({ decision }) => dayNumber(decision.plan.day));
				for (const day of overdue) {
					const inSevenDays = overdue.filter((other) => other <= day && other > day - 7);
					expect(inSevenDays.length).toBeLessThanOrEqual(given.compiled.policy.maxPerWeek);
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('says "vence hoje" on the day it can last be paid, and calls nothing overdue before the second bank day after', () => {
		fc.assert(
			fc.property(story, (given) => {
				for (const { decision } of play(given)) {
					const { day } = decision.plan;
					for (const { receivable, step, daysLate } of decision.invoices) {
						const { offset } = given.compiled.policy.steps.find(({ key }) => key === step)!;
						const payable = nextBankDay(receivable.dueDate);
						if (offset < 0) expect(day <= payable).toBe(true);
						if (offset === 0) expect(day).toBe(payable);
						if (offset > 0) expect(day >= addBankDays(payable, 2)).toBe(true);
						expect(daysLate > 0).toBe(offset > 0);
					}
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('misses no step that could be told: run every hour, every invoice hears of its furthest due step', () => {
		const quiet = fc.record({ place, due: dueDate });
		fc.assert(
			fc.property(quiet, ({ place: { phone, uf }, due }) => {
				const compiled = aPolicy({ steps: [-3, 0, 7, 15, 30].map((offset) => aStep({ key: String(offset), offset })) });
				const payer = {
					receivables: [aReceivable({ payer: { ...ANA, phone, uf }, dueDate: due })],
					history: aHistory(),
					place: PLACES[0]!,
				};
				const start = (dayNumber(due) - 6) * 86_400_000;
				const told = play({
					payer,
					compiled,
					start,
					gaps: Array.from({ length: 44 * 24 }, () => 1),
					paidAfter: Infinity,
				});
				const steps = told.flatMap(({ decision }) => decision.plan.steps.map(({ step }) => Number(step)));
				// "Vence hoje" may fall on a holiday of the reader, or take the place of the reminder before it.
				expect(steps.filter((step) => step > 0)).toEqual([7, 15, 30]);
				expect(steps.filter((step) => step <= 0).length).toBeGreaterThanOrEqual(1);
			}),
			{ numRuns: 25 },
		);
	});
});
