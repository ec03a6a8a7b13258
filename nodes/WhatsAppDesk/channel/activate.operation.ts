import { waitForSession } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { linkedDeviceOf } from './reach-channel';
import { byWorkflow, waitField, waitMsOf } from './session-fields';
import { statusJson } from './status-json';

/** "Ativar" of the activation page (B-14 to B-21). */
export const activateOperation: DeskOperation = {
	value: 'activate',
	name: 'Activate',
	action: 'Activate a linked device',
	description:
		'Ativar: ask for the number to be linked and connected. Tells the state it reaches: the code to read, or connected when it is linked already. One that lost its line tries again at once.',
	properties: [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +55 11 98765-4321',
			description:
				'Número WhatsApp para atendimento, with country and area code. Only a phone with this number may read the code; it cannot change while it is active.',
		},
		waitField,
	],
	run: async (call) => {
		const { id } = await linkedDeviceOf(call);
		await call.desk.linkedDevices.activate(id, { phone: call.params.requiredText('phone'), by: byWorkflow(call) });
		const reached = ({ state, qr }: { state: string; qr: unknown }) =>
			state === 'connected' || state === 'stopped' || (state === 'scan' && qr !== null);
		return statusJson(await waitForSession(call.desk, id, reached, waitMsOf(call)));
	},
};
