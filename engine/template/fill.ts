/**
 * Can this template be sent with these values, and what goes out? Judged before anything is sent (C-26, D-20): Meta would
 * answer a missing value with a bare 132000. Pure.
 */
import { FILLED_LIMITS, valueProblem } from '../channel/template-limits';
import type { MediaSource } from '../model';
import type { FilledButton, FilledHeader, FilledVariable, Template, TemplateContent } from '../model-template';
import { templateFields, type TemplateField } from './fields';
import { fillButtons } from './fill-buttons';
import { fillFailure, type FillFailure, type FillResult } from './fill-result';
import { fill, renderTemplate, templateOptions } from './render';
import { notApproved } from './status-words';

export interface TemplateValues {
	/** For templates whose header is a file or a place. */
	header?:
		| { type: 'media'; source: MediaSource; mimeType?: string; fileName?: string }
		| { type: 'location'; latitude: number; longitude: number; name?: string; address?: string };
	/** By the keys of templateFields: 'header.1', 'body.nome', 'button.0'. */
	variables: Record<string, string>;
}

export function fillTemplate(template: Template, values: TemplateValues): FillResult {
	const fields = templateFields(template);
	const given = trimmed(values.variables);
	const problem =
		unsendable(template) ??
		missingValues(template, fields, given) ??
		unusableValue(fields, given) ??
		headerMismatch(template, values.header);
	if (problem) return problem;

	const buttons = fillButtons(template, given);
	if ('code' in buttons) return buttons;
	const header = filledHeader(template, values.header, given);
	const body = template.body.variables.map(({ name }) => ({ name, text: given[`body.${name}`]! }));
	const headerTexts = header?.type === 'text' ? header.values : [];
	const tooLong = textTooLong(template, headerTexts, body);
	if (tooLong) return tooLong;
	return { ok: true, content: contentOf(template, header, body, buttons, headerTexts), ignored: extras(fields, given) };
}

function contentOf(
	template: Template,
	header: FilledHeader | null,
	body: FilledVariable[],
	buttons: FilledButton[],
	headerTexts: FilledVariable[],
): TemplateContent {
	const { name, language, category, parameterFormat } = template;
	return {
		type: 'template',
		name,
		language,
		category,
		parameterFormat,
		header,
		body,
		buttons,
		text: renderTemplate(template, { header: headerTexts, body, buttons }),
		options: templateOptions(template, buttons),
	};
}

function unsendable(template: Template): FillFailure | null {
	if (template.status !== 'approved') {
		return fillFailure('templateNotApproved', notApproved(template.name, template.status));
	}
	if (!template.unsupported?.length) return null;
	return fillFailure(
		'templateUnsupported',
		`O modelo "${template.name}" usa partes que não sabemos preencher (${template.unsupported.join(', ')}). Use outro modelo.`,
	);
}

/** Names each missing value with the words around it, because "{{2}}" says nothing to whoever fills it in. */
function missingValues(
	template: Template,
	fields: readonly TemplateField[],
	given: Record<string, string>,
): FillFailure | null {
	const missing = fields.filter(({ key, required }) => required && !given[key]);
	if (missing.length === 0) return null;
	const list = missing.map(({ key }) => whereIs(template, key)).join('; ');
	const what = missing.length === 1 ? 'Falta o valor de' : 'Faltam os valores de';
	return fillFailure(
		'templateVariablesMissing',
		`${what} ${list}. Preencha ${missing.length === 1 ? 'essa variável' : 'essas variáveis'} do modelo "${template.name}".`,
	);
}

/** 'body.2' → '{{2}} do corpo ("…seu pedido {{2}} saiu…")' */
function whereIs(template: Template, key: string): string {
	const [part, name] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)];
	if (part === 'button') return `botão "${template.buttons[Number(name)]!.text}"`;
	const { header, body } = template;
	const text = part === 'header' && header?.type === 'text' ? header.text : body.text;
	return `{{${name}}} ${part === 'header' ? 'do cabeçalho' : 'do corpo'} ("${around(text, name)}")`;
}

const WORDS_AROUND = 40;

function around(text: string, name: string): string {
	const at = text.search(new RegExp(`\\{\\{\\s*${escaped(name)}\\s*\\}\\}`));
	const end = text.indexOf('}}', at) + 2;
	const from = Math.max(0, at - WORDS_AROUND);
	const to = Math.min(text.length, end + WORDS_AROUND);
	// Cut at a space, not within a word.
	const before = from === 0 ? text.slice(0, at) : `…${text.slice(from, at).replace(/^\S*\s/, '')}`;
	const after = to === text.length ? text.slice(end) : `${text.slice(end, to).replace(/\s\S*$/, '')}…`;
	return `${before}{{${name}}}${after}`.replace(/\s+/g, ' ');
}

/** Buttons are not bound by this rule. */
function unusableValue(fields: readonly TemplateField[], given: Record<string, string>): FillFailure | null {
	for (const { key, label } of fields) {
		if (key.startsWith('button.')) continue;
		const why = valueProblem(given[key]!, `O valor de ${label.slice(label.indexOf('{{'))}`);
		if (why) return fillFailure('templateVariableInvalid', why);
	}
	return null;
}

const KINDS = {
	image: 'uma imagem',
	video: 'um vídeo',
	document: 'um documento',
	location: 'uma localização',
} as const;

function headerMismatch(template: Template, given: TemplateValues['header']): FillFailure | null {
	const wanted = template.header?.type ?? 'text';
	if (wanted === 'text') {
		if (!given) return null;
		return fillFailure(
			'templateHeaderMismatch',
			`O modelo "${template.name}" não tem arquivo nem localização no cabeçalho. Tire-o do envio ou use outro modelo.`,
		);
	}
	const kind = KINDS[wanted];
	if (!given) {
		return fillFailure(
			'templateHeaderMissing',
			`O cabeçalho do modelo "${template.name}" é ${kind}. Informe ${kind} para enviar.`,
		);
	}
	if ((given.type === 'location') === (wanted === 'location') && !wrongFile(wanted, given)) return null;
	return fillFailure(
		'templateHeaderMismatch',
		`O cabeçalho do modelo "${template.name}" é ${kind}, e foi informada outra coisa. Informe ${kind}.`,
	);
}

function wrongFile(wanted: string, given: NonNullable<TemplateValues['header']>): boolean {
	if (given.type !== 'media' || !given.mimeType || wanted === 'document') return false;
	return !given.mimeType.toLowerCase().startsWith(`${wanted}/`);
}

function filledHeader(
	{ header }: Template,
	given: TemplateValues['header'],
	variables: Record<string, string>,
): FilledHeader | null {
	if (header === null) return null;
	if (header.type === 'text') {
		const values = header.variables.map(({ name }) => ({ name, text: variables[`header.${name}`]! }));
		return values.length > 0 ? { type: 'text', values } : null;
	}
	if (given!.type === 'location') return given as FilledHeader;
	return { ...given!, mediaType: header.type as 'image' } as FilledHeader;
}

function textTooLong(template: Template, header: FilledVariable[], body: FilledVariable[]): FillFailure | null {
	const alone = template.header === null && template.footer === null && template.buttons.length === 0;
	const limit = alone ? FILLED_LIMITS.bodyAlone : FILLED_LIMITS.body;
	const long = (what: string, most: number) =>
		fillFailure(
			'templateTextTooLong',
			`${what} do modelo "${template.name}", já preenchido, passa de ${most.toLocaleString('pt-BR')} caracteres. Encurte os valores das variáveis.`,
		);
	if (length(fill(template.body.text, body)) > limit) return long('O corpo', limit);
	if (template.header?.type !== 'text') return null;
	if (length(fill(template.header.text, header)) > FILLED_LIMITS.header)
		return long('O cabeçalho', FILLED_LIMITS.header);
	return null;
}

function extras(fields: readonly TemplateField[], given: Record<string, string>): string[] {
	const known = new Set(fields.map(({ key }) => key));
	return Object.keys(given).filter((key) => given[key] !== '' && !known.has(key));
}

function trimmed(variables: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value ?? '').trim()]));
}

function length(text: string): number {
	return [...text].length;
}

function escaped(name: string): string {
	return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
