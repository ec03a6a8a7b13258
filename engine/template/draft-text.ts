/** Are the text of a header or body and its variables as Meta wants them? Pure. */
import type { TemplateParts, TemplateText } from '../model-template';
import type { DraftProblem } from './draft-rules';

export interface TextRules {
	field: 'header' | 'body';
	/** "O corpo" */
	what: string;
	/** Characters, with its placeholders. */
	most: number;
	parameterFormat: TemplateParts['parameterFormat'];
}

export function textProblems({ text, variables }: TemplateText, rules: TextRules): DraftProblem[] {
	const { field, what, most } = rules;
	const problem = (code: string, explanation: string): DraftProblem => ({
		field,
		code,
		severity: 'error',
		explanation,
	});
	if (text.trim() === '') return [problem(`${field}Empty`, `${what} está vazio. Escreva o texto.`)];
	const problems: DraftProblem[] = [];
	if (lengthOf(text) > most) {
		const long = `${what} tem ${lengthOf(text)} caracteres e a Meta aceita ${most.toLocaleString('pt-BR')}. Encurte-o.`;
		problems.push(problem(`${field}TooLong`, long));
	}
	if (/\{\{|\}\}/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))) {
		problems.push(
			problem('variableBraces', `${what} tem chaves soltas. Escreva cada variável como {{1}} ou {{nome}}.`),
		);
	}
	const names = variables.map(({ name }) => name);
	if (names.length === 0) return problems;

	const wrong = nameProblem(names, rules);
	if (wrong) problems.push(problem(wrong.code, wrong.explanation));
	if (field === 'body' && (/^\s*\{\{/.test(text) || /\}\}\s*$/.test(text))) {
		problems.push(
			problem(
				'variableAtEdge',
				'O corpo começa ou termina com uma variável. Ponha palavras antes da primeira e depois da última.',
			),
		);
	}
	if (/\}\}\s*\{\{/.test(text)) {
		problems.push(
			problem('variablesSideBySide', `${what} tem variáveis coladas uma na outra. Ponha palavras entre elas.`),
		);
	}
	const bare = variables.filter(({ example }) => !example?.trim()).map(({ name }) => `{{${name}}}`);
	if (bare.length > 0) {
		const one = bare.length === 1;
		problems.push(
			problem(
				'variableExampleMissing',
				`Falta${one ? '' : 'm'} o${one ? '' : 's'} exemplo${one ? '' : 's'} de ${bare.join(', ')}: a Meta só analisa com um exemplo de cada variável. Preencha com um valor parecido com o real.`,
			),
		);
	}
	if (field === 'body' && fixedWords(text) < 2 * names.length + 1) {
		problems.push({
			...problem(
				'variableRatio',
				`Para ${names.length} ${names.length === 1 ? 'variável' : 'variáveis'} o corpo deveria ter ao menos ${2 * names.length + 1} palavras fixas (estimativa; a Meta não publica a conta). Escreva mais texto ou tire variáveis.`,
			),
			severity: 'warning',
		});
	}
	return problems;
}

export function lengthOf(text: string): number {
	return [...text].length;
}

function nameProblem(names: readonly string[], { what, parameterFormat }: TextRules) {
	const odd = names.filter((name) => /[#$%]/.test(name));
	if (odd.length > 0) {
		return {
			code: 'variableName',
			explanation: `${what} tem variáveis com #, $ ou % no nome (${list(odd)}). Tire esses sinais.`,
		};
	}
	const numbers = names.filter((name) => /^\d+$/.test(name));
	if (parameterFormat === 'named') {
		if (numbers.length > 0) {
			return {
				code: 'variablesMixed',
				explanation: `${what} mistura variáveis com número e com nome. Use só {{1}}, {{2}}… ou só nomes, em todo o modelo.`,
			};
		}
		const bad = names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name));
		return bad.length === 0
			? null
			: {
					code: 'variableName',
					explanation: `${what} tem variáveis com nome inválido (${list(bad)}). Use letras minúsculas sem acento, números e _, como {{nome_do_cliente}}.`,
				};
	}
	if (numbers.length < names.length) {
		return {
			code: 'variablesMixed',
			explanation: `${what} mistura variáveis com número e com nome. Use só {{1}}, {{2}}… ou só nomes, em todo o modelo.`,
		};
	}
	const expected = names.map((_, index) => String(index + 1));
	const missing = expected.filter((name) => !names.includes(name));
	return missing.length === 0
		? null
		: {
				code: 'variableGap',
				explanation: `${what} pula números de variáveis: falta ${list(missing)}. Numere a partir de {{1}}, sem pular.`,
			};
}

/**
 * Words that are no variables. The documentation of several senders agrees on at least 2x + 1 of them for x variables
 * (https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses); Meta only says "too many" (2388293).
 */
function fixedWords(text: string): number {
	return text
		.replace(/\{\{[^{}]*\}\}/g, ' ')
		.split(/\s+/)
		.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function list(names: readonly string[]): string {
	return names.map((name) => `{{${name}}}`).join(', ');
}
