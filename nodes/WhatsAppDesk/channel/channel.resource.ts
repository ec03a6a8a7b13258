import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { activateOperation } from './activate.operation';
import { checkNumberOperation } from './check-number.operation';
import { deactivateOperation } from './deactivate.operation';
import { diagnoseOperation } from './diagnose.operation';
import { getLimitsOperation } from './get-limits.operation';
import { getStatusOperation } from './get-status.operation';
import { requestPairingCodeOperation } from './request-pairing-code.operation';
import { sendTestOperation } from './send-test.operation';
import { setLimitsOperation } from './set-limits.operation';

export const channelResource: Resource<DeskOperation> = {
	value: 'channel',
	name: 'Channel',
	description: 'A WhatsApp number of the company',
	operations: [
		getStatusOperation,
		sendTestOperation,
		diagnoseOperation,
		getLimitsOperation,
		setLimitsOperation,
		checkNumberOperation,
		activateOperation,
		deactivateOperation,
		requestPairingCodeOperation,
	],
};
