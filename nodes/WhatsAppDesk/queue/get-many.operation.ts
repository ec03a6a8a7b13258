import { listQueues } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { queueJson } from './queue-json';

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many queues',
	description: 'List all queues in number order with their padlock, inactive ones too',
	properties: [],
	run: async ({ desk }) => (await listQueues(desk)).map(queueJson),
};
