import { getTicket } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { ticketField, ticketJson, ticketOf } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a ticket',
	description: 'Get a ticket with its contact and conversation; Message: Get Timeline tells its story',
	properties: [ticketField],
	run: async (call) => ticketJson(await getTicket(call.desk, ticketOf(call))),
};
