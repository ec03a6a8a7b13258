import { linkedDeviceStatus } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { linkedDeviceOf } from './reach-channel';
import { byWorkflow } from './session-fields';
import { statusJson } from './status-json';

/** "Desativar": the link ends, here and on the phone (B-22, B-33). */
export const deactivateOperation: DeskOperation = {
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate a linked device',
	description:
		'Desativar: disconnect the number and remove this device from the phone. To link it again a new code has to be read.',
	properties: [],
	run: async (call) => {
		const { id } = await linkedDeviceOf(call);
		await call.desk.linkedDevices.deactivate(id, { by: byWorkflow(call) });
		return statusJson(await linkedDeviceStatus(call.desk, id));
	},
};
