import { readDocumentData, type DocumentDataInput } from '../../../../engine/document/data';
import { reckon, type FiguresResult } from '../../../../engine/document/figures';
import { AGREEMENT, STATEMENT, TITLES } from './facts';

const figures = (input: DocumentDataInput, asOf = '2026-11-21'): FiguresResult => {
	const read = readDocumentData(input);
	if (!read.ok) throw new Error(JSON.stringify(read.problems));
	return reckon(read.data, asOf);
};

const reckoned = (input: DocumentDataInput, asOf?: string) => {
	const result = figures(input, asOf);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.figures;
};

const problems = (input: DocumentDataInput) => {
	const result = figures(input);
	return result.ok ? [] : [result.code, ...result.problems.map(({ field, explanation }) => `${field}: ${explanation}`)];
};

const agreement = (changes: object): DocumentDataInput => ({
	...STATEMENT,
	charges: null,
	agreement: { count: 3, firstDueDate: '2026-11-30', ...changes },
});

describe('the numbers of a document', () => {
	it('reckons fine and interest by contract, from the original due date, and sums every column (C-02)', () => {
		const { titles, totals } = reckoned(STATEMENT);
		expect(
			titles.map(({ daysLate, fineCents, interestCents, updatedCents }) => [
				daysLate,
				fineCents,
				interestCents,
				updatedCents,
			]),
		).toEqual([
			[62, 920, 950, 47_860],
			[32, 920, 491, 47_401],
		]);
		expect(totals).toEqual({
			...{ amountCents: 91_980, fineCents: 1_840, interestCents: 1_441 },
			...{ discountCents: 0, paidCents: 0, updatedCents: 95_261 },
		});
	});

	it('charges nothing until the next bank day when banks were closed on the due date, and from the due date afterwards', () => {
		const [title] = STATEMENT.titles;
		// A Saturday, a Monday.
		const due = { ...STATEMENT, titles: [{ ...title!, dueDate: '2026-11-14' }] };
		expect(reckoned(due, '2026-11-16').titles[0]).toMatchObject({ daysLate: 0, fineCents: 0, interestCents: 0 });
		expect(reckoned(due, '2026-11-17').titles[0]).toMatchObject({ daysLate: 3, fineCents: 920, interestCents: 46 });
	});

	it('charges nothing that no contract says', () => {
		expect(reckoned({ ...STATEMENT, charges: null }).totals.updatedCents).toBe(91_980);
	});

	it('takes given charges as they are, discounts and what was paid off', () => {
		const title = { number: '1', dueDate: '2026-10-20', amount: 'R$ 1.000,00', fineCents: 2_000, interest: 7.5 };
		const { totals } = reckoned({ ...STATEMENT, titles: [{ ...title, discount: 10, paid: '200' }] as never });
		expect(totals).toEqual({
			...{ amountCents: 100_000, fineCents: 2_000, interestCents: 750 },
			...{ discountCents: 1_000, paidCents: 20_000, updatedCents: 81_750 },
		});
	});

	it('tells a total that does not add up instead of printing it', () => {
		expect(
			problems({ ...STATEMENT, charges: null, titles: [{ ...TITLES[0]!, updatedCents: 46_000 }] as never }),
		).toEqual([
			'documentAmountsDisagree',
			'titles.0.updatedCents: o título NF 1234/1 diz R$ 460,00, mas as parcelas do valor somam R$ 459,90',
		]);
		expect(problems({ ...STATEMENT, titles: [{ ...TITLES[0]!, paidCents: 99_999 }] as never })).toEqual([
			'documentAmountsDisagree',
			'titles.0.updatedCents: o desconto e o valor pago do título NF 1234/1 passam do que era devido',
		]);
	});

	it('splits an agreement into a down payment and equal instalments, the odd cents on the last (C-01)', () => {
		const { agreement: terms } = reckoned(AGREEMENT);
		expect(terms).toMatchObject({ discountCents: 5_261, agreedCents: 90_000, totalCents: 90_000, interestCents: 0 });
		expect(terms!.instalments).toEqual([
			{ number: 0, dueDate: '2026-11-30', amountCents: 30_000 },
			{ number: 1, dueDate: '2026-12-30', amountCents: 20_000 },
			{ number: 2, dueDate: '2027-01-30', amountCents: 20_000 },
			{ number: 3, dueDate: '2027-02-28', amountCents: 20_000 },
		]);
	});

	it('tells what paying in instalments adds', () => {
		const { agreement: terms } = reckoned(agreement({ monthlyRatePercent: 1 }));
		expect([terms!.agreedCents, terms!.interestCents, terms!.totalCents]).toEqual([91_980, 1_846, 93_826]);
	});

	it.each([
		[
			'instalments that are too few',
			{ instalments: [{ number: 1, dueDate: '2026-12-01', amountCents: 91_979 }] },
			/somam R\$ 919,79, mas o valor do acordo é R\$ 919,80/,
		],
		[
			'instalments that are more without a rate',
			{ instalments: [{ number: 1, dueDate: '2026-12-01', amount: 1000 }] },
			/somam R\$ 1.000,00/,
		],
		[
			'a down payment of another amount',
			{ downPaymentCents: 1, instalments: [{ number: 1, dueDate: '2026-12-01', amountCents: 91_980 }] },
			/a entrada é de R\$ 0,01, mas a parcela 0 é de R\$ 0,00/,
		],
		[
			'a gap in the instalments',
			{ instalments: [1, 3].map((number) => ({ number, dueDate: '2026-12-01', amountCents: 45_990 })) },
			/devem ser 1, 2, 3/,
		],
		['a discount of everything', { discount: '919,80' }, /não deixa nada/],
		['no instalments at all', { count: null }, /faltam as parcelas/],
		['a down payment of everything', { downPaymentCents: 91_980 }, /A entrada deve ser menor/],
	])('refuses %s', (_, changes, reason) => expect(problems(agreement(changes)).join(' ')).toMatch(reason));

	it('takes given instalments that come to more when a rate explains it', () => {
		const instalments = [{ number: 1, dueDate: '2026-12-01', amount: 1000 }];
		expect(reckoned(agreement({ instalments, monthlyRatePercent: 2 })).agreement!.interestCents).toBe(8_020);
	});
});

describe('the data of a document', () => {
	const wrong = (input: unknown) => {
		const read = readDocumentData(input);
		return read.ok ? [] : read.problems.map(({ field, explanation }) => `${field}: ${explanation}`);
	};

	it.each([
		['no titles', { ...STATEMENT, titles: undefined }, 'titles: deve ser uma lista de títulos'],
		['an empty list', { ...STATEMENT, titles: [] }, 'titles: não tem nenhum título'],
		[
			'a date that does not exist',
			{ ...STATEMENT, asOf: '2026-02-30' },
			'asOf: não é uma data que exista; escreva AAAA-MM-DD',
		],
		[
			'a date written the other way',
			{ ...STATEMENT, titles: [{ ...(TITLES[0] as object), dueDate: '20/09/2026' }] },
			'titles.0.dueDate: não é uma data que exista; escreva AAAA-MM-DD',
		],
		[
			'half a cent',
			{ ...STATEMENT, titles: [{ ...(TITLES[0] as object), amountCents: 0.5 }] },
			'titles.0.amountCents: deve ter centavos inteiros',
		],
		[
			'a negative amount',
			{ ...STATEMENT, titles: [{ ...(TITLES[0] as object), paidCents: -1 }] },
			'titles.0.paidCents: não pode ser negativo',
		],
		[
			'an acceptance without an offset',
			{ ...AGREEMENT, acceptance: { messageId: 'a', text: 'ACEITO', at: '2026-11-21T10:00:00' } },
			'acceptance.at: deve ser data e hora como 2026-11-21T14:30:12-03:00',
		],
		['a name without end', { ...STATEMENT, debtor: { name: 'x'.repeat(201) } }, 'debtor.name: passa de 200 caracteres'],
	])('says what is wrong with %s', (_, input, problem) => expect(wrong(input)).toEqual([problem]));

	it('takes numbers for texts, spaces out of them, and leaves aside what it does not know', () => {
		const read = readDocumentData({
			...STATEMENT,
			number: 77,
			debtor: { name: ' Ana\n\t Souza ', cor: 'azul' },
			mais: 1,
		});
		expect(read).toMatchObject({ ok: true, data: { number: '77', debtor: { name: 'Ana Souza' } } });
	});
});
