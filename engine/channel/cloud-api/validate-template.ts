/** Would Graph refuse this filled template for its values? The template itself is not known here: fillTemplate has judged it. */
import type { FilledVariable, TemplateContent } from '../../model-template';
import { FILLED_LIMITS, valueProblem } from '../template-limits';
import { isLongerThan } from '../refusal';

export interface Fault {
	code: string;
	/** Portuguese: what is wrong and what to change. */
	explanation: string;
}

/** @returns null when nothing forbids sending it */
export function templateFault(content: TemplateContent): Fault | null {
	const { header, body, buttons } = content;
	if (content.name === '' || content.language === '') {
		return { code: 'templateName', explanation: 'Falta o nome ou o idioma do modelo. Escolha o modelo na lista.' };
	}
	const values = [...(header?.type === 'text' ? header.values : []), ...body];
	for (const value of values) {
		const fault = valueFault(value, content);
		if (fault) return fault;
	}
	if (header?.type === 'text' && header.values.some(({ text }) => isLongerThan(text, FILLED_LIMITS.header))) {
		return tooLong('cabeçalho', FILLED_LIMITS.header);
	}
	const limit = header === null && buttons.length === 0 ? FILLED_LIMITS.bodyAlone : FILLED_LIMITS.body;
	if (body.some(({ text }) => isLongerThan(text, limit))) return tooLong('corpo', limit);
	const empty = buttons.find(({ value }) => value.trim() === '');
	if (!empty) return null;
	return {
		code: 'templateVariablesMissing',
		explanation: `Falta o valor do ${empty.index + 1}º botão do modelo "${content.name}". Preencha-o.`,
	};
}

function valueFault(
	{ name, text }: FilledVariable,
	{ name: template, parameterFormat }: TemplateContent,
): Fault | null {
	// Graph refuses empty texts, whatever the template says.
	if (text.trim() === '') {
		return {
			code: 'templateVariablesMissing',
			explanation: `A variável {{${name}}} do modelo "${template}" está vazia, e a Meta recusa valores vazios. Preencha-a.`,
		};
	}
	if (parameterFormat === 'named' && name === '') {
		return {
			code: 'templateVariablesMissing',
			explanation: `Uma variável do modelo "${template}" está sem nome. Escolha o modelo de novo.`,
		};
	}
	const why = valueProblem(text, `O valor de {{${name}}}`);
	return why === null ? null : { code: 'templateVariableInvalid', explanation: why };
}

function tooLong(part: string, limit: number): Fault {
	return {
		code: 'templateTextTooLong',
		explanation: `Um valor do ${part} do modelo passa de ${limit.toLocaleString('pt-BR')} caracteres. Encurte-o.`,
	};
}
