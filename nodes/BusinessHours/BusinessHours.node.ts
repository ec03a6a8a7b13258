import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { itemParameters } from '../shared/item-parameters';
import { parameterReader } from '../shared/read-parameter';
import { runItems } from '../shared/run-items';
import { ownDatesField } from '../shared/schedule-rows';
import { findOperation, OPERATIONS, operationDropdown, outputsExpression } from './operations';
import { holidayFields, scheduleFields } from './schedule-fields';

export class BusinessHours implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Business Hours',
		name: 'businessHours',
		icon: { light: 'file:../../icons/business-hours.svg', dark: 'file:../../icons/business-hours.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "addBusinessDays" ? "business days" : $parameter["schedule"] }}',
		description: 'Tells whether it is open, closed or a holiday, in the time zone of the business',
		defaults: { name: 'Business Hours' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression,
		properties: [
			operationDropdown,
			...OPERATIONS.flatMap(({ properties }) => properties),
			...scheduleFields,
			...holidayFields,
			ownDatesField,
			...OPERATIONS.flatMap(({ lastProperties = [] }) => lastProperties),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const read = parameterReader(this);
		const operation = findOperation(this);
		// One moment for all items of a run: they are judged alike.
		const now = Date.now();
		return await runItems(
			this,
			async (item, index) => {
				const { output, fields } = operation.run({ params: itemParameters(read, index), now });
				return { json: { ...item.json, ...fields }, binary: item.binary, output };
			},
			{ outputs: operation.outputs.length },
		);
	}
}
