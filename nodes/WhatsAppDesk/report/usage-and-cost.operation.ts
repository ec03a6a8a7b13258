import { usageReport } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { periodFields, periodOf } from './period';
import { usageByNumber } from './usage-by-number';

export const usageAndCostOperation: DeskOperation = {
	value: 'usageAndCost',
	name: 'Usage and Cost',
	action: 'Report usage and cost',
	description: 'Messages received, sent and delivered by number and kind, what they cost, and the total of all numbers',
	properties: [
		...periodFields,
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'options',
			options: [
				{ name: 'Day', value: 'day' },
				{ name: 'Month', value: 'month' },
			],
			default: 'month',
			description: "Days and months follow each number's own time zone (Channel: Set Limits)",
		},
		{
			displayName: 'One Item Per',
			name: 'layout',
			type: 'options',
			options: [
				{ name: 'Kind', value: 'kind', description: 'Period, number and kind, each with its count and cost' },
				{ name: 'Number', value: 'number', description: 'Period and number, with all counts side by side' },
			],
			default: 'number',
			description: 'An item without a channel ID is the total of all numbers',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Channel IDs',
					name: 'channelIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. cloudApi:106540352242922',
					description: 'Only these numbers, separated by commas; all when empty',
				},
			],
		},
	],
	run: async (call) => {
		const { params, desk } = call;
		const { from, to } = periodOf(call);
		const { channelIds = '' } = params.collection<{ channelIds: string }>('options');
		const figures = await usageReport(desk, {
			...{ from, to },
			by: params.text('groupBy') === 'day' ? 'day' : 'month',
			channelIds: String(channelIds)
				.split(',')
				.map((id) => id.trim())
				.filter(Boolean),
		});
		return params.text('layout') === 'kind' ? figures.map((figure) => ({ ...figure })) : usageByNumber(figures);
	},
};
