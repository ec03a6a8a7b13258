import { readPixCode } from '../../../engine';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { optionsWithResultField } from '../result-field';
import { pixJson } from './pix-json';
import { qrBinaryField, qrFileNameOption, qrImageField, qrOf } from './qr-image';

const RESULT_FIELD = 'pix';

export const readCodeOperation: PaymentsOperation = {
	value: 'readCode',
	name: 'Read Code',
	action: 'Read a pix code',
	description: 'Check a Pix copia e cola, tell who receives how much, and draw its QR code',
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
		{ ...qrImageField, default: false },
		qrBinaryField,
		optionsWithResultField(RESULT_FIELD, [qrFileNameOption]),
	],
	run: async (call) => {
		const reading = readPixCode(call.params.text('code'));
		if (!reading.ok) return invalid(...reading.errors);
		return { result: pixJson(reading), binary: await qrOf(call, reading.code) };
	},
};
