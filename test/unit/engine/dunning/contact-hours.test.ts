import { evaluate } from '../../../../engine/business-hours/evaluate';
import { contactHoursOf, DEFAULT_CONTACT_HOURS, STATE_LAW_HOURS } from '../../../../engine/dunning/contact-hours';
import type { ContactHoursTable } from '../../../../engine/dunning/types';
import type { Uf } from '../../../../engine/phone-ddd';

const hours = (where: { uf?: Uf | null; phone?: string | null }, table: ContactHoursTable = DEFAULT_CONTACT_HOURS) =>
	contactHoursOf(table, { uf: null, phone: null, ...where });

const isOpen = (where: { uf?: Uf | null; phone?: string | null }, at: string, table?: ContactHoursTable) =>
	evaluate(hours(where, table), Date.parse(at)).state === 'open';

describe('when a debtor may be written to (X-03)', () => {
	it('is Monday to Friday from nine to six on the debtor own clocks', () => {
		expect(isOpen({ phone: '11987654321' }, '2026-03-10T09:00-03:00')).toBe(true);
		expect(isOpen({ phone: '11987654321' }, '2026-03-10T08:59-03:00')).toBe(false);
		expect(isOpen({ phone: '11987654321' }, '2026-03-10T18:00-03:00')).toBe(false);
		expect(isOpen({ phone: '11987654321' }, '2026-03-14T10:00-03:00')).toBe(false);
	});

	it('lets Rio Branco sleep while São Paulo works', () => {
		expect(isOpen({ phone: '(68) 99999-1234' }, '2026-03-10T09:00-03:00')).toBe(false);
		expect(isOpen({ phone: '(68) 99999-1234' }, '2026-03-10T11:00-03:00')).toBe(true);
		expect(isOpen({ phone: '(68) 99999-1234' }, '2026-03-10T19:59-03:00')).toBe(true);
	});

	it('believes the register before the area code', () => {
		const moved = { uf: 'AC' as const, phone: '11987654321' };
		expect(hours(moved).zone).toBe('America/Rio_Branco');
		expect(isOpen(moved, '2026-03-10T10:59-03:00')).toBe(false);
	});

	it('keeps to both clocks in DDD 97: ten to six in Manaus is nine to five in Eirunepé', () => {
		const west = hours({ phone: '97991234567' });
		expect(west.zone).toBe('America/Manaus');
		expect(west.weekly).toEqual([{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '10:00', to: '18:00' }]);
		expect(hours({ phone: '92991234567' }).weekly).toEqual(DEFAULT_CONTACT_HOURS.default);
	});

	it('keeps to both clocks of Amazonas when only the state is known, and to one where the area code tells it', () => {
		expect(hours({ uf: 'AM' }).weekly).toEqual(hours({ phone: '97991234567' }).weekly);
		expect(hours({ uf: 'AM', phone: '11987654321' }).weekly).toEqual(hours({ uf: 'AM' }).weekly);
		expect(hours({ uf: 'AM', phone: '92991234567' })).toBe(hours({ phone: '92991234567' }));
	});

	it('cuts every range of a day on both clocks', () => {
		const table: ContactHoursTable = {
			default: [
				{ days: ['mon'], from: '08:00', to: '12:00' },
				{ days: ['mon', 'tue'], from: '13:30', to: '18:00' },
			],
			states: {},
		};
		expect(hours({ phone: '97991234567' }, table).weekly).toEqual([
			{ days: ['mon'], from: '09:00', to: '12:00' },
			{ days: ['mon', 'tue'], from: '14:30', to: '18:00' },
		]);
	});

	it('has one clock for the west of Pará, whose two are the same today', () => {
		expect(hours({ phone: '93991234567' }).weekly).toEqual(DEFAULT_CONTACT_HOURS.default);
	});

	it('gives Fernando de Noronha the clock of its state, which a row of Pernambuco can narrow', () => {
		expect(hours({ phone: '81991234567' }).zone).toBe('America/Recife');
		const careful: ContactHoursTable = {
			...DEFAULT_CONTACT_HOURS,
			states: { PE: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }] },
		};
		const open = (at: string) => isOpen({ phone: '81991234567' }, at, careful);
		// 18:00 in Noronha.
		expect([open('2026-03-10T17:59-02:00'), open('2026-03-10T18:00-02:00')]).toEqual([true, false]);
	});

	it('uses the clock of São Paulo for numbers of other countries and unusable ones', () => {
		const unknown = hours({});
		expect(unknown).toMatchObject({ zone: 'America/Sao_Paulo', weekly: DEFAULT_CONTACT_HOURS.default });
		expect(hours({ phone: '+351912345678' })).toBe(unknown);
		expect(hours({ phone: 'sem telefone' })).toBe(unknown);
	});

	it.each([
		['a national holiday', '11987654321', '2026-11-20', 'Consciência Negra'],
		['Carnival Monday', '11987654321', '2026-02-16', 'Carnaval'],
		['Carnival Tuesday 2027', '11987654321', '2027-02-09', 'Carnaval'],
		['Corpus Christi', '11987654321', '2026-06-04', 'Corpus Christi'],
		['a holiday of the state', '11987654321', '2026-07-09', 'Revolução Constitucionalista'],
		['another state holiday', '85987654321', '2026-03-25', 'Data Magna do Ceará'],
	])('is closed on %s', (_, phone, date, name) => {
		const status = evaluate(hours({ phone }), Date.parse(`${date}T12:00-03:00`));
		expect([status.state, status.holiday?.name]).toEqual(['holiday', name]);
	});

	it('is open on the holidays of other states and on Ash Wednesday', () => {
		expect(isOpen({ phone: '21987654321' }, '2026-07-09T12:00-03:00')).toBe(true);
		expect(isOpen({ phone: '11987654321' }, '2026-02-18T09:00-03:00')).toBe(true);
	});

	it('closes own dates', () => {
		const own = [{ date: '10/03/2026', name: 'Luto' }];
		const schedule = contactHoursOf(DEFAULT_CONTACT_HOURS, { uf: 'SP', phone: null }, own);
		expect(evaluate(schedule, Date.parse('2026-03-10T12:00-03:00')).state).toBe('holiday');
		expect(contactHoursOf(DEFAULT_CONTACT_HOURS, { uf: 'SP', phone: null }, own)).toBe(schedule);
	});

	it('is open on holidays when the table says so, and closed on own dates all the same', () => {
		const open: ContactHoursTable = { ...DEFAULT_CONTACT_HOURS, openOnHolidays: true };
		for (const holiday of ['2026-11-20T12:00-03:00', '2026-07-09T12:00-03:00', '2026-02-16T12:00-03:00']) {
			expect([isOpen({ uf: 'SP' }, holiday), isOpen({ uf: 'SP' }, holiday, open)]).toEqual([false, true]);
		}
		const own = contactHoursOf(open, { uf: 'SP', phone: null }, [{ date: '20/11', name: 'Fechado' }]);
		expect(evaluate(own, Date.parse('2026-11-20T12:00-03:00')).state).toBe('holiday');
	});

	it('knows the hours of the state laws, the stricter ones where sources differ', () => {
		const open = (uf: Uf, at: string) => isOpen({ uf }, at, STATE_LAW_HOURS);
		expect([open('SP', '2026-03-14T13:59-03:00'), open('SP', '2026-03-14T14:00-03:00')]).toEqual([true, false]);
		expect([open('RJ', '2026-03-10T08:30-03:00'), open('RJ', '2026-03-10T18:30-03:00')]).toEqual([false, true]);
		expect([open('CE', '2026-03-10T08:30-03:00'), open('CE', '2026-03-10T18:30-03:00')]).toEqual([true, false]);
		expect([open('ES', '2026-03-10T18:30-03:00'), open('AL', '2026-03-14T09:00-03:00')]).toEqual([true, true]);
		expect([open('MG', '2026-03-10T08:30-03:00'), open('MG', '2026-03-10T09:00-03:00')]).toEqual([false, true]);
	});

	it('is one object per case, however many ask', () => {
		expect(hours({ phone: '11987654321' })).toBe(hours({ phone: '+55 19 91234-5678' }));
		expect(hours({ phone: '11987654321' })).toBe(hours({ uf: 'SP', phone: '68999991234' }));
		expect(hours({ phone: '11987654321' })).not.toBe(hours({ phone: '11987654321' }, STATE_LAW_HOURS));
	});
});
