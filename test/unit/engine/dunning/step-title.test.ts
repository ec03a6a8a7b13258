import { DEFAULT_LADDER } from '../../../../engine/dunning/policy';
import { stepTitle } from '../../../../engine/dunning/step-title';

describe('how people say the day of a step (X-09)', () => {
	it.each([
		['d-3', '3 dias antes do vencimento'],
		['d-1', '1 dia antes do vencimento'],
		['d-2u', '2 dias úteis antes do vencimento'],
		['D0', 'no vencimento'],
		['d0u', 'no vencimento'],
		['d+1', '1 dia após o vencimento'],
		['d+2u', '2º dia útil após o vencimento'],
		['d+30', '30 dias após o vencimento'],
		['vip', 'vip'],
		['d7', 'd7'],
		['d+7-novo', 'd+7-novo'],
	])('%s is "%s"', (key, title) => {
		expect(stepTitle(key)).toBe(title);
	});

	it('is known of every step of the default ladder', () => {
		expect(DEFAULT_LADDER.filter(({ key }) => stepTitle(key) === key)).toEqual([]);
	});
});
