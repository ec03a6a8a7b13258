/** Which ready message is meant? The field to choose it with, and the list behind it. */
import { UserError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { listQuickReplies } from '../../engine/index';
import { getDesk } from './desk';
import type { ItemParameters } from './item-parameters';

export const quickReplyField: INodeProperties = {
	displayName: 'Quick Reply',
	name: 'quickReply',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'A ready message (mensagem pronta), written with WhatsApp Desk: Quick Reply: Create',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a quick reply…',
			typeOptions: { searchListMethod: 'searchQuickReplies', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Segunda via do boleto' },
	],
};

/** Its id or name. @throws UserError when none is chosen */
export function quickReplyOf(params: ItemParameters): string {
	const chosen = params.locator('quickReply');
	if (chosen) return chosen;
	throw new UserError('"Quick Reply" is empty.', {
		description: 'Choose one from the list, or enter its name. WhatsApp Desk: Quick Reply: Create makes new ones.',
	});
}

const SHOWN = 60;

/** In alphabetical order; found by any part of name or content. */
export async function searchQuickReplies(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = folded(filter);
	const found = await listQuickReplies(await getDesk());
	return {
		results: found
			.filter(({ name, content }) => folded(`${name} ${content}`).includes(wanted))
			.map(({ id, name, content }) => ({
				name: `${name}: ${content.replace(/\s+/g, ' ').slice(0, SHOWN)}`,
				value: id,
			})),
	};
}

function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
