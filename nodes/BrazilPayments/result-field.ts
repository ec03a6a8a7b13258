/** Into which field of the item does the result go? */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/item-parameters';

/** The last field of every operation: its own options and the name of the result. */
export function optionsWithResultField(defaultField: string, own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...own,
			{
				displayName: 'Put Result in Field',
				name: 'resultField',
				type: 'string',
				default: defaultField,
				placeholder: `e.g. ${defaultField}`,
				description: 'The name of the field of the item that the result goes into',
			},
		],
	};
}

export function resultFieldOf(params: ItemParameters, defaultField: string): string {
	return params.text('options.resultField') || defaultField;
}
