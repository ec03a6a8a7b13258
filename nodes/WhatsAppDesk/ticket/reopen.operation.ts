import { operateTicket } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { resultJson, ticketField, ticketOf } from './fields';
import { reasonField, statusField } from './hand-fields';

export const reopenOperation: DeskOperation = {
	value: 'reopen',
	name: 'Reopen',
	action: 'Reopen a ticket',
	description: 'Let a closed ticket go on',
	properties: [
		ticketField,
		{ ...reasonField, placeholder: 'e.g. o defeito voltou' },
		{ ...statusField, placeholder: 'e.g. Em garantia' },
	],
	run: async (call) => {
		const { params, desk } = call;
		const words = { reason: params.text('reason'), status: params.text('status') };
		return resultJson(await operateTicket(desk, ticketOf(call), { type: 'reopen', ...words }));
	},
};
