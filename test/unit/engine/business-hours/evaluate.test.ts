import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describeNextOpening } from '../../../../engine/business-hours/describe';
import { evaluate } from '../../../../engine/business-hours/evaluate';
import { PRESETS } from '../../../../engine/business-hours/presets';
import { readSchedule, WEEKDAYS } from '../../../../engine/business-hours/schedule';
import type { Schedule, Weekday } from '../../../../engine/business-hours/schedule';

const SP = 'America/Sao_Paulo';
const MON_FRI: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const COMMERCIAL: Schedule = { weekly: [{ days: MON_FRI, from: '08:00', to: '18:00' }], holidays: {} };
const LUNCH: Schedule = {
	weekly: [
		{ days: MON_FRI, from: '08:00', to: '12:00' },
		{ days: MON_FRI, from: '13:00', to: '18:00' },
	],
	holidays: {},
};
const ALWAYS: Schedule = { weekly: [{ days: [...WEEKDAYS], from: '00:00', to: '24:00' }] };

const at = (local: string, zone = SP) => DateTime.fromISO(local, { zone }).toMillis();
const iso = (instant: number | null, zone = SP) =>
	instant === null ? null : DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
/** Everything about a local moment, with instants as local text. */
const status = (schedule: Schedule, local: string, zone = SP) => {
	const { state, holiday, period, nextOpening, closesAt } = evaluate(schedule, at(local, zone));
	return {
		state,
		holiday: holiday?.name ?? null,
		since: period.endsWith('Z') ? iso(Date.parse(period), zone) : period,
		nextOpening: iso(nextOpening, zone),
		closesAt: iso(closesAt, zone),
	};
};

describe('a working week', () => {
	it('is open from the first minute on, and closed from the last (D-26)', () => {
		expect(evaluate(COMMERCIAL, at('2026-11-24T07:59:59.999')).state).toBe('closed');
		expect(status(COMMERCIAL, '2026-11-24T08:00')).toEqual({
			state: 'open',
			holiday: null,
			since: '2026-11-24T08:00',
			nextOpening: '2026-11-25T08:00',
			closesAt: '2026-11-24T18:00',
		});
		expect(status(COMMERCIAL, '2026-11-24T18:00')).toEqual({
			state: 'closed',
			holiday: null,
			since: '2026-11-24T18:00',
			nextOpening: '2026-11-25T08:00',
			closesAt: null,
		});
	});

	it('answers Monday 07:00 with today, not tomorrow', () => {
		expect(status(COMMERCIAL, '2026-11-23T07:00').nextOpening).toBe('2026-11-23T08:00');
	});

	it('closes for lunch (D-26)', () => {
		expect(status(LUNCH, '2026-11-24T12:30')).toMatchObject({
			state: 'closed',
			since: '2026-11-24T12:00',
			nextOpening: '2026-11-24T13:00',
		});
	});

	it('crosses week, month and year borders (D-27)', () => {
		expect(status(COMMERCIAL, '2026-11-28T10:00')).toMatchObject({
			since: '2026-11-27T18:00',
			nextOpening: '2026-11-30T08:00',
		});
		expect(status(COMMERCIAL, '2026-10-31T10:00').nextOpening).toBe('2026-11-03T08:00');
		expect(status(COMMERCIAL, '2026-12-31T20:00').nextOpening).toBe('2027-01-04T08:00');
	});

	it('goes by the zone of the schedule, not of the server (D-27)', () => {
		const acre: Schedule = { ...COMMERCIAL, zone: 'America/Rio_Branco' };
		const nineInBrasilia = at('2026-11-24T09:00');
		expect(evaluate(COMMERCIAL, nineInBrasilia).state).toBe('open');
		expect(evaluate(acre, nineInBrasilia).state).toBe('closed');
		expect(iso(evaluate(acre, nineInBrasilia).nextOpening)).toBe('2026-11-24T10:00');
	});
});

describe('one away notice per closed period (D-27)', () => {
	it('keeps one key over evening, holiday and weekend', () => {
		const moments = [
			'2026-11-19T18:00',
			'2026-11-19T23:59',
			'2026-11-20T09:00',
			'2026-11-22T12:00',
			'2026-11-23T07:59',
		];
		expect(new Set(moments.map((moment) => evaluate(COMMERCIAL, at(moment)).period))).toEqual(
			new Set(['2026-11-19T21:00:00.000Z']),
		);
	});

	it('gives the next closed period another key', () => {
		expect(evaluate(LUNCH, at('2026-11-24T12:10')).period).not.toBe(evaluate(LUNCH, at('2026-11-24T18:10')).period);
	});
});

describe('holidays (X-12, D-26)', () => {
	it('are told apart from closed hours and named', () => {
		expect(status(COMMERCIAL, '2026-11-20T10:00')).toEqual({
			state: 'holiday',
			holiday: 'Consciência Negra',
			since: '2026-11-19T18:00',
			nextOpening: '2026-11-23T08:00',
			closesAt: null,
		});
		expect(status(COMMERCIAL, '2026-11-21T00:00')).toMatchObject({ state: 'closed', holiday: null });
	});

	it('can be switched off', () => {
		expect(status({ ...COMMERCIAL, holidays: null }, '2026-11-20T10:00').state).toBe('open');
	});

	it('let Ash Wednesday begin at noon', () => {
		const schedule: Schedule = { ...COMMERCIAL, holidays: { ashWednesday: true } };
		expect(status(schedule, '2026-02-18T11:59')).toMatchObject({ state: 'holiday', nextOpening: '2026-02-18T12:00' });
		expect(status(schedule, '2026-02-18T12:00')).toMatchObject({ state: 'open', holiday: 'Quarta-feira de Cinzas' });
		expect(status(schedule, '2026-02-18T19:00')).toMatchObject({ state: 'closed' });
		const afternoon: Schedule = { ...schedule, weekly: [{ days: MON_FRI, from: '13:00', to: '18:00' }] };
		expect(status(afternoon, '2026-02-18T11:00').state).toBe('holiday');
		expect(status(afternoon, '2026-02-18T12:30').state).toBe('closed');
	});

	it('may carry special hours, which replace the usual ones', () => {
		const own = [{ date: '24/12', name: 'Véspera de Natal', from: '10:00', to: '12:00' }];
		const schedule: Schedule = { ...COMMERCIAL, holidays: { own } };
		expect(status(schedule, '2026-12-24T09:00')).toMatchObject({ state: 'holiday', nextOpening: '2026-12-24T10:00' });
		expect(status(schedule, '2026-12-24T11:00')).toMatchObject({
			state: 'open',
			holiday: 'Véspera de Natal',
			closesAt: '2026-12-24T12:00',
			nextOpening: '2026-12-28T08:00',
		});
		expect(status(schedule, '2026-12-24T13:00').state).toBe('holiday');
	});

	it('do not cut a shift that began the evening before', () => {
		const night: Schedule = { weekly: [{ days: ['thu', 'fri'], from: '20:00', to: '02:00' }], holidays: {} };
		expect(status(night, '2026-11-20T01:00')).toMatchObject({ state: 'open', closesAt: '2026-11-20T02:00' });
		expect(status(night, '2026-11-20T21:00').state).toBe('holiday');
	});
});

describe('unusual hours', () => {
	it('run past midnight, into the next week too', () => {
		const night: Schedule = { weekly: [{ days: ['sun'], from: '22:00', to: '06:00' }] };
		expect(status(night, '2026-11-23T05:59')).toMatchObject({
			state: 'open',
			since: '2026-11-22T22:00',
			closesAt: '2026-11-23T06:00',
			nextOpening: '2026-11-29T22:00',
		});
	});

	it('join into one period around the clock', () => {
		const weekdays: Schedule = { weekly: [{ days: MON_FRI, from: '00:00', to: '24:00' }] };
		expect(status(weekdays, '2026-11-25T12:00')).toMatchObject({
			since: '2026-11-23T00:00',
			closesAt: '2026-11-28T00:00',
			nextOpening: '2026-11-30T00:00',
		});
	});

	it('begin the closed period where the longer of two overlapping shifts ended (D-27)', () => {
		const overlapping: Schedule = {
			weekly: [
				{ days: ['sun'], from: '10:00', to: '02:00' },
				{ days: ['mon'], from: '00:00', to: '01:00' },
			],
		};
		expect(status(overlapping, '2026-11-24T12:00').since).toBe('2026-11-23T02:00');
	});

	it('never close', () => {
		expect(status(ALWAYS, '2026-11-25T12:00')).toEqual({
			state: 'open',
			holiday: null,
			since: 'always',
			nextOpening: null,
			closesAt: null,
		});
	});

	it('never open: the search ends (D-27)', () => {
		const never = { state: 'closed', holiday: null, since: 'never', nextOpening: null, closesAt: null };
		expect(status({ weekly: [] }, '2026-11-25T12:00')).toEqual(never);
		const own = Array.from({ length: 366 }, (_, day) => ({
			date: DateTime.utc(2028, 1, 1).plus({ days: day }).toFormat('dd/MM'),
			name: 'Encerrado',
		}));
		expect(status({ ...COMMERCIAL, holidays: { own } }, '2026-11-25T12:00')).toEqual({
			...never,
			state: 'holiday',
			holiday: 'Encerrado',
		});
	});

	it('refuse an instant that is none', () => {
		expect(() => evaluate(COMMERCIAL, NaN)).toThrow('NaN is not an instant.');
	});
});

describe('clocks that change (D-27)', () => {
	it('skips the hour that did not exist: São Paulo, 2018-11-04 00:00', () => {
		expect(status(ALWAYS, '2018-11-04T12:00').state).toBe('open');
		const early: Schedule = { weekly: [{ days: ['sun'], from: '00:00', to: '02:00' }] };
		const { period, closesAt } = evaluate(early, Date.parse('2018-11-04T03:00:00Z'));
		expect(period).toBe('2018-11-04T03:00:00.000Z');
		expect(closesAt).toBe(Date.parse('2018-11-04T04:00:00Z'));
	});

	it('counts the hour that came twice: São Paulo, 2018-02-17 23:00', () => {
		const late: Schedule = { weekly: [{ days: ['sat'], from: '22:00', to: '24:00' }] };
		const { closesAt, period } = evaluate(late, Date.parse('2018-02-18T02:30:00Z'));
		expect([period, closesAt]).toEqual(['2018-02-18T00:00:00.000Z', Date.parse('2018-02-18T03:00:00Z')]);
	});

	it('opens at the same wall time before and after the change: New York, 2026-11-01', () => {
		const zone = 'America/New_York';
		const schedule: Schedule = { ...COMMERCIAL, holidays: null, zone };
		expect(evaluate(schedule, at('2026-10-30T20:00', zone)).nextOpening).toBe(Date.parse('2026-11-02T13:00:00Z'));
		expect(evaluate(schedule, at('2026-10-29T20:00', zone)).nextOpening).toBe(Date.parse('2026-10-30T12:00:00Z'));
	});
});

describe('outside hours (P-16)', () => {
	const outside: Schedule = { ...COMMERCIAL, outside: true };

	it('are open exactly when the hours are not, holidays included', () => {
		expect(status(outside, '2026-11-24T10:00')).toEqual({
			state: 'closed',
			holiday: null,
			since: '2026-11-24T08:00',
			nextOpening: '2026-11-24T18:00',
			closesAt: null,
		});
		expect(status(outside, '2026-11-20T10:00')).toEqual({
			state: 'open',
			holiday: 'Consciência Negra',
			since: '2026-11-19T18:00',
			nextOpening: '2026-11-23T18:00',
			closesAt: '2026-11-23T08:00',
		});
	});

	it('of 24 h are the holidays', () => {
		const { schedule } = PRESETS.find(({ value }) => value === 'outsideAllDay')!;
		const withHolidays: Schedule = { ...schedule, holidays: {} };
		expect(status(withHolidays, '2026-11-20T10:00').state).toBe('open');
		expect(status(withHolidays, '2026-11-21T10:00').state).toBe('closed');
	});
});

describe('any schedule', () => {
	const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
		const minute = quarter * 15;
		return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
	});
	const row = fc.record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), from: time, to: time });
	const usable = row.filter(({ from, to }) => from !== to || from === '00:00');
	const holidays = fc.option(fc.record({ carnival: fc.boolean(), ashWednesday: fc.boolean() }), { nil: null });
	const schedules = (zones: string[]) =>
		fc.record({
			weekly: fc.array(usable, { maxLength: 4 }),
			zone: fc.constantFrom(...zones),
			outside: fc.boolean(),
			holidays,
		});
	const quarter = 15 * 60_000;
	const instants = (from: string, to: string) =>
		fc.integer({ min: Date.parse(from) / quarter, max: Date.parse(to) / quarter }).map((n) => n * quarter);

	/** By definition, minute by minute; right where clocks do not change. */
	const isOpenByDefinition = (schedule: Schedule, now: number) => {
		const { rangesOn, outside } = readSchedule(schedule);
		const local = DateTime.fromMillis(now, { zone: schedule.zone });
		const minute = local.hour * 60 + local.minute;
		const covers = (date: string, m: number) => rangesOn(date).some(({ from, to }) => from <= m && m < to);
		const inHours = covers(local.toISODate()!, minute) || covers(local.minus({ days: 1 }).toISODate()!, minute + 1440);
		return inHours !== outside;
	};

	it('agrees with a walk through the week in quarters of an hour', () => {
		fc.assert(
			fc.property(schedules([SP, 'America/Noronha']), instants('2026-01-01', '2026-12-31'), (schedule, now) => {
				const found = evaluate(schedule, now);
				const open = isOpenByDefinition(schedule, now);
				expect(found.state === 'open').toBe(open);
				for (let t = now + quarter; t < now + 8 * 86_400_000; t += quarter) {
					if (isOpenByDefinition(schedule, t) === open) continue;
					expect(open ? found.closesAt : found.nextOpening).toBe(t);
					break;
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('names a beginning and an end that hold, whatever the clocks do', () => {
		const zones = [SP, 'America/New_York', 'Europe/Lisbon', 'Australia/Lord_Howe', 'UTC'];
		fc.assert(
			fc.property(schedules(zones), instants('2017-01-01', '2019-12-31'), (schedule, now) => {
				// A new object each time: nothing remembered.
				const fresh = (t: number) => evaluate({ ...schedule }, t);
				const here = fresh(now);
				const end = here.state === 'open' ? here.closesAt : here.nextOpening;
				const isOpen = here.state === 'open';
				if (here.period.endsWith('Z')) {
					const begin = Date.parse(here.period);
					expect(begin <= now).toBe(true);
					expect(fresh(begin).period).toBe(here.period);
					expect(fresh(begin - 1).state === 'open').toBe(!isOpen);
				}
				if (end !== null) {
					expect(end > now).toBe(true);
					expect(fresh(end - 1).period).toBe(here.period);
					expect(fresh(end).state === 'open').toBe(!isOpen);
				}
				if (here.nextOpening !== null) expect(fresh(here.nextOpening).state).toBe('open');
			}),
			{ numRuns: 150 },
		);
	});

	it('answers the same with and without what it remembers', () => {
		fc.assert(
			fc.property(
				schedules([SP, 'America/New_York']),
				fc.array(instants('2026-02-01', '2026-03-31'), { minLength: 2, maxLength: 12 }),
				(schedule, moments) => {
					for (const now of moments) expect(evaluate(schedule, now)).toEqual(evaluate({ ...schedule }, now));
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('describeNextOpening', () => {
	const now = at('2026-11-20T10:00');
	it.each([
		['2026-11-20T14:00', 'hoje às 14:00'],
		['2026-11-21T08:00', 'amanhã às 08:00'],
		['2026-11-23T08:00', 'segunda-feira às 08:00'],
		['2026-11-26T01:00', 'quinta-feira à 01:00'],
		['2026-11-27T08:00', '27/11 às 08:00'],
		['2027-01-04T08:00', '04/01/2027 às 08:00'],
	])('calls %s "%s"', (opening, text) => {
		expect(describeNextOpening(at(opening), now, SP)).toBe(text);
	});

	it('counts days on the clocks of the zone, and says nothing when it never opens', () => {
		const lateEvening = at('2026-11-19T23:30');
		expect(describeNextOpening(at('2026-11-20T08:00'), lateEvening, SP)).toBe('amanhã às 08:00');
		expect(describeNextOpening(null, now, SP)).toBe('');
	});
});
