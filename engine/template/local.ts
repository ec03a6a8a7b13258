/**
 * What does a template say on a number that has no provider to keep templates (a linked device)? Its text is what counts there:
 * the one a person wrote in the node, or the one of the template of that name on a Cloud API number of this desk. Approval is Meta's
 * affair and is not asked for.
 */
import type { Template } from '../model-template';
import type { Store } from '../store/open-store';
import { placeholdersOf } from '../text';
import { toStored } from './rows';

/** Whichever number it belongs to, the one read last; null when no number has it. */
export async function findLocalTemplate(store: Store, name: string, language: string): Promise<Template | null> {
	const found = await load(store, { name, language: language.replace('-', '_') });
	return found[0] ?? null;
}

/** One per name and language, by name. */
export async function listLocalTemplates(store: Store): Promise<Template[]> {
	return (await load(store)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A text with {{1}} or {{nome}} in it, as a template. */
export function templateOfText(text: string, { name, language }: { name: string; language: string }): Template {
	const variables = placeholdersOf(text).map((each) => ({ name: each, example: null }));
	return {
		id: null,
		name,
		language,
		category: 'utility',
		status: 'approved',
		quality: 'unknown',
		reason: null,
		parameterFormat: variables.every((each) => /^\d+$/.test(each.name)) ? 'positional' : 'named',
		header: null,
		body: { text, variables },
		footer: null,
		buttons: [],
	};
}

/** Of several numbers that have a template of one name, the one that was heard of last counts. */
async function load(store: Store, only?: { name: string; language: string }): Promise<Template[]> {
	const rows = await store.read((db) => {
		const query = db.selectFrom('template').selectAll().orderBy('updated_at', 'desc').orderBy('channel_id');
		return (only ? query.where('name', '=', only.name).where('language', '=', only.language) : query).execute();
	});
	const latest = new Map<string, Template>();
	for (const row of rows) {
		const { template } = toStored(row);
		if (template.status !== 'deleted' && !latest.has(keyOf(template))) {
			latest.set(keyOf(template), { ...template, status: 'approved' });
		}
	}
	return [...latest.values()];
}

function keyOf({ name, language }: Pick<Template, 'name' | 'language'>): string {
	return `${name} ${language}`;
}
