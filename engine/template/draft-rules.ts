/**
 * Would Meta refuse this draft? Every problem at once, before it is sent for approval (C-25, C-31), and advice where approval
 * would cost more than expected. Pure. Source: Cloud API "template components", "template review", "template categorization".
 */
import type { TemplateDraft, TemplateHeader } from '../model-template';
import { adviceFor } from './draft-advice';
import { buttonProblems } from './draft-buttons';
import { lengthOf, textProblems } from './draft-text';

export interface DraftProblem {
	/** name · language · header · body · footer · buttons · buttons.<index from 0> */
	field: string;
	/** Stable camelCase. */
	code: string;
	/** A warning forbids nothing. */
	severity: 'error' | 'warning';
	/** Portuguese: what is wrong and what to change. */
	explanation: string;
}

export function checkDraft(draft: TemplateDraft): DraftProblem[] {
	const { parameterFormat, header, body, footer, buttons } = draft;
	return [
		...nameProblems(draft),
		...headerProblems(header, parameterFormat),
		...textProblems(body, { field: 'body', what: 'O corpo', most: LIMITS.body, parameterFormat }),
		...(body.text.trim() === '' ? [] : bodyLayoutProblems(body.text)),
		...footerProblems(footer),
		...buttonProblems(buttons),
		...adviceFor(draft),
	];
}

function draftError(field: string, code: string, explanation: string): DraftProblem {
	return { field, code, severity: 'error', explanation };
}

const LIMITS = { name: 512, header: 60, body: 1_024, footer: 60 } as const;

function nameProblems({ name, language }: TemplateDraft): DraftProblem[] {
	const problems: DraftProblem[] = [];
	if (!/^[a-z0-9_]+$/.test(name) || name.length > LIMITS.name) {
		const why = `O nome "${name}" não serve: a Meta aceita só letras minúsculas sem acento, números e _ (até ${LIMITS.name}).`;
		problems.push(draftError('name', 'nameInvalid', `${why} ${suggestion(name)}`));
	}
	if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language)) {
		problems.push(
			draftError(
				'language',
				'languageInvalid',
				`O idioma "${language}" não existe. Use um código como pt_BR ou en_US.`,
			),
		);
	}
	return problems;
}

/** "Lembrete de Parcela" → lembrete_de_parcela */
function suggestion(name: string): string {
	const tidy = name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, LIMITS.name);
	return tidy === '' ? 'Escolha outro nome.' : `Que tal "${tidy}"?`;
}

function headerProblems(
	header: TemplateHeader | null,
	parameterFormat: TemplateDraft['parameterFormat'],
): DraftProblem[] {
	if (header === null || header.type === 'location') return [];
	if (header.type !== 'text') {
		if (header.example) return [];
		return [
			draftError(
				'header',
				'headerExampleMissing',
				'O cabeçalho com arquivo precisa de um arquivo de exemplo para a análise da Meta. Envie um exemplo.',
			),
		];
	}
	const problems = textProblems(header, {
		field: 'header',
		what: 'O cabeçalho',
		most: LIMITS.header,
		parameterFormat,
	});
	if (header.variables.length > 1) {
		problems.push(
			draftError(
				'header',
				'headerVariables',
				'O cabeçalho aceita no máximo uma variável. Passe as outras para o corpo.',
			),
		);
	}
	if (/[\n\r*_~`]|\p{Extended_Pictographic}/u.test(header.text.replace(/\{\{[^{}]*\}\}/g, ''))) {
		problems.push(
			draftError(
				'header',
				'headerFormat',
				'O cabeçalho não aceita quebra de linha, emoji nem formatação (* _ ~ `). Deixe só o texto.',
			),
		);
	}
	return problems;
}

function bodyLayoutProblems(text: string): DraftProblem[] {
	if (!/\t| {5}|\n[^\S\n]*\n[^\S\n]*\n/.test(text.replaceAll('\r\n', '\n'))) return [];
	return [
		draftError(
			'body',
			'bodyFormat',
			'O corpo não aceita tabulação, mais de quatro espaços seguidos nem mais de duas quebras de linha seguidas. Tire o excesso.',
		),
	];
}

function footerProblems(footer: string | null): DraftProblem[] {
	if (footer === null) return [];
	const problems: DraftProblem[] = [];
	if (lengthOf(footer) > LIMITS.footer) {
		problems.push(
			draftError(
				'footer',
				'footerTooLong',
				`O rodapé tem ${lengthOf(footer)} caracteres e a Meta aceita ${LIMITS.footer}. Encurte-o.`,
			),
		);
	}
	if (/\{\{|\}\}|\n/.test(footer)) {
		problems.push(
			draftError(
				'footer',
				'footerFormat',
				'O rodapé não aceita variáveis nem quebras de linha. Passe a variável para o corpo.',
			),
		);
	}
	return problems;
}
