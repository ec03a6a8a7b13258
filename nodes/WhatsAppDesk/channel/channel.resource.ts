import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { getStatusOperation } from './get-status.operation';
import { sendTestOperation } from './send-test.operation';

export const channelResource: Resource<DeskOperation> = {
	value: 'channel',
	name: 'Channel',
	description: 'A WhatsApp number of the company',
	operations: [getStatusOperation, sendTestOperation],
};
