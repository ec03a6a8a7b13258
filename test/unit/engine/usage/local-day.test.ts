import { dayTeller, monthOf } from '../../../../engine/usage/local-day';

const at = (text: string) => Date.parse(text);

describe('the day of a number', () => {
	it('is that of its own calendar', () => {
		const [saoPaulo, rioBranco] = [dayTeller('America/Sao_Paulo'), dayTeller('America/Rio_Branco')];
		const instants = ['2026-11-23T02:59:59Z', '2026-11-23T03:00:00Z', '2026-11-23T05:00:00Z'].map(at);
		expect(instants.map(saoPaulo)).toEqual(['2026-11-22', '2026-11-23', '2026-11-23']);
		expect(instants.map(rioBranco)).toEqual(['2026-11-22', '2026-11-22', '2026-11-23']);
	});

	it('is right where clocks change and where midnight lies between full hours of UTC', () => {
		const lisbon = dayTeller('Europe/Lisbon');
		expect(['2026-03-28T23:59:59Z', '2026-03-29T22:59:59Z', '2026-03-29T23:00:00Z'].map(at).map(lisbon)).toEqual([
			'2026-03-28',
			'2026-03-29',
			'2026-03-30',
		]);
		const kathmandu = dayTeller('Asia/Kathmandu');
		expect(['2026-01-01T18:14:59Z', '2026-01-01T18:15:00Z'].map(at).map(kathmandu)).toEqual([
			'2026-01-01',
			'2026-01-02',
		]);
	});

	it('is that of São Paulo where the zone is unknown', () => {
		expect(dayTeller('Marte/Olympus')(at('2026-11-23T02:59:59Z'))).toBe('2026-11-22');
	});

	it('belongs to a month', () => {
		expect(monthOf('2026-11-22')).toBe('2026-11-01');
	});
});
