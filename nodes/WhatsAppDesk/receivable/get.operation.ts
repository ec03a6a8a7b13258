import { getReceivable } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { keyFields, keyOf, receivableJson } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a receivable',
	description: 'Get what the desk knows of a receivable: its state, who said so, promises and payment',
	properties: keyFields,
	run: async (call) => receivableJson(await getReceivable(call.desk, keyOf(call))),
};
