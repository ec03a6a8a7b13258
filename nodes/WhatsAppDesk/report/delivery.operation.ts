import type { IDataObject } from 'n8n-workflow';
import { deliveryReport } from '../../../engine/index';
import type { DeliveryReport } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { periodFields, periodOf } from './period';

export const deliveryOperation: DeskOperation = {
	value: 'delivery',
	name: 'Delivery Report',
	action: 'Report deliveries',
	description: 'What became of a campaign: sent, delivered, read, not sent and why, and what it cost',
	properties: [
		...periodFields,
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			placeholder: 'e.g. Black Friday',
			description: 'Only messages sent with this label. When empty, every label and what has none.',
		},
		{
			displayName: 'One Item Per',
			name: 'layout',
			type: 'options',
			options: [
				{ name: 'Campaign', value: 'campaign', description: 'Counts, cost, reasons and a text that can be sent on' },
				{ name: 'Reason', value: 'reason', description: 'Each reason why messages did not arrive or still wait' },
			],
			default: 'campaign',
			description: 'A campaign is all messages with the same label',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Channel ID',
					name: 'channelId',
					type: 'string',
					default: '',
					placeholder: 'e.g. cloudApi:106540352242922',
					description: 'Only messages of this number',
				},
			],
		},
	],
	run: async (call) => {
		const { params, desk } = call;
		const { since, until } = periodOf(call);
		const { channelId } = params.collection<{ channelId: string }>('options');
		const label = params.text('label') || undefined;
		const reports = await deliveryReport(desk, { label, channelId: channelId || undefined, since, until });
		return params.text('layout') === 'reason' ? reports.flatMap(reasonsOf) : reports.map(campaignOf);
	},
};

function campaignOf({ reasons, ...report }: DeliveryReport): IDataObject {
	return { ...report, reasons: reasons.map((reason) => ({ ...reason })) };
}

function reasonsOf({ label, reasons }: DeliveryReport): IDataObject[] {
	return reasons.map((reason) => ({ label, ...reason }));
}
