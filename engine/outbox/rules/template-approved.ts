import { refuse, templateKey, type Rule } from './facts';

const STATES: Record<string, string> = {
	pending: 'ainda está em análise na Meta. Espere a aprovação',
	inAppeal: 'está em recurso na Meta. Espere a decisão',
	rejected: 'foi rejeitado pela Meta. Corrija o texto e envie de novo para aprovação',
	paused: 'está pausado por baixa qualidade. Espere a pausa terminar ou edite o modelo',
	disabled: 'foi desativado pela Meta. Crie um novo modelo',
	limitExceeded: 'passou do limite de modelos da conta. Exclua modelos que não usa',
	archived: 'está arquivado. Reative-o ou use outro modelo',
	pendingDeletion: 'está sendo excluído. Use outro modelo',
	deleted: 'foi excluído. Use outro modelo',
};

/** Only approved templates leave (C-24, C-26). One we know nothing of is left to the provider's judgement. */
export const templateApproved: Rule = ({ content, channelHasTemplates, templates }) => {
	if (content.type !== 'template' || !channelHasTemplates) return null;
	const known = templates.get(templateKey(content));
	// A state we cannot read decides nothing.
	if (!known || known.status === 'approved' || known.status === 'unknown') return null;
	const why = STATES[known.status] ?? 'não está aprovado. Veja a situação dele no Gerenciador do WhatsApp';
	return refuse('templateNotApproved', `Não enviada: o modelo "${content.name}" (${content.language}) ${why}.`);
};
