/** How is account news told on the timeline? One Portuguese sentence per webhook field; pure text. */
import { readFirstError } from './parse-status';
import { isObject, listOf, type Json } from '../untrusted';

const LONGEST = 400;

export function summarize(field: string, value: Json): string {
	const tell = Object.hasOwn(sentences, field) ? sentences[field] : undefined;
	const sentence = tell ? tell(value) : `Novidade da conta WhatsApp: ${field}.`;
	return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST - 1)}…` : sentence;
}

const sentences: Record<string, (value: Json) => string> = {
	message_template_status_update: templateStatus,
	message_template_quality_update: (v) =>
		`Qualidade do modelo ${template(v)}: ${color(v.previous_quality_score)} → ${color(v.new_quality_score)}.`,
	template_category_update: templateCategory,
	message_template_components_update: (v) => `O conteúdo do modelo ${template(v)} foi alterado na Meta.`,
	phone_number_quality_update: (v) =>
		`Limites do número ${word(v.display_phone_number)}: ${word(v.event)}, limite atual ${word(
			v.max_daily_conversations_per_business ?? v.current_limit,
		)}.`,
	phone_number_name_update: (v) =>
		`Nome de exibição "${word(v.requested_verified_name)}": ${word(v.decision)}${because(v.rejection_reason)}.`,
	business_capability_update: (v) =>
		`Novos limites da empresa: ${word(v.max_daily_conversations_per_business)} contatos por dia fora da janela, ${word(
			v.max_phone_numbers_per_business,
		)} números.`,
	account_update: accountUpdate,
	account_alerts: (v) => `Alerta da conta (${word(v.alert_severity)}): ${word(v.alert_description ?? v.alert_type)}.`,
	account_review_update: (v) => `Análise da conta pela Meta: ${word(v.decision)}.`,
	security: (v) => `Segurança do número ${word(v.display_phone_number)}: ${word(v.event)}.`,
	user_preferences: preference,
	errors: accountError,
	history: () => 'A Meta enviou o histórico de conversas do aplicativo; ele não é importado.',
	smb_app_state_sync: () => 'A Meta enviou a lista de contatos do aplicativo; ela não é importada.',
};

const templateEvents: Record<string, string> = {
	APPROVED: 'foi aprovado',
	REJECTED: 'foi rejeitado',
	PENDING: 'está em análise',
	PAUSED: 'foi pausado por baixa qualidade',
	DISABLED: 'foi desativado',
	FLAGGED: 'foi sinalizado e pode ser pausado',
	REINSTATED: 'voltou a valer',
	IN_APPEAL: 'está em recurso',
	LOCKED: 'foi bloqueado para edição',
	LIMIT_EXCEEDED: 'passou do limite de modelos',
	ARCHIVED: 'foi arquivado',
	PENDING_DELETION: 'será excluído',
	DELETED: 'foi excluído',
};

function templateStatus(value: Json): string {
	const event = word(value.event);
	const happened = Object.hasOwn(templateEvents, event) ? templateEvents[event] : `mudou para ${event}`;
	const rejection = isObject(value.rejection_info) ? value.rejection_info : {};
	const advice = rejection.recommendation ? ` Recomendação da Meta: ${word(rejection.recommendation)}` : '';
	const reason = value.reason === 'NONE' ? undefined : value.reason;
	return `O modelo ${template(value)} ${happened}${because(reason)}.${advice}`;
}

/** An announcement names the coming category in `correct_category`; what is done names the previous one. */
function templateCategory(value: Json): string {
	if (value.correct_category !== undefined) {
		return `A Meta vai mudar o modelo ${template(value)} de ${word(value.new_category)} para ${word(value.correct_category)}.`;
	}
	return `A Meta mudou o modelo ${template(value)} de ${word(value.previous_category)} para ${word(value.new_category)}.`;
}

function accountUpdate(value: Json): string {
	const violation = isObject(value.violation_info) ? because(value.violation_info.violation_type) : '';
	const ban = isObject(value.ban_info) ? ` Bloqueio: ${word(value.ban_info.waba_ban_state)}.` : '';
	const restrictions = listOf(value.restriction_info)
		.filter(isObject)
		.map((one) => word(one.restriction_type));
	const limits = restrictions.length > 0 ? ` Restrições: ${restrictions.join(', ')}.` : '';
	return `Aviso da conta WhatsApp: ${word(value.event)}${violation}.${ban}${limits}`;
}

function accountError(value: Json): string {
	const error = readFirstError([value]);
	const detail = error?.details || error?.title || 'sem detalhe';
	return `A Meta avisou de um erro na conta: ${word(error?.code)} (${detail}).`;
}

function preference(value: Json): string {
	const who = word(value.wa_id ?? value.user_id);
	if (value.value === 'stop') return `${who} pediu à Meta para não receber mais mensagens de marketing.`;
	if (value.value === 'resume') return `${who} voltou a aceitar mensagens de marketing.`;
	return `${who} mudou a preferência ${word(value.category)} para ${word(value.value)}.`;
}

function template(value: Json): string {
	const language = value.message_template_language;
	return `"${word(value.message_template_name)}"${language ? ` (${word(language).replace('-', '_')})` : ''}`;
}

const colors: Record<string, string> = {
	GREEN: 'verde',
	YELLOW: 'amarela',
	RED: 'vermelha',
	UNKNOWN: 'ainda sem nota',
};

function color(score: unknown): string {
	const name = word(score);
	return Object.hasOwn(colors, name) ? colors[name]! : name;
}

function because(reason: unknown): string {
	return reason === undefined || reason === null || reason === '' ? '' : `: ${word(reason)}`;
}

function word(value: unknown): string {
	if (typeof value === 'string' && value !== '') return value.replaceAll('\u0000', '');
	return typeof value === 'number' ? String(value) : 'não informado';
}
