import { getContact, lookUpContact } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { contactField, contactJson, contactNamed, contactOf } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get a contact with its names at WhatsApp, its consent and whether it is known to be on WhatsApp',
	properties: [
		contactField,
		{
			displayName: 'If Not Found',
			name: 'ifNotFound',
			type: 'options',
			default: 'fail',
			description: 'What happens when nobody is known by this ID, phone, ERP ID or document',
			options: [
				{ name: 'Fail', value: 'fail', description: 'The item fails, as On Error of this node says' },
				{
					name: 'Return an Empty Result',
					value: 'empty',
					description: 'The item goes on with "found": false, for an If node',
				},
			],
		},
	],
	run: async (call) => {
		if (call.params.text('ifNotFound') !== 'empty') {
			return { found: true, ...contactJson(await getContact(call.desk, contactOf(call))) };
		}
		const wanted = contactNamed(call);
		const contact = wanted === '' ? null : await lookUpContact(call.desk, wanted);
		return contact ? { found: true, ...contactJson(contact) } : { found: false, ...NOBODY, wanted };
	},
};

const NOBODY = { id: null, name: null, phone: null };
