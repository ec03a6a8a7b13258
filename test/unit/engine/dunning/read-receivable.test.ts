import { readReceivable } from '../../../../engine/dunning/read-receivable';
import { aReceivable } from '../../../support/dunning';

const DEFAULTS = { creditor: 'aurora' };

const read = (row: Record<string, unknown>) => {
	const reading = readReceivable(row, DEFAULTS);
	if (!reading.ok) throw new Error(reading.problem);
	return reading.receivable;
};

const problem = (row: unknown) => {
	const reading = readReceivable(row as Record<string, unknown>, DEFAULTS);
	return reading.ok ? 'fine' : reading.problem;
};

const MINIMAL = { id: 7, vencimento: '10/03/2026', valor: 100 };

describe('reading a receivable', () => {
	it('takes Portuguese names and ways of writing', () => {
		expect(
			read({
				Titulo: 1234,
				Número: 'NF 10/2',
				'Data de Vencimento': '10/03/2026',
				data_emissao: '01/02/2026',
				Valor: 'R$ 1.234,50',
				Situação: 'Em Aberto',
				percentual_multa: '2%',
				juros_ao_mes: '1,5',
				linha_digitavel: ' 0019 ',
				Cliente: {
					Nome: 'Ana Souza',
					'CPF/CNPJ': '529.982.247-25',
					Celular: '(11) 98765-4321',
					UF: 'São Paulo',
					Segmento: 'novo',
				},
			}),
		).toEqual({
			creditor: 'aurora',
			invoice: '1234',
			number: 'NF 10/2',
			payer: {
				key: '52998224725',
				name: 'Ana Souza',
				document: '52998224725',
				phone: '(11) 98765-4321',
				uf: 'SP',
				segment: 'novo',
			},
			dueDate: '2026-03-10',
			issuedOn: '2026-02-01',
			amountCents: 123_450,
			status: 'open',
			humanReason: '',
			charges: { finePercent: 2, monthlyInterestPercent: 1.5 },
			boleto: '0019',
			pix: null,
			link: null,
		});
	});

	it('takes flat rows, with the payer named or not', () => {
		const payer = { key: '52998224725', name: 'Ana', document: '52998224725', phone: '11987654321', uf: 'AC' };
		expect(
			read({ ...MINIMAL, nome: 'Ana', cpf: '52998224725', telefone: '11987654321', uf: 'ac' }).payer,
		).toMatchObject(payer);
		expect(
			read({ ...MINIMAL, clienteNome: 'Ana', cliente_cpf: 52998224725, customerPhone: 11987654321, 'cliente.uf': 'AC' })
				.payer,
		).toMatchObject(payer);
		expect(read({ ...MINIMAL, cliente: 'Ana', whatsapp: '11987654321' }).payer).toMatchObject({
			name: 'Ana',
			key: '+5511987654321',
		});
	});

	it('reads a receivable as itself', () => {
		const receivable = aReceivable({
			charges: { finePercent: 2, monthlyInterestPercent: 1 },
			pix: '00020126',
			humanReason: 'óbito',
		});
		expect(read({ ...receivable })).toEqual(receivable);
		expect(read(JSON.parse(JSON.stringify(receivable)))).toEqual(receivable);
	});

	it('prefers the better name, and passes over what is empty', () => {
		expect(
			read({ id: 1, invoice: 'A', vencimento: '', dueDate: '2026-03-10', valor: null, amountCents: 5 }),
		).toMatchObject({
			invoice: 'A',
			dueDate: '2026-03-10',
			amountCents: 5,
		});
		expect(read({ invoice: 'A', id: 1, dueDate: '2026-03-10', valor: 1 }).invoice).toBe('A');
		expect(read({ ...MINIMAL, telefone: '1', cliente: { telefone: '2' } }).payer.phone).toBe('2');
		expect(read({ ...MINIMAL, telefone: '1', cliente: { telefone: ' ' } }).payer.phone).toBe('1');
	});

	it('is not confused by rows of different shapes', () => {
		const rows = [MINIMAL, { invoice: 'B', due: '2026-01-31', value: 2 }, MINIMAL, { ...MINIMAL, extra: 1 }];
		expect(rows.map((row) => read(row).invoice)).toEqual(['7', 'B', '7', '7']);
	});

	it.each([
		['2026-03-10', '2026-03-10'],
		['2026-03-10T00:00:00.000Z', '2026-03-10'],
		['2026-03-10 23:59:59', '2026-03-10'],
		['10/03/2026', '2026-03-10'],
		['1/3/2026', '2026-03-01'],
		['29/02/2028', '2028-02-29'],
		[new Date('2026-03-10T03:00:00Z'), '2026-03-10'],
		[{ toISODate: () => '2026-03-10' }, '2026-03-10'],
	])('reads the date %p', (dueDate, expected) => {
		expect(read({ ...MINIMAL, dueDate }).dueDate).toBe(expected);
	});

	it.each([
		['30/02/2026'],
		['2026-02-29'],
		['2026-13-01'],
		['03/10'],
		['amanhã'],
		[20260310],
		[new Date(NaN)],
		['0026-03-10'],
		[true],
	])('refuses the date %p', (dueDate) => {
		expect(problem({ ...MINIMAL, dueDate })).toMatch(
			/^O campo "dueDate" não é uma data que exista: .*\. Use 2026-03-10 ou 10\/03\/2026\.$/,
		);
	});

	it.each([
		[1234.5, 123_450],
		[459.9, 45_990],
		[0, 0],
		['1.234,50', 123_450],
		['1.234', 123_400],
		['1234.50', 123_450],
	])('reads the amount %p', (amount, cents) => {
		expect(read({ ...MINIMAL, amount }).amountCents).toBe(cents);
	});

	it.each([[NaN], [Infinity], [-1], ['-1,00'], [1.005], ['dez'], ['1,234,5'], [true], [{}]])(
		'refuses the amount %p',
		(amount) => {
			expect(problem({ ...MINIMAL, amount })).toMatch(/^O campo "amount" não é um valor em reais: /);
		},
	);

	it.each([[-1], [1.5], [NaN], ['1,50'], ['1e3'], [2 ** 60]])('refuses %p cents', (amountCents) => {
		expect(problem({ ...MINIMAL, amountCents })).toMatch(/^O campo "amountCents" não é um valor em centavos: /);
	});

	it.each([
		['PENDING', 'open'],
		['Em Aberto', 'open'],
		['ATRASADO', 'open'],
		['liquidado', 'paid'],
		['RECEIVED_IN_CASH', 'paid'],
		['Cancelada', 'cancelled'],
		['renegociado', 'renegotiated'],
		['contestada', 'disputed'],
		['', 'open'],
	])('reads the status %p as %s', (status, expected) => {
		expect(read({ ...MINIMAL, status }).status).toBe(expected);
	});

	it.each([
		[{ vencimento: '10/03/2026', valor: 1 }, 'Falta o identificador da fatura (campo "invoice" ou "titulo").'],
		[{ id: 7, valor: 1 }, 'Falta o vencimento (campo "dueDate" ou "vencimento").'],
		[{ id: 7, vencimento: '10/03/2026' }, 'Falta o valor (campo "amount" ou "valor", em reais, ou "amountCents").'],
		[
			{ ...MINIMAL, status: 'estranho' },
			'O campo "status" tem uma situação desconhecida: "estranho". Use aberto, pago, cancelado, renegociado ou contestado.',
		],
		[{ ...MINIMAL, cliente: { uf: 'XX' } }, 'O campo "cliente.uf" não é um estado: "XX". Use a sigla, por exemplo SP.'],
		[
			{ ...MINIMAL, multaPercentual: 'dois' },
			'O campo "multaPercentual" não é uma porcentagem: "dois". Use um número de 0 a 100.',
		],
		[{ ...MINIMAL, encargos: 2 }, 'O campo "encargos" não é um objeto: 2. Use finePercent e monthlyInterestPercent.'],
		[{ ...MINIMAL, id: { a: 1 } }, 'O campo "id" não é um texto: {"a":1}. Use um texto ou um número.'],
		[
			{ ...MINIMAL, vencimento: 'nunca', valor: 'nada' },
			'O campo "vencimento" não é uma data que exista: "nunca". Use 2026-03-10 ou 10/03/2026.',
		],
		[{ id: {}, valor: 1 }, 'O campo "id" não é um texto: {}. Use um texto ou um número.'],
		['uma linha', 'A linha não é um objeto com campos.'],
		[null, 'A linha não é um objeto com campos.'],
		[[MINIMAL], 'A linha não é um objeto com campos.'],
	])('says of %j what is wrong', (row, expected) => {
		expect(problem(row)).toBe(expected);
	});

	it('takes charges of the row, from the row or an object of its own', () => {
		expect(read({ ...MINIMAL, finePercent: 2 }).charges).toEqual({ finePercent: 2, monthlyInterestPercent: null });
		expect(read({ ...MINIMAL, encargos: { jurosMensal: 1, valor: 9_999 } })).toMatchObject({
			amountCents: 10_000,
			charges: { finePercent: null, monthlyInterestPercent: 1 },
		});
		expect(read(MINIMAL).charges).toBeNull();
	});

	it.each([
		['sinalizada no ERP', [true, 'Sim', 's', 'yes', 1, 'X']],
		['', [false, 'Não', 'NAO', 'N', 'no', 0, '0', 'false', '-', 'Nenhum', ' ', null]],
		['falecimento', [' falecimento ']],
	])('reads "%s" from marks and words such as %j', (reason, given) => {
		for (const Atenção of given)
			expect([Atenção, read({ ...MINIMAL, Atenção }).humanReason]).toEqual([Atenção, reason]);
	});

	it.each([
		[{ valor: 1000, valorEmAberto: 400 }, 40_000],
		[{ valor: 1000, saldo: '400,00' }, 40_000],
		[{ valorCentavos: 100_000, Saldo_Devedor: 400 }, 40_000],
		[{ valorCentavos: 100_000, saldoCentavos: 40_000 }, 40_000],
		[{ amount: 1000, openBalance: 400 }, 40_000],
		[{ amount: 1000, openAmount: 400, openCents: 39_999 }, 39_999],
		[{ valor: 1000, saldo: 0 }, 0],
		[{ valor: 1000, saldo: null, valorEmAberto: '' }, 100_000],
		[{ saldo: 400 }, 40_000],
	])('charges what is still open: %j', (amounts, cents) => {
		expect(read({ id: 7, vencimento: '10/03/2026', ...amounts }).amountCents).toBe(cents);
	});

	it('refuses an open balance that is none rather than charging the whole', () => {
		expect(problem({ ...MINIMAL, saldo: 'pago' })).toBe(
			'O campo "saldo" não é um valor em reais: "pago". Use 1234.50 ou "1.234,50".',
		);
	});
});

describe('who a payer is', () => {
	const keyOf = (payer: Record<string, unknown>) => read({ ...MINIMAL, payer }).payer.key;

	it('is the document, else the phone, else the id of the ERP, else nobody but this invoice', () => {
		const all = { document: '529.982.247-25', phone: '(11) 98765-4321', id: 42 };
		expect(keyOf(all)).toBe('52998224725');
		expect(keyOf({ ...all, document: null })).toBe('+5511987654321');
		expect(keyOf({ ...all, document: '', phone: '123' })).toBe('42');
		expect(keyOf({ name: 'Ana' })).toBe('invoice:7');
		expect(keyOf({ ...all, key: 'grupo-1' })).toBe('grupo-1');
	});

	it('groups nobody by a document that cannot be one', () => {
		const payer = { document: '000.000.000-00', phone: '11987654321' };
		expect(read({ ...MINIMAL, payer }).payer).toMatchObject({ document: null, key: '+5511987654321' });
	});

	it('says why a document is not believed', () => {
		expect(read({ ...MINIMAL, cpf: '529.982.247-00' }).payer).toMatchObject({
			document: null,
			documentProblem: 'Este CPF não existe: os dígitos verificadores não conferem. Confira os números.',
		});
		for (const cpf of ['529.982.247-25', null, '', ' - ']) {
			expect(read({ ...MINIMAL, cpf }).payer).not.toHaveProperty('documentProblem');
		}
	});

	it('gives a document its lost zeros back', () => {
		expect(read({ ...MINIMAL, cpf: 1234567890 }).payer.document).toBe('01234567890');
		expect(read({ ...MINIMAL, cnpj: 191 }).payer.document).toBeNull();
		expect(read({ ...MINIMAL, cnpj: '12.ABC.345/01DE-35' }).payer.document).toBe('12ABC34501DE35');
	});

	it('lives nowhere in Brazil with the state EX', () => {
		expect(read({ ...MINIMAL, payer: { uf: 'EX' } }).payer.uf).toBeNull();
	});
});

describe('values that were mapped', () => {
	const mapped = (row: Record<string, unknown>, values: Record<string, unknown>) => {
		const reading = readReceivable(
			row,
			DEFAULTS,
			Object.entries(values).map(([field, value]) => ({ field, name: `em.${field}`, value })),
		);
		return reading.ok ? reading.receivable : reading.problem;
	};

	it('count before all that the row itself calls so', () => {
		expect(mapped({ ...MINIMAL, valorCentavos: 1, saldo: 2 }, { amount: 400 })).toMatchObject({ amountCents: 40_000 });
		expect(mapped({ ...MINIMAL, saldo: 2 }, { amountCents: 3 })).toMatchObject({ amountCents: 3 });
		expect(mapped({ venc: 1 }, { invoice: 7, dueDate: '10/03/2026', amount: 1 })).toMatchObject({
			invoice: '7',
			dueDate: '2026-03-10',
		});
		expect(mapped(MINIMAL, { finePercent: 2, humanReason: 'óbito' })).toMatchObject({
			charges: { finePercent: 2, monthlyInterestPercent: null },
			humanReason: 'óbito',
		});
	});

	it.each(['payer', 'cliente', 'customer', 'Pagador', 'sacado', 'devedor'])(
		'leave the rest of "%s" as it is',
		(name) => {
			const object = { nome: 'Ana', cpf: '529.982.247-25', telefone: '1', uf: 'AC', segmento: 'novo' };
			expect(mapped({ ...MINIMAL, [name]: object }, { 'payer.phone': '11987654321' })).toMatchObject({
				payer: { key: '52998224725', name: 'Ana', phone: '11987654321', uf: 'AC', segment: 'novo' },
			});
		},
	);

	it('leave a payer that is only a name, and one in the row itself', () => {
		expect(mapped({ ...MINIMAL, cliente: 'Ana' }, { 'payer.phone': '1' })).toMatchObject({ payer: { name: 'Ana' } });
		expect(mapped({ ...MINIMAL, clienteUf: 'AC' }, { 'payer.phone': '1' })).toMatchObject({ payer: { uf: 'AC' } });
	});

	it('are passed over where they are empty, and called by their place where they are wrong', () => {
		expect(mapped(MINIMAL, { amount: undefined, dueDate: ' ' })).toMatchObject({ amountCents: 10_000 });
		expect(mapped(MINIMAL, { amount: 'dez' })).toMatch(/^O campo "em.amount" não é um valor em reais: "dez"/);
	});
});
