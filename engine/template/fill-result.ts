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

/** After filling. A body that stands alone may be far longer (Cloud API "template messages", text parameter). */
export const FILLED_LIMITS = { header: 60, body: 1_024, bodyAlone: 32_768, code: 15 } as const;

export function fillFailure(code: FillFailureCode, explanation: string): FillFailure {
	return { ok: false, code, explanation };
}
