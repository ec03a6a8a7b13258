import { readPixCode } from '../../../engine';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { optionsWithResultField } from '../result-field';
import { pixJson } from './pix-json';

const RESULT_FIELD = 'pix';

export const readCodeOperation: PaymentsOperation = {
	value: 'readCode',
	name: 'Read Code',
	action: 'Read a pix code',
	description: 'Check a Pix copia e cola and tell who receives how much',
	resultField: RESULT_FIELD,
	properties: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '={{ $json.text }}',
			placeholder: 'e.g. 00020126580014br.gov.bcb.pix0136…6304ABCD',
			description: 'The text to copy and paste (Pix copia e cola); words around it do not matter',
		},
		optionsWithResultField(RESULT_FIELD),
	],
	run: ({ params }) => {
		const reading = readPixCode(params.text('code'));
		return reading.ok ? { result: pixJson(reading) } : invalid(...reading.errors);
	},
};
