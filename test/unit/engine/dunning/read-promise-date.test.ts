import { readPromiseDate } from '../../../../engine/dunning/read-promise-date';

// A Wednesday.
const TODAY = '2026-11-18';

describe('the date a customer names for a payment', () => {
	it.each([
		['hoje', '2026-11-18'],
		['Amanhã', '2026-11-19'],
		['depois de amanhã.', '2026-11-20'],
		['sexta', '2026-11-20'],
		['na sexta-feira', '2026-11-20'],
		['pago terça feira', '2026-11-24'],
		// Said on that day, it is next week's.
		['quarta', '2026-11-25'],
		['próxima segunda', '2026-11-23'],
		['25/11', '2026-11-25'],
		['vou pagar dia 25/11', '2026-11-25'],
		['25/11/26', '2026-11-25'],
		['25.11.2026', '2026-11-25'],
		['até o dia 27', '2026-11-27'],
		['até dia 27', '2026-11-27'],
		['dia 5', '2026-12-05'],
		['05/01', '2027-01-05'],
	])('reads "%s" as %s (X-04)', (text, date) => {
		expect(readPromiseDate(text, TODAY)).toBe(date);
	});

	it.each([
		['27'],
		['31/02'],
		['17/11/2026'],
		['dia 32'],
		['sexta eu vejo isso com a minha esposa'],
		['constructor'],
		['oi'],
		[''],
		[`amanhã${' '.repeat(80)}`],
	])('does not take "%s" for a date', (text) => {
		expect(readPromiseDate(text, TODAY)).toBeNull();
	});

	it('finds the 31st in a month that has one, and 29 February in a leap year', () => {
		expect(readPromiseDate('dia 31', '2026-11-18')).toBe('2026-12-31');
		expect(readPromiseDate('29/02', '2027-03-01')).toBe('2028-02-29');
	});
});
