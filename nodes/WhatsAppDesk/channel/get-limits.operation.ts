import { getChannelLimits } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitsJson } from './limits-json';
import { chosenChannel } from './reach-channel';

export const getLimitsOperation: DeskOperation = {
	value: 'getLimits',
	name: 'Get Limits',
	action: 'Get the limits of a channel',
	description: 'Show how many conversations the number may start, its pauses, rules and prices, and how far today is',
	properties: [],
	run: async (call) => limitsJson(await getChannelLimits(call.desk, (await chosenChannel(call)).id)),
};
