import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { cancelOperation } from './cancel.operation';
import { downloadMediaOperation } from './download-media.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';
import { getTimelineOperation } from './get-timeline.operation';
import { resendOperation } from './resend.operation';

export const messageResource: Resource<DeskOperation> = {
	value: 'message',
	name: 'Message',
	description: 'A message sent or to be sent, and files received',
	operations: [
		cancelOperation,
		downloadMediaOperation,
		getOperation,
		getManyOperation,
		getTimelineOperation,
		resendOperation,
	],
};
