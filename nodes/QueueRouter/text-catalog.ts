/** The automatic texts as supervisors know them: name, one real example, and where they may be set. */
import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_TEXTS } from '../../engine';

export type TextKey = keyof typeof DEFAULT_TEXTS;

interface TextEntry {
	label: string;
	/** When it is said, and an example. */
	about: string;
	example: string;
	/** Shown in the node itself; the others are under More Texts. */
	main?: true;
	/** May not be empty (B-54). */
	required?: true;
	/** A queue may have its own (P-24). */
	perQueue?: true;
}

/** In the order of a conversation. */
export const TEXTS: Record<TextKey, TextEntry> = {
	welcome: {
		label: 'Welcome',
		about:
			'"Mensagem de Boas Vindas": the first message of a service. Switch off the greeting of the WhatsApp app, or customers get two.',
		example: '[saudacao], [primeiro_nome]! 👋 Este é o atendimento automático da [empresa].',
		main: true,
		required: true,
	},
	chooseQueue: {
		label: 'Choose Queue',
		about: '"Mensagem Escolher Fila": introduces the list of queues, which the node adds by itself ([filas] places it)',
		example: 'Para agilizar seu atendimento, digite o número de uma das opções:',
		main: true,
		required: true,
	},
	invalidOption: {
		label: 'Invalid Option',
		about: '"Mensagem Opção Inválida": the answer is not in the menu; the menu follows',
		example: 'Não entendi 🤔 Digite só o número da opção.',
		main: true,
		required: true,
	},
	transfer: {
		label: 'Transfer',
		about: '"Mensagem de Transferência": right after a valid choice',
		example: 'Obrigado, [primeiro_nome]! Vou chamar o setor [fila]. Seu protocolo é [protocolo].',
		main: true,
		required: true,
		perQueue: true,
	},
	joinQueue: {
		label: 'Joining the Queue',
		about: '"Mensagem ao ingressar em fila": after the transfer text',
		example: 'Você está na fila [fila]. Protocolo [protocolo].',
		perQueue: true,
	},
	selfService: {
		label: 'Self-Service',
		about: 'When a queue that continues here is chosen, before your own nodes take over',
		example: 'Vamos emitir a segunda via do seu boleto. Qual é o seu CPF?',
		perQueue: true,
	},
	queueUnavailable: {
		label: 'Queue Unavailable',
		about: 'The chosen queue was blocked or switched off after the customer got the menu; the new menu follows',
		example: '[fila] não está atendendo agora. Escolha outra opção:',
	},
	attemptsExceeded: {
		label: 'Attempts Exceeded',
		about: 'There were too many invalid answers',
		example: 'Não consegui identificar a opção. Vou chamar uma pessoa.',
	},
	nobodyAvailable: {
		label: 'Nobody Available',
		about: '"Mensagem de agentes offline": inside business hours, but nobody is on duty',
		example: 'Todos do setor [fila] estão ocupados. Responderemos assim que possível.',
		perQueue: true,
	},
	away: {
		label: 'Away',
		about:
			'"Fim de expediente": outside business hours, once per closed period. Needs a Business Hours node before this one.',
		example: 'Atendemos [horario]. Voltamos [proximo_horario].',
		main: true,
		perQueue: true,
	},
	opening: {
		label: 'Opening',
		about: 'The business opens again, to customers who wrote outside business hours and wait in a queue',
		example: 'Bom dia! Já estamos atendendo e sua conversa está na fila [fila].',
		perQueue: true,
	},
	timeoutReminder: {
		label: 'Menu Reminder',
		about: 'The menu was not answered for a while (see the option Menu Timeout)',
		example: 'Ainda está por aí? Digite o número de uma das opções.',
	},
	timeoutClosing: {
		label: 'Closing Without Answer',
		about: 'The menu was never answered and the service is closed',
		example: 'Como não recebemos sua resposta, encerramos por aqui. É só escrever de novo!',
		perQueue: true,
	},
	start: {
		label: 'Start of Service',
		about: '"Início de Atendimento": an agent takes the conversation',
		example: '[atendente] aqui, tudo bem? Em que posso ajudar?',
		main: true,
		perQueue: true,
	},
	closingByAgent: {
		label: 'Closing by Agent',
		about: '"Mensagem de Agradecimento": an agent closes the service',
		example: 'A [empresa] agradece o contato. Tenha um ótimo dia!',
		main: true,
		perQueue: true,
	},
	closingByBot: {
		label: 'Closing by the Bot',
		about: 'The service is closed for inactivity (see the option Inactivity Hours)',
		example: 'Como não tivemos retorno, encerramos este atendimento.',
		perQueue: true,
	},
	backToMenu: {
		label: 'Back to the Menu',
		about: 'The customer asked for the menu, which follows',
		example: 'Tudo bem, vamos voltar ao início.',
	},
};

export const TEXT_KEYS = Object.keys(TEXTS) as TextKey[];
export const MAIN_TEXTS = TEXT_KEYS.filter((key) => TEXTS[key].main);
export const MORE_TEXTS = TEXT_KEYS.filter((key) => !TEXTS[key].main);
export const QUEUE_TEXTS = TEXT_KEYS.filter((key) => TEXTS[key].perQueue);

/** What every text may use; square brackets, because n8n reads {{…}} in an expression itself. */
export const VARIABLES =
	'[empresa] [nome] [primeiro_nome] [telefone] [protocolo] [fila] [atendente] [saudacao] [horario] [proximo_horario]';

export function textField(key: TextKey, own: Partial<INodeProperties> = {}): INodeProperties {
	const { label, about, example, required } = TEXTS[key];
	const sentences = [
		about.replace(/\.$/, ''),
		`Example: <i>${example}</i>`,
		...(required ? [] : ['Empty sends nothing']),
	];
	return {
		displayName: label,
		name: key,
		type: 'string',
		typeOptions: { rows: 3 },
		default: DEFAULT_TEXTS[key],
		description: sentences.map((sentence) => `${sentence}.`).join(' '),
		...(required && { required }),
		...own,
	};
}

/** The options of a collection, as n8n sorts them. */
export function sortedFields(keys: TextKey[], own: Partial<INodeProperties> = {}): INodeProperties[] {
	return keys.map((key) => textField(key, own)).sort((a, b) => a.displayName.localeCompare(b.displayName));
}
