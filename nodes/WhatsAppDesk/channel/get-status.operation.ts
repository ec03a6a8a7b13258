import { linkedDeviceStatus } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { chosenChannel, reachChannel } from './reach-channel';
import { statusJson } from './status-json';

export const getStatusOperation: DeskOperation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a channel',
	description:
		'Ask whether the number can send and receive now and, if not, what to do. A linked device also tells its state, its age and the code that waits to be read.',
	properties: [],
	run: async (call) => {
		const { kind, id } = await chosenChannel(call);
		if (kind === 'linkedDevice') return statusJson(await linkedDeviceStatus(call.desk, id));
		const channel = await reachChannel(call);
		const { ok, phone, name, quality, problems } = await channel.status();
		return { id, kind, ok, phone, name, quality, problems: problems.map((each) => ({ ...each })) };
	},
};
