import type { Problem } from '../cloud-api/errors';
import { first, isObject } from '../cloud-api/checks';
import type { Loose } from '../model';
import { hasAdjacent, placeholdersOf, plainWords, touchesEdge } from './placeholders';
import { templateProblem } from './problems';

/** Are the variables of a template's text well formed, and does each have an example? (cloud-api.md §4) */
export interface VariableRules {
	/** Said in the details: BODY or HEADER. */
	component: 'BODY' | 'HEADER';
	named: boolean;
	/** The subcode for a wrong format of this component. */
	formatSubcode: number;
}

export function checkVariables(component: Loose, rules: VariableRules): Problem | null {
	const text = String(component.text);
	const names = placeholdersOf(text);
	if (names.length === 0) {
		return /\{\{|\}\}/.test(text) ? format(rules, 'has curly braces that are no variable.') : null;
	}
	return first(
		names.some((name) => /[#$%]/.test(name)) && format(rules, 'has a variable with #, $ or % in it.'),
		rules.named ? checkNames(names, rules) : checkPositions(names, rules),
		// Headers may end with their variable; bodies may not.
		rules.component === 'BODY' &&
			touchesEdge(text) &&
			templateProblem(2388299, 'BODY: variables cannot be at the start or end of the template.'),
		hasAdjacent(text) && format(rules, 'has variables side by side.'),
		rules.component === 'BODY' &&
			plainWords(text) < 2 * names.length + 1 &&
			templateProblem(2388293, `BODY: ${names.length} variables are too many for ${plainWords(text)} words.`),
		checkExamples(component, names, rules),
	);
}

function checkNames(names: string[], rules: VariableRules): Problem | null {
	const wrong = names.find((name) => !/^[a-z][a-z0-9_]*$/.test(name));
	return wrong === undefined
		? null
		: format(rules, `has the variable '${wrong}': use lower case letters, digits and _.`);
}

function checkPositions(names: string[], rules: VariableRules): Problem | null {
	const wanted = names.map((_, index) => String(index + 1));
	const given = [...names].sort((left, right) => Number(left) - Number(right));
	return given.every((name, index) => name === wanted[index])
		? null
		: format(rules, `needs the variables ${wanted.map((name) => `{{${name}}}`).join(', ')} without gaps.`);
}

function checkExamples(component: Loose, names: string[], rules: VariableRules): Problem | null {
	const example: Loose = isObject(component.example) ? component.example : {};
	const field = rules.component === 'BODY' ? 'body_text' : 'header_text';
	const missing = templateProblem(
		2388043,
		`component of type ${rules.component} is missing expected field(s) (example)`,
	);
	if (rules.named) {
		const given = example[`${field}_named_params`];
		if (!Array.isArray(given)) return missing;
		const known = new Set(given.filter((one) => text(one?.example)).map((one) => String(one.param_name)));
		return names.every((name) => known.has(name)) ? null : missing;
	}
	const list: unknown = rules.component === 'BODY' ? example[field]?.[0] : example[field];
	if (!Array.isArray(list) || !list.every(text)) return missing;
	return list.length === names.length
		? null
		: templateProblem(
				2388043,
				`${rules.component}: number of examples (${list.length}) does not match the number of variables (${names.length})`,
			);
}

function text(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

function format(rules: VariableRules, what: string): Problem {
	return templateProblem(rules.formatSubcode, `${rules.component} ${what}`);
}
