import type { NewTemplate } from './model';
import { seed } from './seed';

/**
 * The ladder of payment reminders, a text per step. No amount in the first line, which a locked phone shows; no pressure; the
 * creditor with CNPJ and address in every text (CDC art. 42-A), in the last variable, because a footer holds none.
 * `fatura`, `vencimento` and `valor` may speak of several invoices: the words around them fit both.
 */
const RODAPE = 'Empresa Demonstração · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP';
const END = '{{rodape}} — Para não receber avisos por aqui, responda SAIR.';
const INVOICE = 'Fatura: {{fatura}}\nVencimento: {{vencimento}}\nValor: {{valor}}';

const INVOICE_EXAMPLES = {
	nome: 'Ana',
	fatura: '1234/1',
	vencimento: '20/03/2026',
	valor: 'R$ 459,90',
};
const PAY = { pagamento: '10492.00650 61000.100042 00997.263900 1 13910000045990' };
const FOOT = { rodape: RODAPE };

export const DUNNING_TEMPLATES: NewTemplate[] = [
	seed({
		name: 'regua_lembrete',
		body: `Olá, {{nome}}. Passando para lembrar de um vencimento próximo.\n\n${INVOICE}\n\nPara pagar: {{pagamento}}\n\nSe já programou, desconsidere.\n\n${END}`,
		examples: { ...INVOICE_EXAMPLES, ...PAY, ...FOOT },
	}),
	seed({
		name: 'regua_vence_hoje',
		body: `Olá, {{nome}}. Há um vencimento hoje.\n\n${INVOICE}\n\nPara pagar: {{pagamento}}\n\nQualquer divergência, responda esta mensagem. Se já pagou, desconsidere.\n\n${END}`,
		examples: { ...INVOICE_EXAMPLES, ...PAY, ...FOOT },
	}),
	seed({
		name: 'regua_em_aberto',
		body: `Olá, {{nome}}. Até agora não localizamos um pagamento.\n\n${INVOICE}\n\nSe já pagou, desconsidere ou envie o comprovante por aqui. Precisa da segunda via?\n\n${END}`,
		examples: { ...INVOICE_EXAMPLES, ...FOOT },
		replies: ['Já paguei', '2ª via', 'Falar com a equipe'],
	}),
	seed({
		name: 'regua_combinar_data',
		body: `Olá, {{nome}}. Ainda consta em aberto:\n\n${INVOICE}\n\nPodemos combinar uma data? Escolha uma opção. Se já pagou, desconsidere.\n\n${END}`,
		examples: { ...INVOICE_EXAMPLES, ...FOOT },
		replies: ['Já paguei', '2ª via', 'Combinar data', 'Não reconheço', 'Falar com a equipe'],
	}),
	seed({
		name: 'regua_condicoes',
		category: 'MARKETING',
		body: `Olá, {{nome}}. Temos opções para você regularizar com tranquilidade o que está em aberto.\n\n${INVOICE}\n\nQuer ver as condições? Se já pagou, desconsidere.\n\n${END}`,
		examples: { ...INVOICE_EXAMPLES, ...FOOT },
		replies: ['Ver condições', 'Já paguei', 'Falar com a equipe'],
	}),
	seed({
		name: 'regua_demonstrativo',
		body: `Olá, {{nome}}. Segue um documento para a sua conferência.\n\nÉ o demonstrativo atualizado até {{data_base}}. Se algum valor não confere, avise por aqui: revisamos antes de qualquer outro passo. Se já pagou, desconsidere.\n\n${END}`,
		examples: { nome: 'Ana', data_base: '20/04/2026', ...FOOT },
		replies: ['Já paguei', 'Não reconheço', 'Falar com a equipe'],
		document: true,
	}),
	seed({
		name: 'regua_promessa_vencida',
		body: `Olá, {{nome}}. Passou a data que combinamos.\n\nFatura: {{fatura}}\nData combinada: {{data_promessa}}\n\nAinda não localizamos o pagamento. Quer escolher outra data ou receber um novo código? Se já pagou, desconsidere.\n\n${END}`,
		examples: { nome: 'Ana', fatura: '1234/1', data_promessa: '27/03/2026', ...FOOT },
		replies: ['Já paguei', '2ª via', 'Combinar data', 'Falar com a equipe'],
	}),
];
