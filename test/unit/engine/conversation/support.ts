import {
	compileTriageConfig,
	type CompiledTriage,
	type TriageConfigInput,
} from '../../../../engine/conversation/config';
import { transition } from '../../../../engine/conversation/machine';
import {
	initialTriageData,
	MACHINE_VERSION,
	type ConversationEvent,
	type Effect,
	type Transition,
	type TransitionContext,
	type TriageData,
} from '../../../../engine/conversation/types';
import type { Conversation, MenuContent } from '../../../../engine/model';

/** Tuesday, 10:00 in São Paulo. */
export const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const ROWS: TriageConfigInput['rows'] = [
	{ number: 1, name: 'comercial', displayName: 'Comercial' },
	{ number: 2, name: 'suporte', displayName: 'Suporte Técnico', aliases: ['ajuda', 'assistência'] },
	{ number: 3, name: 'financeiro', displayName: 'Financeiro' },
];

export function aConfig(changes: Partial<TriageConfigInput> = {}): CompiledTriage {
	return compileTriageConfig({ rows: ROWS, companyName: 'Padaria Aurora', ...changes });
}

export function aConversation(changes: Partial<Conversation> = {}): Conversation {
	return {
		id: 'cnv_1',
		channelId: 'chn_1',
		contactId: 'ctc_1',
		state: 'triage',
		queue: null,
		agent: null,
		protocolNumber: 'P-1001',
		openedAt: TUESDAY_10H,
		updatedAt: TUESDAY_10H,
		resolvedAt: null,
		graceUntil: null,
		botPausedUntil: null,
		lastInboundAt: null,
		machineVersion: MACHINE_VERSION,
		data: initialTriageData(),
		...changes,
	};
}

export function aMessage(
	text: string,
	changes: Partial<Extract<ConversationEvent, { type: 'message' }>> = {},
): ConversationEvent {
	return { type: 'message', text, reply: null, contentType: 'text', late: false, ...changes };
}

/** One customer, Ana, talking; keeps the conversation and the time between steps. */
export class Talk {
	conversation: Conversation;
	now = TUESDAY_10H;
	context: Partial<TransitionContext> = {};
	last!: Transition;

	constructor(
		public config: CompiledTriage | null = aConfig(),
		conversation: Partial<Conversation> = {},
	) {
		this.conversation = aConversation(conversation);
	}

	do(event: ConversationEvent): this {
		const context: TransitionContext = {
			now: this.now,
			contact: { name: 'Ana Souza', phone: '+5511999990001' },
			zone: 'America/Sao_Paulo',
			blockedQueues: new Set(),
			open: null,
			...this.context,
		};
		// Through JSON, as the store does between two messages.
		const stored = JSON.parse(JSON.stringify(this.conversation)) as Conversation;
		this.last = transition({ conversation: stored, event, config: this.config, context });
		if (this.last.type !== 'refused') this.conversation = this.last.conversation;
		return this;
	}

	says(text: string, changes: Partial<Extract<ConversationEvent, { type: 'message' }>> = {}): this {
		this.now += 5000;
		return this.do(aMessage(text, changes));
	}

	sends(contentType: Extract<ConversationEvent, { type: 'message' }>['contentType']): this {
		return this.says('', { contentType });
	}

	taps(id: string, title: string): this {
		return this.says(title, { contentType: 'menuReply', reply: { id, title } });
	}

	later(ms: number): this {
		this.now += ms;
		return this;
	}

	get effects(): Effect[] {
		return this.last.type === 'refused' ? [] : this.last.effects;
	}

	get data(): TriageData {
		return this.conversation.data as TriageData;
	}

	/** What the customer reads, in order. */
	get heard(): string[] {
		return this.effects.flatMap((e) => {
			if (e.type !== 'send') return [];
			if (e.content.type === 'text') return [e.content.text];
			return e.content.type === 'menu' ? [e.content.plainText] : [];
		});
	}

	get menu(): MenuContent {
		const sent = this.effects.find((e) => e.type === 'send' && e.content.type === 'menu');
		if (sent?.type !== 'send' || sent.content.type !== 'menu') throw new Error('No menu was sent.');
		return sent.content;
	}

	get output(): unknown {
		return this.last.type === 'done' ? this.last.output : this.last.type;
	}

	get timeline(): string[] {
		return this.effects.flatMap((e) => (e.type === 'timeline' ? [e.event] : []));
	}

	kinds(): string[] {
		return this.effects.map((e) => e.type);
	}
}

export const LIST = '1 - Comercial\n2 - Suporte Técnico\n3 - Financeiro';
export const WELCOME = 'Olá, seja bem-vindo! 👋 Este é o atendimento automático da Padaria Aurora.';
export const CHOOSE = 'Escolha uma fila de atendimento:';
export const INVALID = 'Opção digitada não existe, digite uma opção válida';
export const TRANSFER = 'Aguarde, seu atendimento será redirecionado para o atendente';
