import { similarNames } from '../../../../../nodes/shared/template/similar-names';

describe('names that may have been meant', () => {
	const names = ['lembrete_de_vencimento', 'boas_vindas', 'lembrete_vencido', 'aviso_os', 'boas_vindas'];

	it.each([
		['lembrete_vencimento', ['lembrete_de_vencimento', 'lembrete_vencido']],
		['Boas-Vindas', ['boas_vindas']],
		['avisos', ['aviso_os']],
		['xyz', []],
		['', []],
	])('%s → %j', (wanted, similar) => {
		expect(similarNames(wanted, names)).toEqual(similar);
	});

	it('names at most three', () => {
		expect(similarNames('a1', ['a1', 'a12', 'a13', 'a14'])).toEqual(['a1', 'a12', 'a13']);
	});
});
