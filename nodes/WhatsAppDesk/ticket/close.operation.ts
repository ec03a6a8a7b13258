import { operateTicket } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { resultJson, ticketField, ticketOf } from './fields';
import { reasonField, statusField } from './hand-fields';

export const closeOperation: DeskOperation = {
	value: 'close',
	name: 'Close',
	action: 'Close a ticket',
	description: 'End the ticket by hand; one that mirrors another system closes with it by Create or Update',
	properties: [
		ticketField,
		{ ...reasonField, placeholder: 'e.g. resolvido por telefone' },
		{ ...statusField, placeholder: 'e.g. Cancelada' },
	],
	run: async (call) => {
		const { params, desk } = call;
		const words = { reason: params.text('reason'), status: params.text('status') };
		return resultJson(await operateTicket(desk, ticketOf(call), { type: 'close', ...words }));
	},
};
