import { UserError } from 'n8n-workflow';
import { readInboundMedia } from '../../../engine/index';
import { FileItem } from '../../shared/operation';
import type { DeskCall, DeskOperation } from '../desk-operation';

export const downloadMediaOperation: DeskOperation = {
	value: 'downloadMedia',
	name: 'Download Media',
	action: 'Download the media of a message',
	description: 'Get the photo, audio or document a customer sent; "downloaded" says whether there is one',
	properties: [
		{
			displayName: 'Received Message',
			name: 'message',
			type: 'string',
			default: '={{ $json.messageId }}',
			placeholder: 'e.g. msg_0k5m… or wamid.HBgM…',
			description:
				'The messageId or providerMessageId of a trigger item. When empty, the message that started the workflow is taken.',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryField',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
		},
		{
			displayName: 'Wait for File (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 300 },
			default: 30,
			description: 'How long to wait for a file that is still being fetched from WhatsApp',
		},
	],
	run: async (call) => {
		const field = call.params.requiredText('binaryField');
		const waitMs = Math.max(0, call.params.number('waitSeconds')) * 1_000;
		const file = await readInboundMedia(call.desk, receivedMessageOf(call), { waitMs });
		const { messageId } = file;
		if (file.type === 'missing') return { messageId, downloaded: false, code: file.code, reason: file.reason };
		const { bytes, fileName, mimeType, size, sha256 } = file;
		const binary = await call.context.helpers.prepareBinaryData(bytes, fileName, mimeType);
		return new FileItem({ messageId, downloaded: true, mimeType, fileName, size, sha256 }, { [field]: binary });
	},
};

function receivedMessageOf({ params, message }: DeskCall): string {
	const id = params.text('message') || message()?.messageId;
	if (id) return id;
	throw new UserError('"Received Message" is empty.', {
		description: 'Enter the messageId of a trigger item, or let the workflow start with a WhatsApp Desk Trigger.',
	});
}
