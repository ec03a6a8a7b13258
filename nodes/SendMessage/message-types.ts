/** What can be sent, in screen order; the first is the default. */
import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../shared/operation';
import type { MessageType } from './message-type';
import { contact } from './message-types/contact';
import { location } from './message-types/location';
import { audio, document, image, sticker, video } from './message-types/media';
import { menu } from './message-types/menu';
import { quickReply } from './message-types/quick-reply';
import { reaction } from './message-types/reaction';
import { text } from './message-types/text';

export const messageTypes: MessageType[] = [
	text,
	quickReply,
	menu,
	document,
	image,
	audio,
	video,
	sticker,
	location,
	contact,
	reaction,
];

export const messageTypeField: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	noDataExpression: true,
	options: messageTypes.map(({ value, name, description }) => ({ value, name, description })),
	default: text.value,
	description: 'What to send',
};

export const messageFields: INodeProperties[] = messageTypes.flatMap(({ value, properties }) =>
	properties.map((field) => shownFor(field, { messageType: [value] })),
);
