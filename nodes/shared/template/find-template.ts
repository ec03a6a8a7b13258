/** Is there such a template? Looked up once per name in a run; what is missing is told with the names that come close. */
import {
	ConfigurationError,
	findLocalTemplate,
	findTemplate,
	listLocalTemplates,
	listTemplates,
} from '../../../engine/index';
import type { Desk, Unsendable } from '../../../engine/index';
import type { Template } from '../../../engine/model-template';
import type { ChosenChannel } from '../desk';
import { similarNames } from './similar-names';
import { templateKey } from './template-fields';
import type { TemplateRef } from './template-fields';

export type Lookup = { type: 'found'; template: Template } | MissingTemplate;

export interface MissingTemplate extends Unsendable {
	ref: TemplateRef;
	/** "name (language)" of templates that may be meant. */
	similar: string[];
	/** What to do about it; default: choose another, or make one. */
	fix?: string;
}

export const TEMPLATE_MISSING = 'templateMissing';

export function templateFinder(desk: Desk, channel: ChosenChannel): (ref: TemplateRef) => Promise<Lookup> {
	const known = new Map<string, Promise<Lookup>>();
	return (ref) => {
		const key = templateKey(ref);
		let lookup = known.get(key);
		if (!lookup)
			known.set(key, (lookup = channel.kind === 'cloudApi' ? lookUp(desk, channel.id, ref) : lookUpLocal(desk, ref)));
		return lookup;
	};
}

async function lookUp(desk: Desk, channelId: string, ref: TemplateRef): Promise<Lookup> {
	const { template, fetchedAt, notRefreshed } = await findTemplate(desk, channelId, ref.name, ref.language);
	if (template) return { type: 'found', template };
	if (fetchedAt === null && notRefreshed !== null) {
		return {
			type: 'unsendable',
			code: 'templatesUnreachable',
			explanation: `Os modelos deste número não puderam ser lidos: ${notRefreshed} Tente de novo mais tarde.`,
			ref,
			similar: [],
		};
	}
	const { templates } = await listTemplates(desk, channelId);
	const similar = similarTo(ref, templates);
	const hint = similar.length > 0 ? `Parecidos: ${similar.join(', ')}.` : 'Crie o modelo e espere a aprovação.';
	return {
		type: 'unsendable',
		code: TEMPLATE_MISSING,
		explanation: `O modelo "${ref.name}" (${ref.language}) não existe neste número. ${hint}`,
		ref,
		similar,
	};
}

/** A linked device has no templates of its own: it takes the text of one that a Cloud API number of the desk has. */
async function lookUpLocal(desk: Desk, ref: TemplateRef): Promise<Lookup> {
	const template = await findLocalTemplate(desk, ref.name, ref.language);
	if (template) return { type: 'found', template };
	return {
		type: 'unsendable',
		code: TEMPLATE_MISSING,
		explanation: `Um aparelho conectado não tem modelos próprios, e nenhum número da API oficial deste sistema tem o modelo "${ref.name}" (${ref.language}). Escreva o texto no campo "Text" do nó.`,
		ref,
		similar: similarTo(ref, await listLocalTemplates(desk)),
		fix: 'Write the message in "Text": a linked device has no templates of its own.',
	};
}

/** The same name in other languages first. */
function similarTo({ name }: TemplateRef, templates: readonly Template[]): string[] {
	const names = new Set(
		similarNames(
			name,
			templates.map((template) => template.name),
		),
	);
	return [...names].flatMap((each) =>
		templates.filter((template) => template.name === each).map((template) => `${each} (${template.language})`),
	);
}

/** The node, not an item, is set wrong when not one of its items names a template there is. @throws ConfigurationError */
export function refuseWrongTemplate(lookups: ReadonlyArray<Lookup | null>): void {
	const first = lookups[0];
	const allMissing = lookups.every((each) => each?.type === 'unsendable' && each.code === TEMPLATE_MISSING);
	if (!allMissing || first?.type !== 'unsendable') return;
	const { ref, similar, fix } = first;
	throw new ConfigurationError(
		`"Template": this number has no template "${ref.name}" in ${ref.language}.`,
		similar.length > 0
			? `Similar ones: ${similar.join(', ')}. Choose one from the list.`
			: (fix ?? 'Choose one from the list. WhatsApp Desk: Template: Create makes new ones.'),
		'template',
	);
}
