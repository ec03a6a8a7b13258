import type { Problem } from '../cloud-api/errors';

/** What is wrong with the parameters of a template send, in Meta's words (cloud-api.md §3). */
export type Filled<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What a text parameter may not hold, or null. */
export function textProblem(where: string, value: unknown): Problem | null {
	if (typeof value !== 'string' || value === '') {
		return { code: 131008, details: `${where}: every parameter needs a text that is not empty.` };
	}
	if (/[\n\r\t]| {5,}/.test(value)) {
		const details = `${where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`;
		return { code: 132018, details };
	}
	return null;
}

export function countProblem(where: string, given: number, expected: number): Problem {
	const details = `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
	return { code: 132000, details };
}

export function formatProblem(details: string): Problem {
	return { code: 132012, details };
}
