import { getReceivable } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { keyFields, keyOf, receivableJson } from './fields';

const [creditor, invoice] = keyFields;

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a receivable',
	description: 'Get what the desk knows of a receivable: its state, who said so, promises and payment',
	properties: [
		creditor!,
		{ ...invoice!, description: 'ID of the receivable in the ERP, or the number the payer knows it by, e.g. NF 1004' },
	],
	run: async (call) => receivableJson(await getReceivable(call.desk, keyOf(call))),
};
