import { operateTicket } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { resultJson, ticketField, ticketOf } from './fields';

export const addNoteOperation: DeskOperation = {
	value: 'addNote',
	name: 'Add Note',
	action: 'Add a note to a ticket',
	description: 'Write something down on the timeline of the ticket; the customer does not receive it',
	properties: [
		ticketField,
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. Peça pedida, chega na sexta',
			description: 'For people: it stands on the timeline of the ticket and of its conversation',
		},
		{
			displayName: 'Author',
			name: 'author',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bia',
			description: 'Who says so',
		},
	],
	run: async (call) => {
		const { params, desk } = call;
		const note = {
			type: 'note',
			text: params.requiredText('note'),
			author: params.text('author'),
			key: call.key(),
		} as const;
		return resultJson(await operateTicket(desk, ticketOf(call), note));
	},
};
