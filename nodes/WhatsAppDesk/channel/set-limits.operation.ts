import { UserError } from 'n8n-workflow';
import { setChannelLimits, type Limits } from '../../../engine/index';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { limitFields } from './limit-fields';
import { limitsJson } from './limits-json';
import { chosenChannel } from './reach-channel';

export const setLimitsOperation: DeskOperation = {
	value: 'setLimits',
	name: 'Set Limits',
	action: 'Set the limits of a channel',
	description: 'Change how many conversations the number may start, its pauses, rules and prices',
	properties: [
		{
			displayName: 'Limits',
			name: 'limits',
			type: 'collection',
			placeholder: 'Add limit',
			default: {},
			description: 'Only what is added here changes; the change is told on the timeline',
			options: limitFields,
		},
	],
	run: async (call) => {
		const given = readLimits(call);
		if (Object.keys(given).length === 0) {
			throw new UserError('"Limits" is empty.', { description: 'Add at least one limit to change.' });
		}
		const { id } = await chosenChannel(call);
		const workflowId = call.context.getWorkflow().id ?? null;
		const { changes, ...limits } = await setChannelLimits(call.desk, id, given, { workflowId });
		return { ...limitsJson(limits), changes: changes.map((change) => ({ ...change })) };
	},
};

function readLimits({ params }: DeskCall): Partial<Limits> {
	const given = params.collection('limits');
	const read = limitFields
		.filter(({ name }) => given[name] !== undefined)
		.map(({ name, type }) => {
			const path = `limits.${name}`;
			if (type === 'number') return [name, params.number(path)];
			return [name, type === 'boolean' ? params.flag(path) : params.text(path)];
		});
	return Object.fromEntries(read) as Partial<Limits>;
}
