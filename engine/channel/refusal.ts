/** What is refused before it is sent, because the answer is known, and how sizes are counted and told. */
import type { SendResult } from '../model';

export type Refusal = Extract<SendResult, { type: 'refused' }>;

/** @param explanation Portuguese: what is wrong and what to do */
export function refuse(code: string, explanation: string): Refusal {
	const error = { code, title: 'Recusada antes do envio', details: explanation };
	return { type: 'refused', error, retry: { kind: 'never' }, explanation };
}

/** Characters as a person counts them roughly: an emoji of one code point is one. */
export function isLongerThan(text: string, limit: number): boolean {
	if (text.length <= limit) return false;
	return [...text].length > limit;
}

export function megabytes(bytes: number): string {
	return bytes < 1024 * 1024
		? `${Math.ceil(bytes / 1024)} KB`
		: `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',').replace(',0', '')} MB`;
}
