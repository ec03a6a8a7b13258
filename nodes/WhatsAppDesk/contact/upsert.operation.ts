/** Saves a person of a list by their phone: one contact, whether the list has the ninth digit or not (D-06). */
import { saveContacts } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';

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
	],
	run: async ({ desk, params }) => {
		const entry = { phone: params.text('phone'), name: params.text('name') };
		const [saved] = await saveContacts(desk, [entry]);
		if (saved!.result === 'noPhone') return { ...saved!, id: null, name: entry.name || null, phone: null };
		const { result, contact, warning } = saved!;
		return { result, ...contact, warning };
	},
};
