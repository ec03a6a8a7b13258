import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getDesk } from '../shared/desk';
import { getFallbackRows, getRows } from './load-rows';
import { optionsField } from './options.fields';
import { noActiveRowExpression, outputsExpression, subtitleExpression } from './outputs';
import { routeRun } from './route-run';
import { rowFields } from './rows.fields';
import { textFields } from './texts.fields';

export class QueueRouter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Queue Router',
		name: 'queueRouter',
		icon: { light: 'file:../../icons/queue-router.svg', dark: 'file:../../icons/queue-router.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleExpression,
		description: 'Welcomes WhatsApp customers, offers the queues, understands the answer and hands over',
		defaults: { name: 'Queue Router' },
		// It decides with the customer's own words, message by message: nothing an agent could call.
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression,
		hints: [
			{
				message: 'No queue is active yet, so there is nothing to offer: add a queue, or switch one on.',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'always',
				displayCondition: noActiveRowExpression,
			},
		],
		properties: [
			{
				displayName: 'Company Name',
				name: 'companyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Padaria Aurora',
				description: 'Stands for [empresa] in the texts',
			},
			...rowFields,
			...textFields,
			optionsField,
		],
	};

	methods = { loadOptions: { getRows, getFallbackRows } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await routeRun(this, await getDesk(this));
	}
}
