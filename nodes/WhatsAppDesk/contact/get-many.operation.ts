import type { INodeProperties } from 'n8n-workflow';
import { listContacts } from '../../../engine/index';
import type { ContactFilter } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { contactJson } from './fields';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Consent',
			name: 'consent',
			type: 'options',
			default: 'mayReceive',
			description: 'Only contacts who said this about messages of the company',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'May Receive Everything', value: 'mayReceive', description: 'Never said no to anything' },
				{ name: 'Stopped Marketing', value: 'marketingStopped', description: 'Marketing only, or everything' },
				{ name: 'Wants No Messages', value: 'optedOut', description: 'Opted out of everything' },
			],
		},
		{
			displayName: 'Has Phone',
			name: 'hasPhone',
			type: 'boolean',
			default: true,
			description: 'Whether a phone is known; some customers hide it behind a username',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. Souza',
			description: 'Part of the name, or at least three digits of the phone',
		},
	],
};

type Filters = Omit<ContactFilter, 'limit' | 'consent'> & { consent: ContactFilter['consent'] | 'any' };

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'List contacts, the newest first',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { consent, hasPhone, search } = call.params.collection<Filters>('filters');
		const wanted = { consent: consent === 'any' ? undefined : consent, hasPhone, search, limit: limitOf(call) };
		return (await listContacts(call.desk, wanted)).map(contactJson);
	},
};
