/** Are the buttons of a draft allowed in number, order, length and content? Pure. Source: Cloud API "template components". */
import type { TemplateButton } from '../model-template';
import { fold, placeholdersOf } from '../text';
import type { DraftProblem } from './draft-rules';
import { lengthOf } from './draft-text';

const MOST = { all: 10, url: 2, phoneNumber: 1, copyCode: 1 } as const;
const LIMITS = { label: 25, url: 2_000, phone: 20 } as const;

export function buttonProblems(buttons: readonly TemplateButton[]): DraftProblem[] {
	return [
		...countProblems(buttons),
		...orderProblems(buttons),
		...sameLabelProblems(buttons),
		...buttons.flatMap((button, index) =>
			[labelProblem(button, index), contentProblem(button, index)]
				.filter((each) => each !== null)
				.map(({ code, explanation }) => problem(`buttons.${index}`, code, explanation)),
		),
	];
}

function countProblems(buttons: readonly TemplateButton[]): DraftProblem[] {
	const count = (type: TemplateButton['type']) => buttons.filter((button) => button.type === type).length;
	const tooMany = (there: number, most: number, what: string) =>
		there > most
			? [problem('buttons', 'tooManyButtons', `Há ${there} botões${what} e a Meta aceita ${most}. Tire os outros.`)]
			: [];
	return [
		...tooMany(buttons.length, MOST.all, ''),
		...tooMany(count('url'), MOST.url, ' de link'),
		...tooMany(count('phoneNumber'), MOST.phoneNumber, ' de telefone'),
		...tooMany(count('copyCode'), MOST.copyCode, ' de copiar código'),
	];
}

function orderProblems(buttons: readonly TemplateButton[]): DraftProblem[] {
	const at = buttons.flatMap(({ type }, index) => (type === 'quickReply' ? [index] : []));
	if (at.length === 0 || at.at(-1)! - at[0]! + 1 === at.length) return [];
	return [
		problem(
			'buttons',
			'quickRepliesApart',
			'As respostas rápidas precisam ficar juntas, antes ou depois dos outros botões. Mude a ordem.',
		),
	];
}

function sameLabelProblems(buttons: readonly TemplateButton[]): DraftProblem[] {
	const labels = buttons.filter(({ type }) => type !== 'copyCode').map(({ text }) => fold(text));
	const twice = buttons.find(({ text }) => text !== '' && labels.filter((label) => label === fold(text)).length > 1);
	if (!twice) return [];
	return [problem('buttons', 'sameLabel', `Há dois botões com o texto "${twice.text}". Dê a cada um o seu texto.`)];
}

type Found = { code: string; explanation: string } | null;

function labelProblem({ type, text }: TemplateButton, index: number): Found {
	// Meta writes the label of a code button by itself.
	if (type === 'copyCode') return null;
	if (text.trim() === '') {
		return { code: 'buttonLabelEmpty', explanation: `O ${index + 1}º botão está sem texto. Escreva o texto dele.` };
	}
	if (lengthOf(text) > LIMITS.label) {
		return {
			code: 'buttonLabelTooLong',
			explanation: `O botão "${text}" tem ${lengthOf(text)} caracteres e a Meta aceita ${LIMITS.label}. Encurte-o.`,
		};
	}
	if (!/\{\{|\n/.test(text)) return null;
	return {
		code: 'buttonLabelFormat',
		explanation: `O texto do botão "${text}" não aceita variáveis nem quebras de linha. Deixe um texto fixo.`,
	};
}

function contentProblem(button: TemplateButton, index: number): Found {
	const name = button.text || `${index + 1}º`;
	switch (button.type) {
		case 'url':
			return urlProblem(button, name);
		case 'phoneNumber': {
			const phone = button.phone ?? '';
			if (/^\+?\d[\d\s()-]{6,}$/.test(phone) && phone.length <= LIMITS.phone) return null;
			return {
				code: 'buttonPhone',
				explanation: `O botão "${name}" precisa de um telefone com código do país, até ${LIMITS.phone} caracteres, como +551130000000.`,
			};
		}
		case 'copyCode':
			if (button.variable?.example?.trim()) return null;
			return {
				code: 'variableExampleMissing',
				explanation: 'Falta um exemplo do código do botão de copiar. Preencha com um código parecido com o real.',
			};
		case 'other':
			return {
				code: 'buttonUnsupported',
				explanation: `O botão "${name}" é de um tipo que não sabemos criar. Crie este modelo no Gerenciador do WhatsApp.`,
			};
		default:
			return null;
	}
}

function urlProblem({ url = '', variable }: TemplateButton, name: string): Found {
	const names = placeholdersOf(url);
	const fixed = url.replace(/\{\{[^{}]*\}\}$/, '');
	if (!/^https?:\/\/\S+$/i.test(fixed) || !URL.canParse(fixed) || lengthOf(url) > LIMITS.url) {
		return {
			code: 'buttonUrl',
			explanation: `O botão "${name}" precisa de um endereço que comece com https://, com até ${LIMITS.url.toLocaleString('pt-BR')} caracteres.`,
		};
	}
	if (names.length === 0) return null;
	if (names.length > 1 || /\{\{/.test(fixed)) {
		return {
			code: 'buttonUrlVariable',
			explanation: `O endereço do botão "${name}" aceita uma variável só, no final: https://exemplo.com.br/{{1}}.`,
		};
	}
	if (variable?.example?.trim()) return null;
	return {
		code: 'variableExampleMissing',
		explanation: `Falta um exemplo do final do endereço do botão "${name}". Preencha com um valor parecido com o real.`,
	};
}

function problem(field: string, code: string, explanation: string): DraftProblem {
	return { field, code, severity: 'error', explanation };
}
