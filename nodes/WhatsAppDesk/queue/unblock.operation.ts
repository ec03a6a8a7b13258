import { setQueueBlocked } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { queueField, queueOf } from '../fields';
import { queueJson } from './queue-json';

export const unblockOperation: DeskOperation = {
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock a queue',
	description: 'Open the padlock: the queue is offered again',
	properties: [queueField],
	run: async (call) => queueJson(await setQueueBlocked(call.desk, queueOf(call), false, null)),
};
