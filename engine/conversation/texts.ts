/**
 * Which text fits a moment: kind of message × inside or outside business hours × queue (P-23, P-24).
 * The defaults are the source systems' own words where they gave any (B-53, B-55, B-59, B-61, B-64, B-66). Their variables are
 * in square brackets, as there: unlike {{…}}, these stay untouched when n8n reads the field as an expression.
 */

export const DEFAULT_TEXTS = {
	welcome: 'Olá, seja bem-vindo! 👋 Este é o atendimento automático da [empresa].',
	chooseQueue: 'Escolha uma fila de atendimento:',
	invalidOption: 'Opção digitada não existe, digite uma opção válida',
	transfer: 'Aguarde, seu atendimento será redirecionado para o atendente',
	joinQueue: '',
	selfService: '',
	queueUnavailable: 'A opção [fila] não está disponível no momento. Escolha outra opção, por favor.',
	attemptsExceeded: 'Não consegui identificar a opção desejada.',
	nobodyAvailable:
		'No momento não há atendentes disponíveis. Sua mensagem ficou registrada e responderemos assim que possível.',
	away: 'Nosso atendimento está encerrado no momento. Recebemos sua mensagem e responderemos assim que voltarmos.',
	opening: '',
	timeoutReminder: 'Ainda está por aí? Digite o número de uma das opções para continuar.',
	timeoutClosing:
		'Como não recebemos sua resposta, encerramos este atendimento. Quando quiser, é só mandar uma nova mensagem.',
	start: '[atendente] aqui, prazer em atender você. Em que posso ajudar?',
	closingByAgent: 'Agradecemos o seu contato com a [empresa]. Continuamos à disposição. Tenha um ótimo dia!',
	closingByBot:
		'Como não tivemos retorno, encerramos este atendimento. Agradecemos o contato e continuamos à disposição. Tenha um ótimo dia!',
	backToMenu: '',
};

export type TextKey = keyof typeof DEFAULT_TEXTS;

export const TEXT_KEYS = Object.keys(DEFAULT_TEXTS) as TextKey[];

/** Texts that may not be empty (B-52, B-54, B-55, B-59, B-61), with the name a supervisor knows them by. */
export const MANDATORY_TEXTS: Partial<Record<TextKey, string>> = {
	welcome: 'Mensagem de Boas Vindas',
	chooseQueue: 'Mensagem Escolher Fila',
	invalidOption: 'Mensagem Opção Inválida',
	transfer: 'Mensagem de Transferência',
};

/** Texts that desk operations and timers send when no Queue Router is at hand. */
export const DESK_TEXTS: TextKey[] = [
	'transfer',
	'joinQueue',
	'nobodyAvailable',
	'opening',
	'timeoutReminder',
	'timeoutClosing',
	'start',
	'closingByAgent',
	'closingByBot',
];

/** `base` holds what differs from the defaults; `special` is keyed by `specialKey`. */
export interface TextTable {
	base: Partial<Record<TextKey, string>>;
	special: Record<string, string>;
}

export type HoursPart = 'inside' | 'outside';

/** `queue` null: a rule for every queue. */
export function specialKey(key: TextKey, queue: string | null, part: HoursPart): string {
	return `${key}/${part}/${queue ?? '*'}`;
}

/** The queue's own text, else the rule for this part of the day, else the general text. '' means: say nothing. */
export function textFor(table: TextTable, key: TextKey, queue: string | null, open: boolean | null): string {
	const part = open === false ? 'outside' : 'inside';
	return (
		(queue === null ? undefined : table.special[specialKey(key, queue, part)]) ??
		table.special[specialKey(key, null, part)] ??
		table.base[key] ??
		DEFAULT_TEXTS[key]
	);
}
