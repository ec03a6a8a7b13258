import type { MessageType } from '../message-type';

export const contact: MessageType = {
	value: 'contact',
	name: 'Contact Card',
	action: 'Send a contact card',
	description: 'Name and phone of somebody, to save or to call',
	properties: [
		{
			displayName: 'Contact Name',
			name: 'cardName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Plantão Financeiro',
			description: 'The name on the card',
		},
		{
			displayName: 'Contact Phone',
			name: 'cardPhone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +55 11 3256-7890',
			description: 'With country and area code; several are separated by commas',
		},
		{
			displayName: 'Contact Email',
			name: 'cardEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. financeiro@example.com',
			description: 'Shown on the card when given',
		},
		{
			displayName: 'Organization',
			name: 'cardOrganization',
			type: 'string',
			default: '',
			placeholder: 'e.g. Minha Empresa',
			description: 'Shown on the card when given',
		},
	],
	run: async ({ params }) => {
		const phones = params.requiredText('cardPhone').split(',');
		const email = params.text('cardEmail');
		const card = {
			name: params.requiredText('cardName'),
			phones: phones.map((phone) => ({ phone: phone.trim() })).filter(({ phone }) => phone !== ''),
			emails: email ? [{ email }] : undefined,
			organization: params.text('cardOrganization') || undefined,
		};
		return { type: 'contacts', contacts: [card] };
	},
};
