/** The template as it is now at Meta. */
import { UserError } from 'n8n-workflow';
import { findTemplate, listTemplates } from '../../../engine/index';
import type { Desk } from '../../../engine/index';
import type { Template } from '../../../engine/model-template';
import { similarNames } from '../../shared/template/similar-names';
import type { TemplateRef } from '../../shared/template/template-fields';

/** @throws UserError when the number has none of that name and language */
export async function presentTemplate(desk: Desk, channelId: string, ref: TemplateRef): Promise<Template> {
	const { template, fetchedAt, notRefreshed } = await findTemplate(desk, channelId, ref.name, ref.language, {
		maxAgeMs: 0,
	});
	if (template) return template;
	if (fetchedAt === null && notRefreshed !== null) {
		throw new UserError('The templates of this number could not be read.', { description: notRefreshed });
	}
	const { templates } = await listTemplates(desk, channelId);
	const similar = similarNames(
		ref.name,
		templates.map(({ name }) => name),
	);
	throw new UserError(`This number has no template "${ref.name}" in ${ref.language}.`, {
		description: similar.length > 0 ? `Similar ones: ${similar.join(', ')}.` : 'Choose one from the list.',
	});
}
