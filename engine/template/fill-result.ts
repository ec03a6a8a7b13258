/** What may come of filling a template. Values only. */
import type { TemplateContent } from '../model-template';

export type FillFailureCode =
	| 'templateNotApproved'
	| 'templateUnsupported'
	| 'templateVariablesMissing'
	| 'templateVariableInvalid'
	| 'templateHeaderMissing'
	| 'templateHeaderMismatch'
	| 'templateTextTooLong';

/** `ignored`: keys that have a value but no place in this template (it may have been edited since). */
export type FillResult =
	{ ok: true; content: TemplateContent; ignored: string[] } | { ok: false; code: FillFailureCode; explanation: string };

export type FillFailure = Extract<FillResult, { ok: false }>;

export function fillFailure(code: FillFailureCode, explanation: string): FillFailure {
	return { ok: false, code, explanation };
}
