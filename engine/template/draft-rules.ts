/** Would Meta refuse this draft? Placeholder until the rules are in. */
import type { TemplateDraft } from '../model-template';

export interface DraftProblem {
	/** name · language · category · header · body · footer · buttons.<index> */
	field: string;
	code: string;
	severity: 'error' | 'warning';
	/** Portuguese: what is wrong and what to change. */
	explanation: string;
}

export function checkDraft(_draft: TemplateDraft): DraftProblem[] {
	return [];
}
