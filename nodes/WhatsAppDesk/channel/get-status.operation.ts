import type { DeskOperation } from '../desk-operation';
import { reachChannel } from './reach-channel';

export const getStatusOperation: DeskOperation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a channel',
	description: 'Ask whether the number can send and receive now and, if not, what to do',
	properties: [],
	run: async (call) => {
		const channel = await reachChannel(call);
		const { ok, phone, name, quality, problems } = await channel.status();
		return {
			id: channel.id,
			kind: channel.kind,
			ok,
			phone,
			name,
			quality,
			problems: problems.map((each) => ({ ...each })),
		};
	},
};
