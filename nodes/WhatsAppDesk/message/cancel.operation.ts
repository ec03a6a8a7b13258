import { cancelOutbound } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { byWorkflow, messageField, messageJson, messageOf } from './fields';

export const cancelOperation: DeskOperation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a message',
	description:
		'Take back a message that has not left yet; "cancelled" says whether it was still in time. A payment reminder is not sent by the next run either: the ladder goes on with the next step.',
	properties: [
		messageField,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Boleto pago.',
			description: 'Why, for the timeline; by default that this workflow did it',
		},
	],
	run: async (call) => {
		const why = call.params.text('reason') || `Cancelada ${byWorkflow(call)}.`;
		const { cancelled, explanation, message } = await cancelOutbound(call.desk, messageOf(call), why);
		return { cancelled, explanation, ...messageJson(message) };
	},
};
