/** How does a template get to Meta, and how does what is wrong with it get to the editor? All problems at once, before any call. */
import { UserError } from 'n8n-workflow';
import { checkDraft, makeDraft, uploadTemplateExample } from '../../../engine/index';
import type { DraftProblem, TemplateRefusal } from '../../../engine/index';
import type { TemplateDraft } from '../../../engine/model-template';
import type { DeskCall } from '../desk-operation';
import type { Content } from './read-content';

/** Checks everything, then hands in the sample of the header. @throws UserError with each problem on a line of its own */
export async function draftOf(call: DeskCall, channelId: string, { texts, sample }: Content): Promise<TemplateDraft> {
	const draft = makeDraft(texts);
	const problems = checkDraft(draft).filter(({ severity }) => severity === 'error');
	if (problems.length > 0) throw wrongDraft(problems);
	if (!sample) return draft;
	const { desk, context, item, index } = call;
	const binary = item.binary?.[sample.field];
	if (!binary) {
		throw new UserError(`The item has no file in the field "${sample.field}".`, {
			description: 'The review needs a sample of the header: let an earlier node read or download a file.',
		});
	}
	const bytes = await context.helpers.getBinaryDataBuffer(index, sample.field);
	const file = { bytes, mimeType: binary.mimeType, fileName: binary.fileName ?? null };
	const handedIn = await uploadTemplateExample(desk, channelId, sample.mediaType, file);
	if (handedIn.type === 'refused') throw refused('The sample file was not accepted.', handedIn);
	return { ...draft, header: { type: sample.mediaType, example: handedIn.handle } };
}

export function refused(what: string, { problems, explanation, code }: TemplateRefusal): UserError {
	if (problems.length > 0) return wrongDraft(problems);
	return new UserError(what, { description: `${explanation} (${code})` });
}

function wrongDraft(problems: readonly DraftProblem[]): UserError {
	const errors = problems.filter(({ severity }) => severity === 'error');
	const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
	return new UserError(`The template has ${count}; nothing was sent to Meta.`, {
		description: errors.map(({ field, explanation }) => `${field}: ${explanation}`).join('\n'),
	});
}
