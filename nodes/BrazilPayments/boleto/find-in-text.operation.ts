import { findBoletos } from '../../../engine';
import type { PaymentsOperation } from '../payments-operation';
import { optionsWithResultField } from '../result-field';
import { boletoJson, contextOptions, readContext } from './boleto-json';

const RESULT_FIELD = 'boletos';

export const findInTextOperation: PaymentsOperation = {
	value: 'findInText',
	name: 'Find in Text',
	action: 'Find boletos in a text',
	description: 'Find the boletos a customer wrote in a message, among phones, documents and dates',
	resultField: RESULT_FIELD,
	properties: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '={{ $json.text }}',
			placeholder: 'e.g. Segue o boleto: 10492.00650 61000.100042 …',
			description:
				'The text to search. "found" counts the valid boletos in "list"; a mistyped one is in "unreadable" with what is wrong.',
		},
		optionsWithResultField(RESULT_FIELD, contextOptions),
	],
	run: (call) => {
		const errors: string[] = [];
		const context = readContext(call, errors);
		const { boletos, unreadable } = findBoletos(call.params.text('text'), context);
		const list = errors.length > 0 ? [] : boletos.map(boletoJson);
		for (const { errors: wrong } of unreadable) errors.push(...wrong);
		return { result: { valid: list.length > 0, found: list.length, list, unreadable, errors } };
	},
};
