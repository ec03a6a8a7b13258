import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { listTemplates } from '../../../engine/index';
import { reachChannel } from '../channel/reach-channel';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { templateJson } from './template-json';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Categories',
			name: 'categories',
			type: 'multiOptions',
			default: ['utility'],
			options: [
				{ name: 'Authentication', value: 'authentication' },
				{ name: 'Marketing', value: 'marketing' },
				{ name: 'Utility', value: 'utility' },
			],
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: 'pt_BR',
			placeholder: 'e.g. pt_BR',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. vencimento',
			description: 'Part of the name',
		},
		{
			displayName: 'States',
			name: 'states',
			type: 'multiOptions',
			default: ['approved'],
			options: [
				{ name: 'Approved (Aprovada)', value: 'approved' },
				{ name: 'Disabled', value: 'disabled' },
				{ name: 'In Appeal', value: 'inAppeal' },
				{ name: 'Paused', value: 'paused' },
				{ name: 'Pending (Pendente)', value: 'pending' },
				{ name: 'Rejected (Rejeitada)', value: 'rejected' },
			],
		},
	],
};

interface Filters {
	categories: string[];
	language: string;
	search: string;
	states: string[];
}

/** Somebody who looks at the list wants to see what Meta decided meanwhile. */
const LIST_AGE_MS = 30_000;

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many templates',
	description: 'List the templates of the number with their states; the last known list when Meta cannot be reached',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { id: channelId } = await reachChannel(call);
		const { templates, fetchedAt, notRefreshed } = await listTemplates(call.desk, channelId, { maxAgeMs: LIST_AGE_MS });
		if (fetchedAt === null && notRefreshed !== null) {
			throw new UserError('The templates of this number could not be read.', { description: notRefreshed });
		}
		const { categories = [], states = [], language = '', search = '' } = call.params.collection<Filters>('filters');
		const among = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
		const readAt = fetchedAt === null ? null : new Date(fetchedAt).toISOString();
		return templates
			.filter(
				(template) =>
					among(categories, template.category) &&
					among(states, template.status) &&
					(language === '' || template.language === language.trim().replace('-', '_')) &&
					template.name.includes(search.trim().toLowerCase()),
			)
			.slice(0, limitOf(call))
			.map((template) => ({ ...templateJson(template), readAt, notRefreshed }));
	},
};
