/** What is wrong with what somebody gave, in Portuguese and with the place of each problem? */
import type { z } from 'zod/v4';

export interface DataProblem {
	/** Dotted path, e.g. "titles.0.dueDate"; '' = the whole. */
	field: string;
	/** Portuguese. */
	explanation: string;
}

/** A person corrects a few and tries again. */
const SHOWN = 10;

export function readable(error: z.ZodError): DataProblem[] {
	return error.issues.slice(0, SHOWN).map((issue) => ({ field: issue.path.join('.'), explanation: say(issue) }));
}

/** "debtor.name: está vazio; titles.0.dueDate: …" */
export function inOneLine(problems: readonly DataProblem[]): string {
	return problems.map(({ field, explanation }) => (field ? `${field}: ${explanation}` : explanation)).join('; ');
}

function say(issue: z.core.$ZodIssue): string {
	if (issue.code === 'unrecognized_keys') return `não existe ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
	// Messages nobody worded come from the library in English.
	return /^(Invalid|Too|Unrecognized)/.test(issue.message) ? 'falta, ou tem um valor que não serve' : issue.message;
}
