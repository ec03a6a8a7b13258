/** What may the values of a template be? The provider's limits, shared by filling and sending. Source: Cloud API "template messages". */

/** Characters after filling; a body that stands alone may be far longer. `code`: of an authentication template. */
export const FILLED_LIMITS = { header: 60, body: 1_024, bodyAlone: 32_768, code: 15 } as const;

/** Portuguese: why Meta refuses this value of a header or body (132018); null when it takes it. */
export function valueProblem(value: string, what: string): string | null {
	if (!/[\n\r\t\v\f\u2028\u2029]| {5}/.test(value)) return null;
	return `${what} tem quebra de linha, tabulação ou mais de quatro espaços seguidos, e a Meta recusa isso em variáveis. Deixe o valor em uma linha só.`;
}
