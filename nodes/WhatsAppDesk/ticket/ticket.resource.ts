import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { addNoteOperation } from './add-note.operation';
import { closeOperation } from './close.operation';
import { createFromConversationOperation } from './create-from-conversation.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';
import { linkOperation } from './link.operation';
import { reopenOperation } from './reopen.operation';
import { upsertOperation } from './upsert.operation';

export const ticketResource: Resource<DeskOperation> = {
	value: 'ticket',
	name: 'Ticket',
	description: 'A process of another system, or a request of a customer, until it is closed',
	operations: [
		addNoteOperation,
		closeOperation,
		createFromConversationOperation,
		upsertOperation,
		getOperation,
		getManyOperation,
		linkOperation,
		reopenOperation,
	],
};
