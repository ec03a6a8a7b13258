import { waitForSession } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { linkedDeviceOf } from './reach-channel';
import { waitField, waitMsOf } from './session-fields';
import { statusJson } from './status-json';

export const requestPairingCodeOperation: DeskOperation = {
	value: 'requestPairingCode',
	name: 'Request Pairing Code',
	action: 'Request a pairing code for a linked device',
	description:
		'Ask for a code of eight characters to type on the phone instead of scanning: WhatsApp › Linked devices › Link a device › Link with phone number instead. The number has to be activated before.',
	properties: [waitField],
	run: async (call) => {
		const { id } = await linkedDeviceOf(call);
		await call.desk.linkedDevices.requestPairingCode(id);
		const reached = ({ state, pairingCode }: { state: string; pairingCode: string | null }) =>
			pairingCode !== null || state === 'connected' || state === 'stopped';
		return statusJson(await waitForSession(call.desk, id, reached, waitMsOf(call)));
	},
};
