import { getContact, lookUpContact } from '../../../engine/index';
import type { ContactView } from '../../../engine/index';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { contactField, contactJson, contactNamed, contactOf } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get a contact with its names at WhatsApp, its consent and whether it is known to be on WhatsApp',
	properties: [
		{
			...contactField,
			description: `${contactField.description} Several of them, separated by commas, are tried in turn.`,
		},
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
		const mayBeNobody = call.params.text('ifNotFound') === 'empty';
		const wanted = mayBeNobody ? contactNamed(call) : contactOf(call);
		const contact = await firstOf(call, wanted);
		if (contact) return { found: true, ...contactJson(contact) };
		if (mayBeNobody) return { found: false, ...NOBODY, wanted };
		return { found: true, ...contactJson(await getContact(call.desk, wanted)) };
	},
};

/** An ERP may name a customer by its own ID, by a phone or by a document: whichever is known. */
async function firstOf({ desk }: DeskCall, wanted: string): Promise<ContactView | null> {
	for (const each of wanted.split(/[,;\n]/)) {
		const contact = each.trim() === '' ? null : await lookUpContact(desk, each);
		if (contact) return contact;
	}
	return null;
}

const NOBODY = { id: null, name: null, phone: null };
