import { decidePayer } from '../../../../engine/dunning/decide-payer';
import { fillText, messageValues, type SendNow } from '../../../../engine/dunning/message-values';
import { LADDER_TEXTS } from '../../../../engine/dunning/texts';
import { NO_HISTORY, type Receivable } from '../../../../engine/dunning/types';
import { valueProblem } from '../../../../engine/channel/template-limits';
import { ANA, aPolicy, aReceivable, CREDITOR, saoPaulo } from '../../../support/dunning';

const FOOTER = 'Oficina Aurora Ltda · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP';

function valuesOf(receivables: Receivable[] = [aReceivable()]) {
	const policy = aPolicy({ charges: { finePercent: 2, monthlyInterestPercent: 1 } });
	const [decision] = decidePayer(receivables, policy, NO_HISTORY, saoPaulo('2026-03-17 10:00'));
	return messageValues(decision as SendNow, policy.policy.creditor);
}

describe('the words of a reminder', () => {
	it('has a value for everything a text or template may name', () => {
		expect(valuesOf([aReceivable({ pix: '0002', boleto: '0019', link: 'https://x.example' })])).toEqual({
			nome: 'Ana Souza',
			primeiro_nome: 'Ana',
			fatura: 'NF 10',
			vencimento: '10/03/2026',
			qtd: '1',
			valor: 'R$ 1.000,00',
			total: 'R$ 1.022,33',
			multa: 'R$ 20,00',
			juros: 'R$ 2,33',
			data_base: '17/03/2026',
			dias_atraso: '7',
			boleto: '0019',
			pix: '0002',
			link: 'https://x.example',
			pagamento: '0002',
			passo: 'D+7',
			credor: 'Oficina Aurora Ltda',
			doc_credor: '11.222.333/0001-81',
			endereco_credor: 'Rua das Flores, 10, São Paulo/SP',
			rodape: FOOTER,
			lista: '• NF 10, vencimento 10/03/2026, R$ 1.022,33',
		});
	});

	it('speaks of several invoices at once', () => {
		const rows = [
			aReceivable({ pix: 'aaa' }),
			aReceivable({ invoice: '2', number: 'NF 12', amountCents: 50, boleto: 'bbb' }),
		];
		expect(valuesOf(rows)).toMatchObject({
			fatura: 'NF 10, NF 12',
			vencimento: '10/03/2026',
			qtd: '2',
			valor: 'R$ 1.000,50',
			pix: 'NF 10: aaa',
			boleto: 'NF 12: bbb',
			link: '',
			pagamento: 'NF 10: aaa; NF 12: bbb',
			lista: '• NF 10, vencimento 10/03/2026, R$ 1.022,33\n• NF 12, vencimento 10/03/2026, R$ 0,51',
		});
	});

	it('cuts long lists, and gives no payment code instead of half of them', () => {
		const rows = Array.from({ length: 30 }, (_, i) =>
			aReceivable({ invoice: `${100 + i}`, number: `NF ${100 + i}`, pix: 'x'.repeat(150) }),
		);
		const values = valuesOf(rows);
		expect(values.fatura).toBe('NF 100, NF 101, NF 102, NF 103 e mais 26');
		expect(values.pagamento).toBe('responda esta mensagem e enviamos o código de pagamento');
		expect(values.lista!.split('\n').at(-1)).toBe('• e mais 10');
		expect(valuesOf().pagamento).toBe('responda esta mensagem e enviamos o código de pagamento');
	});

	it('is one line everywhere, whatever an ERP writes, as Meta demands of variables', () => {
		const rows = [aReceivable({ number: 'NF\n10', pix: 'a\tb', payer: { ...ANA, name: 'Ana      Souza\r\n' } })];
		const { lista, ...values } = valuesOf(rows);
		expect(Object.entries(values).map(([name, value]) => valueProblem(value, name))).toEqual(
			Object.keys(values).map(() => null),
		);
		expect(lista!.split('\n')).toHaveLength(1);
	});

	it('calls a company by its whole name and a nameless payer a customer', () => {
		const named = (name: string, document: string | null) =>
			valuesOf([aReceivable({ payer: { ...ANA, name, document } })]).primeiro_nome;
		expect(named('Padaria São José Ltda', '11222333000181')).toBe('Padaria São José Ltda');
		expect(named('Ana Souza', null)).toBe('Ana');
		expect(named(' ', null)).toBe('cliente');
	});

	it('shows the document of a person who is the creditor as theirs', () => {
		const creditor = { ...CREDITOR, name: 'Bruno Lima', document: '52998224725' };
		const [decision] = decidePayer([aReceivable()], aPolicy({ creditor }), NO_HISTORY, saoPaulo('2026-03-17 10:00'));
		expect(messageValues(decision as SendNow, creditor).rodape).toBe(
			'Bruno Lima · CPF 529.982.247-25 · Rua das Flores, 10, São Paulo/SP',
		);
	});

	it('leaves values as they are, also when a name looks like a wildcard', () => {
		expect(fillText('Olá, [Nome]. [outra]', { ...valuesOf(), nome: '[total]' })).toBe('Olá, [total]. [outra]');
	});
});

describe('the default texts', () => {
	const texts = Object.entries(LADDER_TEXTS).map(([name, { text }]) => [name, text] as const);

	it.each(texts)('of %s are short, lawful and complete (CDC art. 42-A)', (_, text) => {
		const filled = fillText(text, valuesOf([aReceivable({ pix: null })]));
		expect(filled.length).toBeLessThanOrEqual(550);
		expect(filled).not.toMatch(/[[\]{}]/);
		expect(filled.split('\n')[0]).toMatch(/^Olá, Ana Souza\./);
		expect(filled.split('\n')[0]).not.toMatch(/NF|R\$|\d/);
		expect(filled).toMatch(/Se já pagou, desconsidere/);
		expect(filled.endsWith(`${FOOTER} — Para não receber avisos por aqui, responda SAIR.`)).toBe(true);
		expect(filled).not.toMatch(/spc|serasa|protest|negativ|jur[ií]d|última chance|bloque|consequ/i);
	});

	it('tells offers from notices, as Meta does', () => {
		expect(Object.values(LADDER_TEXTS).map(({ template, category }) => `${template} ${category}`)).toEqual([
			'regua_lembrete utility',
			'regua_vence_hoje utility',
			'regua_em_aberto utility',
			'regua_combinar_data utility',
			'regua_condicoes marketing',
			'regua_demonstrativo utility',
		]);
	});
});
