import { UserError } from 'n8n-workflow';
import { teamCapacity } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';

interface Options {
	answerPercent: number;
	channelId: string;
	queue: string;
}

export const capacityOperation: DeskOperation = {
	value: 'capacity',
	name: 'Team Capacity',
	action: 'Report the capacity of the team',
	description: 'How many conversations may be started today so that the agents on duty can answer them',
	properties: [
		{
			displayName: 'Agents on Duty',
			name: 'agentsOnDuty',
			type: 'number',
			typeOptions: { minValue: 0 },
			required: true,
			default: 1,
			description: 'How many people attend to conversations today',
		},
		{
			displayName: 'Conversations per Agent',
			name: 'conversationsPerAgent',
			type: 'number',
			typeOptions: { minValue: 1 },
			required: true,
			default: 10,
			description: 'How many conversations one agent can look after at the same time',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Answer Rate',
					name: 'answerPercent',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 100 },
					default: 100,
					description: 'How many of 100 contacts who are written to answer, in percent. 100 is the careful choice.',
				},
				{
					displayName: 'Channel ID',
					name: 'channelId',
					type: 'string',
					default: '',
					placeholder: 'e.g. cloudApi:106540352242922',
					description: 'Only the daily cap of this number; all numbers when empty',
				},
				{
					displayName: 'Queue',
					name: 'queue',
					type: 'string',
					default: '',
					placeholder: 'e.g. financeiro',
					description:
						'Only conversations of the queue with this internal name, when its agents are a team of their own',
				},
			],
		},
	],
	run: async ({ params, desk }) => {
		const { answerPercent = 100, channelId, queue } = params.collection<Options>('options');
		const rate = Number(answerPercent);
		if (!(rate > 0 && rate <= 100)) {
			throw new UserError('"Answer Rate" must be over 0 and up to 100.', {
				description: 'Enter how many of 100 contacts answer, e.g. 30.',
			});
		}
		const { channels, ...report } = await teamCapacity(desk, {
			agentsOnDuty: Math.max(0, params.number('agentsOnDuty')),
			conversationsPerAgent: Math.max(0, params.number('conversationsPerAgent')),
			answerRate: rate / 100,
			queue: queue || undefined,
			channelId: channelId || undefined,
		});
		const shown = channels.map(({ brake, ...each }) => ({
			...each,
			brake: brake && { until: new Date(brake.until).toISOString(), reason: brake.reason },
		}));
		return { ...report, channels: shown };
	},
};
