import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { assignOperation } from './assign.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';
import { holdOperation } from './hold.operation';
import { pauseBotOperation } from './pause-bot.operation';
import { reopenOperation } from './reopen.operation';
import { resolveOperation } from './resolve.operation';
import { resumeBotOperation } from './resume-bot.operation';
import { transferOperation } from './transfer.operation';

export const conversationResource: Resource<DeskOperation> = {
	value: 'conversation',
	name: 'Conversation',
	description: 'One service of a customer on a number',
	operations: [
		assignOperation,
		getOperation,
		getManyOperation,
		holdOperation,
		pauseBotOperation,
		reopenOperation,
		resolveOperation,
		resumeBotOperation,
		transferOperation,
	],
};
