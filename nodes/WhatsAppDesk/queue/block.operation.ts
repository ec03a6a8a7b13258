import { setQueueBlocked } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { queueField, queueOf } from '../fields';
import { queueJson } from './queue-json';

export const blockOperation: DeskOperation = {
	value: 'block',
	name: 'Block',
	action: 'Block a queue',
	description: 'Close the padlock: the queue is no longer offered, and who asks for it is told so',
	properties: [
		queueField,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sem atendentes hoje',
			description: 'For the timeline and the list of queues; customers do not see it',
		},
	],
	run: async (call) =>
		queueJson(await setQueueBlocked(call.desk, queueOf(call), true, call.params.text('reason') || null)),
};
