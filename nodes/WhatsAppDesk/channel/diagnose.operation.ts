import type { IDataObject } from 'n8n-workflow';
import { diagnoseChannel, diagnoseLinkedDevice, type Diagnosis } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { chosenChannel } from './reach-channel';

const HOUR_MS = 3_600_000;

/** One item per check, so that a workflow can filter and mail them; the first item sums up. */
export const diagnoseOperation: DeskOperation = {
	value: 'diagnose',
	name: 'Diagnose',
	action: 'Diagnose a channel',
	description:
		'Diagnóstico: check everything the number depends on (token, webhook and templates, or the link by QR code; clock, database, outbox), and say what to fix. The first item sums up, then comes one item per check.',
	properties: [
		{
			displayName: 'Only What Needs Attention',
			name: 'onlyWrong',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out the checks that are in order; the summary always comes',
		},
		{
			displayName: 'Silence After Hours',
			name: 'silenceHours',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 24,
			description:
				'When nothing has arrived for so long, that is reported. A business that closes on weekends needs 72.',
		},
	],
	run: async (call) => {
		const { desk, params, context } = call;
		const channel = await chosenChannel(call);
		const silentMs = Math.max(1, params.number('silenceHours')) * HOUR_MS;
		const options = { workflowZone: context.getTimezone(), silentMs };
		const diagnosis =
			channel.kind === 'linkedDevice'
				? await diagnoseLinkedDevice(desk, channel.credentials, options)
				: await diagnoseChannel(desk, channel.credentials, options);
		return itemsOf(diagnosis, params.flag('onlyWrong'));
	},
};

function itemsOf({ channelId, ok, summary, findings }: Diagnosis, onlyWrong: boolean): IDataObject[] {
	const shown = onlyWrong ? findings.filter((finding) => !finding.ok) : findings;
	return [
		{ check: 'summary', ok, found: summary, fix: null, channel: channelId },
		...shown.map((finding) => ({ ...finding, channel: channelId })),
	];
}
