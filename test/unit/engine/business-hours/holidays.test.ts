import fc from 'fast-check';
import { weekdayOf } from '../../../../engine/business-hours/dates';
import { easterSunday, holidayCalendar, holidaysOfYear } from '../../../../engine/business-hours/holidays';
import type { HolidayRules } from '../../../../engine/business-hours/holidays';
import { UF_OF_DDD } from '../../../../engine/phone-ddd';

const namesOn = (date: string, rules: HolidayRules) => holidayCalendar(rules).on(date)?.name ?? null;

describe('Brazilian holidays (X-12, D-26)', () => {
	it('lists the national ones of 2026', () => {
		expect(holidaysOfYear(2026, {}).map(({ date, name }) => `${date} ${name}`)).toEqual([
			'2026-01-01 Confraternização Universal',
			'2026-04-03 Sexta-feira Santa',
			'2026-04-21 Tiradentes',
			'2026-05-01 Dia do Trabalho',
			'2026-09-07 Independência do Brasil',
			'2026-10-12 Nossa Senhora Aparecida',
			'2026-11-02 Finados',
			'2026-11-15 Proclamação da República',
			'2026-11-20 Consciência Negra',
			'2026-12-25 Natal',
		]);
	});

	it.each([
		[2026, '2026-02-16', '2026-02-17', '2026-04-03', '2026-06-04'],
		[2027, '2027-02-08', '2027-02-09', '2027-03-26', '2027-05-27'],
	])('moves Carnival, Good Friday and Corpus Christi of %i with Easter', (_, monday, tuesday, goodFriday, corpus) => {
		const rules = { carnival: true, corpusChristi: true };
		expect(namesOn(monday, rules)).toBe('Carnaval');
		expect(namesOn(tuesday, rules)).toBe('Carnaval');
		expect(namesOn(goodFriday, rules)).toBe('Sexta-feira Santa');
		expect(namesOn(corpus, rules)).toBe('Corpus Christi');
		expect([monday, tuesday, corpus].map((date) => namesOn(date, {}))).toEqual([null, null, null]);
	});

	it('keeps 20 November since 2024, in every state', () => {
		expect(namesOn('2023-11-20', {})).toBeNull();
		for (const state of new Set(UF_OF_DDD.values())) {
			expect(namesOn('2026-11-20', { state })).toBe('Consciência Negra');
			expect(namesOn('2027-11-20', { state })).toBe('Consciência Negra');
		}
	});

	it.each([
		['2026-07-09', 'SP', 'Revolução Constitucionalista'],
		['2026-04-23', 'RJ', 'São Jorge'],
		['2026-02-17', 'RJ', 'Carnaval'],
		['2026-03-25', 'CE', 'Data Magna do Ceará'],
		['2026-09-05', 'AM', 'Elevação do Amazonas a província'],
		['2026-04-13', 'ES', 'Nossa Senhora da Penha'],
		['2027-06-24', 'AL', 'São João'],
		['2027-06-29', 'AL', 'São Pedro'],
		['2026-11-17', 'AC', 'Tratado de Petrópolis'],
		['2026-09-08', 'TO', 'Nossa Senhora da Natividade'],
	] as const)('keeps %s in %s only: %s', (date, state, name) => {
		expect(namesOn(date, { state })).toBe(name);
		expect(namesOn(date, { state: 'MG' })).toBeNull();
		expect(namesOn(date, {})).toBeNull();
	});

	it('opens at noon on Ash Wednesday', () => {
		expect(holidayCalendar({ ashWednesday: true }).on('2026-02-18')).toEqual({
			date: '2026-02-18',
			name: 'Quarta-feira de Cinzas',
			kind: 'optional',
			hours: { type: 'closedUntil', minute: 720 },
		});
	});

	it('puts Easter on a Sunday between 22 March and 25 April', () => {
		expect([2000, 2019, 2024, 2025, 2026, 2027, 2038].map(easterSunday)).toEqual([
			'2000-04-23',
			'2019-04-21',
			'2024-03-31',
			'2025-04-20',
			'2026-04-05',
			'2027-03-28',
			'2038-04-25',
		]);
		fc.assert(
			fc.property(fc.integer({ min: 1583, max: 9998 }), (year) => {
				const easter = easterSunday(year);
				expect(weekdayOf(easter)).toBe(7);
				expect(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25').toBe(true);
			}),
		);
	});
});

describe('own dates (D-26)', () => {
	it('closes a date once or every year, in any of the usual spellings', () => {
		const rules = {
			national: false,
			own: [
				{ date: '25/01', name: 'Aniversário de São Paulo' },
				{ date: '2026-12-28', name: 'Férias coletivas' },
				{ date: '29/02', name: 'Dia raro' },
				{ date: '4/7/2026', name: ' ' },
			],
		};
		expect(holidaysOfYear(2026, rules).map(({ date, name }) => [date, name])).toEqual([
			['2026-01-25', 'Aniversário de São Paulo'],
			['2026-07-04', 'Data especial'],
			['2026-12-28', 'Férias coletivas'],
		]);
		expect(holidaysOfYear(2028, rules).map(({ date }) => date)).toEqual(['2028-01-25', '2028-02-29']);
	});

	it('wins over the tables, and one year over every year', () => {
		const own = [
			{ date: '12-24', name: 'Véspera', from: '08:00', to: '12:00' },
			{ date: '2026-12-24', name: 'Fechado este ano' },
			{ date: '2026-12-25', name: 'Plantão de Natal', from: '09:00', to: '11:00' },
			{ date: '2026-12-25', name: 'Plantão de Natal', from: '14:00', to: '16:00' },
		];
		const calendar = holidayCalendar({ own });
		expect(calendar.on('2026-12-24')).toMatchObject({ name: 'Fechado este ano', hours: { type: 'closed' } });
		expect(calendar.on('2027-12-24')).toMatchObject({ hours: { type: 'special', ranges: [{ from: 480, to: 720 }] } });
		expect(calendar.on('2026-12-25')).toMatchObject({
			kind: 'own',
			hours: {
				type: 'special',
				ranges: [
					{ from: 540, to: 660 },
					{ from: 840, to: 960 },
				],
			},
		});
	});

	it.each([
		[[{ date: '31/02', name: 'x' }], 'Own dates, row 1: "31/02" is not a date.'],
		[
			[
				{ date: '01/05', name: 'x' },
				{ date: 'amanhã', name: 'y' },
			],
			'Own dates, row 2: "amanhã" is not a date.',
		],
		[[{ date: '24/12', name: 'x', from: '08:00' }], 'Own dates, row 1: only one of "From" and "To" is filled in.'],
		[
			[{ date: '24/12', name: 'x', from: '08:00', to: '26:00' }],
			'Own dates, row 1, "To": "26:00" is not a time of day.',
		],
		[
			[
				{ date: '24/12', name: 'x' },
				{ date: '12-24', name: 'y', from: '08:00', to: '12:00' },
			],
			'Own dates, row 2: 12-24 is already in another row, as closed.',
		],
	])('refuses %j and names the row', (own, message) => {
		expect(() => holidayCalendar({ own })).toThrow(
			expect.objectContaining({ name: 'ConfigurationError', message, field: 'ownDates' }),
		);
	});
});
