import { isStart, refuse, type Rule } from './facts';
import { isMarketing } from './marketing-limit';

/**
 * Who said no hears nothing on the company's initiative; answers in a conversation always go (D-35). A template to somebody who
 * has not written for a day answers nobody, whatever its sender calls it.
 */
export const optedOut: Rule = (facts, now) => {
	const { kind, consent, content } = facts;
	const isAnswer = kind === 'reply' && !(content.type === 'template' && isStart(facts, now));
	if (isAnswer || !consent) return null;
	if (consent.optedOutAt !== null) {
		return refuse(
			'optedOut',
			'Não enviada: o contato pediu para não receber mensagens. Só escreva de novo se ele voltar a aceitar.',
		);
	}
	if (consent.marketingOutAt !== null && (kind === 'campaign' || isMarketing(facts))) {
		return refuse(
			'marketingOptedOut',
			'Não enviada: o contato pediu para não receber mensagens de marketing. Avisos do próprio pedido continuam permitidos.',
		);
	}
	return null;
};
