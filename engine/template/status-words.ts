/** How are the states and categories of a template told to a Brazilian supervisor (C-34)? Words only. */
import type { TemplateCategory, TemplateStatus } from '../model-template';

export const STATUS_WORDS: Record<TemplateStatus, string> = {
	approved: 'aprovado',
	pending: 'em análise pela Meta',
	rejected: 'rejeitado',
	paused: 'pausado por baixa qualidade',
	disabled: 'desativado',
	inAppeal: 'em recurso',
	pendingDeletion: 'em exclusão',
	deleted: 'excluído',
	limitExceeded: 'acima do limite de modelos da conta',
	archived: 'arquivado',
	unknown: 'em uma situação desconhecida',
};

export const CATEGORY_WORDS: Record<TemplateCategory, string> = {
	utility: 'utilidade',
	marketing: 'marketing',
	authentication: 'autenticação',
	other: 'outra',
};

const CURES: Partial<Record<TemplateStatus, string>> = {
	pending: 'Espere a aprovação (até 24 horas) ou use outro modelo.',
	rejected: 'Corrija o texto e reenvie para aprovação, ou use outro modelo.',
	paused: 'Espere a pausa terminar, edite o modelo ou use outro.',
	disabled: 'Ele não volta: crie um novo modelo.',
	inAppeal: 'Espere a resposta da Meta ou use outro modelo.',
};

/** Why a template that is not approved cannot be sent, and what to do. */
export function notApproved(name: string, status: TemplateStatus): string {
	const cure = CURES[status] ?? 'Confira o modelo no Gerenciador do WhatsApp ou use outro.';
	return `O modelo "${name}" está ${STATUS_WORDS[status]} e só modelos aprovados podem ser enviados. ${cure}`;
}
