/** The provider's templates, for the nodes: what a number has, and changes to it. */
import type { StoredMedia } from './channel/port';
import type { Desk } from './desk';
import type { TemplateDraft, TemplateMediaType } from './model-template';
import * as templateCatalog from './template/catalog';
import * as local from './template/local';
import * as templates from './template/manage';

const templateDesk = (desk: Desk, channelId: string): templateCatalog.TemplateDesk => ({
	store: desk.store,
	channelId,
	channel: desk.channels.get(channelId),
	now: desk.clock.now(),
});

export interface MaxAge {
	/** Older knowledge is read anew from the provider first; default 10 minutes, 0 = always. */
	maxAgeMs?: number;
}

/** All templates of a number, in every language and state (M-25); the stored list, and why, when the provider cannot be reached. */
export async function listTemplates(
	desk: Desk,
	channelId: string,
	{ maxAgeMs }: MaxAge = {},
): Promise<templateCatalog.TemplateList> {
	const list = await templateCatalog.listTemplates(templateDesk(desk, channelId), maxAgeMs);
	desk.nudgeEvents();
	return list;
}

/** One template of a number; one that is missing or not approved is looked for again after a minute. */
export const findTemplate = (
	desk: Desk,
	channelId: string,
	name: string,
	language: string,
	{ maxAgeMs }: MaxAge = {},
): Promise<templateCatalog.FoundTemplate> =>
	templateCatalog.findTemplate(templateDesk(desk, channelId), name, language, maxAgeMs);

/** For numbers without templates of their own (a linked device): those of the Cloud API numbers of this desk, as texts. */
export const listLocalTemplates = (desk: Desk): ReturnType<typeof local.listLocalTemplates> =>
	local.listLocalTemplates(desk.store);
export const findLocalTemplate = (
	desk: Desk,
	name: string,
	language: string,
): ReturnType<typeof local.findLocalTemplate> => local.findLocalTemplate(desk.store, name, language);

/** Checks a draft, asks for its approval and keeps it (C-25). */
export async function createTemplate(
	desk: Desk,
	channelId: string,
	draft: TemplateDraft,
): Promise<templates.TemplateResult> {
	const result = await templates.createTemplate(templateDesk(desk, channelId), draft);
	desk.nudgeEvents();
	return result;
}

/** Hands in the sample file that the review of a media header needs; the handle goes into the draft. */
export const uploadTemplateExample = (
	desk: Desk,
	channelId: string,
	mediaType: TemplateMediaType,
	file: StoredMedia,
): ReturnType<typeof templates.uploadTemplateExample> =>
	templates.uploadTemplateExample(templateDesk(desk, channelId), mediaType, file);

/** Replaces the content of the template of that name and language and asks for approval again (C-34). */
export async function editTemplate(
	desk: Desk,
	channelId: string,
	draft: TemplateDraft,
): Promise<templates.TemplateResult> {
	const result = await templates.editTemplate(templateDesk(desk, channelId), draft);
	desk.nudgeEvents();
	return result;
}

/** Deletes one language of a template, or all of them when that is said. */
export async function deleteTemplate(
	desk: Desk,
	channelId: string,
	name: string,
	which: { language: string } | { allLanguages: true },
): Promise<templates.TemplateDeletion> {
	const result = await templates.deleteTemplate(templateDesk(desk, channelId), name, which);
	desk.nudgeEvents();
	return result;
}
