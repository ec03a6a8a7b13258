import type { INodeProperties } from 'n8n-workflow';
import type { MediaType } from '../../../engine/model';
import { attached, linked } from '../../shared/attachment';
import type { Attachment } from '../../shared/attachment';
import type { MessageCall, MessageType } from '../message-type';

const sourceFields: INodeProperties[] = [
	{
		displayName: 'File From',
		name: 'mediaFrom',
		type: 'options',
		options: [
			{ name: 'Input Item', value: 'binary', description: 'A file of the item, from an earlier node' },
			{ name: 'Link', value: 'link', description: 'A public address that WhatsApp downloads by itself' },
		],
		default: 'binary',
		description: 'Where the file comes from',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the file to send',
		displayOptions: { show: { mediaFrom: ['binary'] } },
	},
	{
		displayName: 'Link',
		name: 'mediaLink',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/boleto.pdf',
		description: 'Must be reachable from the internet without a login',
		displayOptions: { show: { mediaFrom: ['link'] } },
	},
];

const caption: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Segue seu boleto, com vencimento em 10/03.',
	description: 'Text below the file, at most 1,024 characters',
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. boleto-marco.pdf',
	description: 'What the customer sees; by default the name of the file itself',
};

const voice: INodeProperties = {
	displayName: 'Voice Message',
	name: 'voice',
	type: 'boolean',
	default: false,
	description: 'Whether it is shown as a voice message; needs an OGG file with the Opus codec',
};

export const image = mediaType('image', 'Image', 'Send an image', 'JPEG or PNG up to 5 MB', [caption]);
export const video = mediaType('video', 'Video', 'Send a video', 'MP4 or 3GP up to 16 MB', [caption]);
export const audio = mediaType('audio', 'Audio', 'Send an audio file', 'AAC, AMR, MP3, M4A or OGG up to 16 MB', [
	voice,
]);
export const document = mediaType('document', 'Document', 'Send a document', 'PDF or any other file up to 100 MB', [
	fileName,
	caption,
]);
export const sticker = mediaType('sticker', 'Sticker', 'Send a sticker', 'WebP up to 500 kB', []);

function mediaType(
	value: MediaType,
	name: string,
	action: string,
	description: string,
	own: INodeProperties[],
): MessageType {
	return {
		value,
		name,
		action,
		description,
		properties: [...sourceFields, ...own],
		run: async (call) => {
			const { params } = call;
			const file = await readFile(call);
			return {
				type: 'media',
				mediaType: value,
				source: file.source,
				mimeType: file.mimeType,
				caption: params.text('caption') || undefined,
				fileName: value === 'document' ? params.text('fileName') || file.fileName : undefined,
				voice: value === 'audio' ? params.flag('voice') : undefined,
			};
		},
	};
}

function readFile(call: MessageCall): Promise<Attachment> | Attachment {
	const { params } = call;
	if (params.text('mediaFrom') === 'link') return linked(params.requiredText('mediaLink'));
	return attached(call, params.requiredText('binaryField'));
}
