import { optInLink, optInText } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';

export const getOptInLinkOperation: DeskOperation = {
	value: 'getOptInLink',
	name: 'Get Opt-In Link',
	action: 'Get an opt in link',
	description: 'Make a wa.me link or QR text; who sends the words that open is opted in, and the message is the proof',
	properties: [
		{
			displayName: 'Channel Phone',
			name: 'channelPhone',
			type: 'string',
			required: true,
			default: '={{ $json.channel?.phone }}',
			placeholder: 'e.g. +55 11 3000-0000',
			description: 'The number of the company that people will write to, with country code',
		},
		{
			displayName: 'Company',
			name: 'company',
			type: 'string',
			default: '',
			placeholder: 'e.g. Oficina Aurora',
			description: 'Stands at the end of the words: "Quero receber avisos da Oficina Aurora"',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			default: '',
			placeholder: 'e.g. Quero receber novidades do Mercado São João',
			description: 'Own words instead of the usual ones; they must be understood as consent',
		},
	],
	run: async ({ params }) => {
		const text = params.text('text') || optInText(params.text('company'));
		return { link: optInLink(params.requiredText('channelPhone'), text), text };
	},
};
