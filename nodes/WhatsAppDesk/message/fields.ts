/** Fields that the operations on a message share, how they are read, and what a message looks like as an item. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { MessageView } from '../../../engine/index';
import type { DeskCall } from '../desk-operation';

export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	required: true,
	default: '={{ $json.delivery?.id ?? $json.data?.messageId ?? $json.status?.outboxId ?? $json.id }}',
	placeholder: 'e.g. out_0k5m… or wamid.HBgM…',
	description:
		'The ID of a message that was to be sent: that of the delivery of a Send Message or Send Template item, of an item of Get Many, or the one WhatsApp gave it (wamid)',
};

export function messageOf({ params }: DeskCall): string {
	const id = params.text('message');
	if (id) return id;
	throw new UserError('"Message" is empty.', {
		description: 'Enter the ID of a message: delivery.id of a Send Message item, or id of Message: Get Many.',
	});
}

export function messageJson(message: MessageView): IDataObject {
	return { ...message };
}

/** Who did it, as the timeline tells it: 'pelo fluxo "Cobrança"'. */
export function byWorkflow({ context }: DeskCall): string {
	const { id, name } = context.getWorkflow();
	return `pelo fluxo "${name ?? id}"`;
}
