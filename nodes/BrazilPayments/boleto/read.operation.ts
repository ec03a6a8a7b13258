import { readBoleto } from '../../../engine';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { optionsWithResultField } from '../result-field';
import { boletoJson, contextOptions, readContext } from './boleto-json';

const RESULT_FIELD = 'boleto';

export const readOperation: PaymentsOperation = {
	value: 'read',
	name: 'Read',
	action: 'Read a boleto',
	description: 'Check a line or bar code and tell bank, amount and due date',
	resultField: RESULT_FIELD,
	properties: [
		{
			displayName: 'Line or Bar Code',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10492.00650 61000.100042 00997.263900 9 89810000021403',
			description: 'The 47 or 48 digits that are typed, or the 44 of the bar code, with or without dots and spaces',
		},
		optionsWithResultField(RESULT_FIELD, contextOptions),
	],
	run: (call) => {
		const errors: string[] = [];
		const reading = readBoleto(call.params.text('code'), readContext(call, errors));
		if (!reading.ok) errors.push(...reading.errors);
		if (!reading.ok || errors.length > 0) return invalid(...errors);
		return { result: boletoJson(reading) };
	},
};
