/** What does this item ask of the router? Customer messages and wake-ups are routed; other news only passes. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { MessageItem, RouteRequest } from '../../engine';
import type { RunMessage } from '../shared/run-message';

export type ItemTask =
	| { type: 'route'; message: MessageItem; request: Omit<RouteRequest, 'config'> }
	/** Nothing to decide; `output` says where such an item belongs. */
	| { type: 'pass'; output: 'withHuman' | 'absorbed'; explanation: string };

/**
 * @param found the trigger's item, followed back when other nodes have replaced the data in between
 * @throws UserError when there is no message to decide on
 */
export function readItem(item: INodeExecutionData, found: RunMessage | null): ItemTask {
	const message = found as Partial<MessageItem> | null;
	if (message?.event === 'status') {
		return { type: 'pass', output: 'absorbed', explanation: 'Notícia de entrega: não há o que responder.' };
	}
	if (message?.event === 'echo') {
		const explanation = 'Uma pessoa escreveu pelo celular da empresa: o bot não responde.';
		return { type: 'pass', output: 'withHuman', explanation };
	}
	if (!message?.conversation?.id || !message.messageId) {
		throw new UserError('This item does not come from a WhatsApp Desk Trigger: it names no message and conversation.', {
			description:
				'Start the workflow with a WhatsApp Desk Trigger, and let the nodes in between keep its fields or the link between items.',
		});
	}
	const whole = message as MessageItem;
	return {
		type: 'route',
		message: whole,
		request: {
			messageId: whole.messageId,
			conversationId: message.conversation.id,
			event: eventOf(whole),
			hours: hoursOf(item.json.businessHours ?? (message as IDataObject).businessHours),
		},
	};
}

function eventOf(message: MessageItem): RouteRequest['event'] {
	if (message.event === 'wake') return { type: 'wake', kind: message.wake as 'opening' };
	return {
		type: 'message',
		text: message.text ?? '',
		reply: message.reply ?? null,
		contentType: message.type === 'none' || !message.type ? 'other' : message.type,
		...(message.providerType !== undefined && { providerType: message.providerType }),
		late: message.late === true,
		receivedAt: instant(message.receivedAt),
		sentAt: instant(message.sentAt),
		consent: message.consent ?? null,
	};
}

/** What a Business Hours node found, when one came before. */
function hoursOf(value: unknown): RouteRequest['hours'] {
	if (typeof value !== 'object' || value === null) return null;
	const { open, description, nextOpening, nextOpeningText } = value as Record<string, unknown>;
	if (typeof open !== 'boolean') return null;
	return {
		open,
		away: {
			hoursText: text(description),
			nextOpeningText: text(nextOpeningText),
			nextOpeningAt: instant(nextOpening) ?? null,
		},
	};
}

function text(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function instant(value: unknown): number | undefined {
	const at = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(at) ? undefined : at;
}
