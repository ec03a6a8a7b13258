import { readTaxId } from '../../../engine';
import type { TaxIdReading } from '../../../engine';
import type { ItemParameters } from '../../shared/item-parameters';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { optionsWithResultField } from '../result-field';

const RESULT_FIELD = 'taxId';

export const checkOperation: PaymentsOperation = {
	value: 'check',
	name: 'Check',
	action: 'Check a tax ID',
	description: 'Check the digits of a CPF or CNPJ, also one with letters, and write it in full and masked',
	resultField: RESULT_FIELD,
	properties: [
		{
			displayName: 'CPF or CNPJ',
			name: 'taxId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 529.982.247-25 or 12.ABC.345/01DE-35',
			description: 'With or without punctuation. Whether it exists, only the Receita Federal knows.',
		},
		optionsWithResultField(RESULT_FIELD),
	],
	run: ({ params }) => {
		const reading = readGiven(params);
		if (!reading.ok) return invalid(reading.reason);
		const { kind, digits, formatted, masked } = reading;
		return { result: { valid: true, errors: [], warnings: [], kind, digits, formatted, masked } };
	},
};

/** A JSON number has lost the zeros it began with; text has not. */
function readGiven(params: ItemParameters): TaxIdReading {
	const text = params.text('taxId');
	if (typeof params.value('taxId') !== 'number') return readTaxId(text);
	const readings = [11, 14]
		.filter((length) => text.length <= length)
		.map((length) => readTaxId(text.padStart(length, '0')));
	return readings.find(({ ok }) => ok) ?? readTaxId(text);
}
