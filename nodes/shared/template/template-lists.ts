/** What does the editor offer: the templates of the number, and the form of the chosen one. */
import { NodeOperationError } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	ResourceMapperFields,
} from 'n8n-workflow';
import {
	findLocalTemplate,
	findTemplate,
	listLocalTemplates,
	listTemplates,
	templateOfText,
} from '../../../engine/index';
import type { Desk, TemplateList } from '../../../engine/index';
import type { Template, TemplateCategory, TemplateStatus } from '../../../engine/model-template';
import { useChannel } from '../desk';
import type { ChosenChannel } from '../desk';
import { mapperFields } from './form';
import { templateKey, toTemplateRef } from './template-fields';

/** Somebody who opens the list has often just had a template approved. */
const LIST_AGE_MS = 30_000;

/** Approved ones first; found by any part of name, language, category or state. */
export async function searchTemplates(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const { desk, channel } = await useChannel(this);
	const { templates, notRefreshed } = await allTemplates(desk, channel);
	if (templates.length === 0 && notRefreshed !== null) {
		throw new NodeOperationError(this.getNode(), 'The templates of this number could not be read.', {
			description: notRefreshed,
		});
	}
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const entries = templates.map((template) => ({ template, entry: entryOf(template) }));
	return {
		results: entries
			.filter(({ entry }) => words.every((word) => entry.name.toLowerCase().includes(word)))
			.sort((a, b) => Number(b.template.status === 'approved') - Number(a.template.status === 'approved'))
			.map(({ entry }) => entry),
	};
}

/** The form of the chosen template. */
export async function getTemplateValues(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { desk, channel } = await useChannel(this);
	if (channel.kind === 'linkedDevice') {
		const text = String(this.getCurrentNodeParameter('templateText') ?? '').trim();
		// What an expression will say is not known yet: its values are found by their names.
		if (text.startsWith('='))
			return { fields: [], emptyFieldsNotice: 'The values are taken from the item by their names.' };
		if (text !== '') return { fields: mapperFields(templateOfText(text, { name: 'texto', language: 'pt_BR' })) };
	}
	const chosen = this.getCurrentNodeParameter('template', { extractValue: true });
	const language = this.getCurrentNodeParameter('templateLanguage');
	const ref = toTemplateRef(String(chosen ?? ''), String(language ?? ''));
	if (!ref) return { fields: [], emptyFieldsNotice: 'Choose a template first.' };
	const template =
		channel.kind === 'linkedDevice'
			? await findLocalTemplate(desk, ref.name, ref.language)
			: (await findTemplate(desk, channel.id, ref.name, ref.language, { maxAgeMs: LIST_AGE_MS })).template;
	if (!template) {
		throw new NodeOperationError(this.getNode(), `This number has no template "${ref.name}" in ${ref.language}.`, {
			description: 'Choose one from the list.',
		});
	}
	return { fields: mapperFields(template) };
}

/** A linked device has none of its own: those of the other numbers are offered for their text. */
async function allTemplates(
	desk: Desk,
	channel: ChosenChannel,
): Promise<Pick<TemplateList, 'templates' | 'notRefreshed'>> {
	if (channel.kind === 'cloudApi') return await listTemplates(desk, channel.id, { maxAgeMs: LIST_AGE_MS });
	return { templates: await listLocalTemplates(desk), notRefreshed: null };
}

const CATEGORIES: Record<TemplateCategory, string> = {
	utility: 'Utility',
	marketing: 'Marketing',
	authentication: 'Authentication',
	other: 'Other',
};

const STATES: Record<TemplateStatus, string> = {
	approved: 'Approved',
	pending: 'Pending',
	rejected: 'Rejected',
	paused: 'Paused',
	disabled: 'Disabled',
	inAppeal: 'In Appeal',
	pendingDeletion: 'Being Deleted',
	deleted: 'Deleted',
	limitExceeded: 'Limit Exceeded',
	archived: 'Archived',
	unknown: 'State Unknown',
};

function entryOf(template: Template): INodeListSearchItems {
	const { name, language, category, status } = template;
	return { name: [name, STATES[status], language, CATEGORIES[category]].join(' · '), value: templateKey(template) };
}
