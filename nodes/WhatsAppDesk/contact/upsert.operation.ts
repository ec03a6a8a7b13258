/** Saves a person of a list by their phone: one contact, whether the list has the ninth digit or not (D-06), and by ERP id (D7). */
import { saveContacts } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { documentField, erpIdField, erpIdsOf } from './fields';

interface Options {
	erpIds: unknown;
	document: unknown;
}

export const upsertOperation: DeskOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			default: '={{ $json.phone }}',
			placeholder: 'e.g. (11) 98765-4321',
			description:
				'With DDD, however it is written. Without a usable phone the item says so in its result ("noPhone") and goes on.',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '={{ $json.name }}',
			placeholder: 'e.g. Ana Souza',
			description: 'When empty, the name that is known stays',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description:
				'Other names of the contact. With one of them the contact is saved even without a phone; an ID that was another contact’s goes to this one, and the timeline tells it.',
			options: [documentField, erpIdField],
		},
	],
	run: async ({ desk, params }) => {
		const { erpIds, document } = params.collection<Options>('options');
		const entry = {
			phone: params.text('phone'),
			name: params.text('name'),
			erpIds: erpIdsOf(erpIds),
			document: String(document ?? ''),
		};
		const [saved] = await saveContacts(desk, [entry]);
		const { contact, ...rest } = saved!;
		return { ...rest, ...(contact ?? { id: null, name: entry.name || null, phone: null }) };
	},
};
