/**
 * The default words of the ladder, for steps that send text; the templates of the same names say the same. No amount and no number
 * in the first line, which a locked phone shows; no pressure; whoever has paid is asked to disregard it; the creditor and the way out
 * at the end (CDC art. 42-A).
 */

/** `marketing`: offers and conditions, as Meta sorts templates. */
export interface LadderText {
	template: string;
	category: 'utility' | 'marketing';
	text: string;
}

const INVOICE = 'Fatura: [fatura]\nVencimento: [vencimento]\nValor: [valor]';
const PAY = 'Para pagar: [pagamento]';

/** What ends every text: the creditor block and how to hear no more. */
export const ENDING = '[rodape] — Para não receber avisos por aqui, responda SAIR.';

export const LADDER_TEXTS = {
	reminder: {
		template: 'regua_lembrete',
		category: 'utility',
		text: `Olá, [nome]. Passando para lembrar de um vencimento próximo.\n\n${INVOICE}\n\n${PAY}\n\nSe já pagou, desconsidere.\n\n${ENDING}`,
	},
	dueToday: {
		template: 'regua_vence_hoje',
		category: 'utility',
		text: `Olá, [nome]. Há um vencimento hoje.\n\n${INVOICE}\n\n${PAY}\n\nQualquer divergência, responda esta mensagem. Se já pagou, desconsidere.\n\n${ENDING}`,
	},
	overdue: {
		template: 'regua_em_aberto',
		category: 'utility',
		text: `Olá, [nome]. Até agora não localizamos um pagamento.\n\n${INVOICE}\n\nSe já pagou, desconsidere ou envie o comprovante por aqui. Precisa da segunda via?\n\n${ENDING}`,
	},
	chooseDate: {
		template: 'regua_combinar_data',
		category: 'utility',
		text: `Olá, [nome]. Ainda consta em aberto:\n\n${INVOICE}\n\nPodemos combinar uma data? Responda: já paguei · segunda via · combinar data · não reconheço · falar com a equipe. Se já pagou, desconsidere.\n\n${ENDING}`,
	},
	conditions: {
		template: 'regua_condicoes',
		category: 'marketing',
		text: `Olá, [nome]. Temos opções para você regularizar com tranquilidade o que está em aberto.\n\n${INVOICE}\n\nQuer ver as condições? Se já pagou, desconsidere.\n\n${ENDING}`,
	},
	statement: {
		template: 'regua_demonstrativo',
		category: 'utility',
		text: `Olá, [nome]. Enviamos um documento para a sua conferência.\n\nÉ o demonstrativo atualizado até [data_base]. Se algum valor não confere, avise por aqui: revisamos antes de qualquer outro passo. Se já pagou, desconsidere.\n\n${ENDING}`,
	},
} as const satisfies Record<string, LadderText>;
