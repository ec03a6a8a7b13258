import { operateTicket } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson, ticketField, ticketOf } from './fields';

export const linkOperation: DeskOperation = {
	value: 'link',
	name: 'Link to Conversation',
	action: 'Link a ticket to a conversation',
	description: 'Say where the ticket is talked about; one without a contact gets that of the conversation',
	properties: [ticketField, conversationField],
	run: async (call) => {
		const link = { type: 'link', conversation: conversationOf(call) } as const;
		return resultJson(await operateTicket(call.desk, ticketOf(call), link));
	},
};
