/**
 * How does Graph write a template? From its answer to our Template, tolerant of what it may add: an unknown button is kept as
 * 'other', a part nobody can fill is named in `unsupported`, what is no template at all gives null.
 * Source: Cloud API "template components" (reference: cloud-api §4). The other direction is template-request.ts.
 */
import { z } from 'zod/v4';
import type {
	Template,
	TemplateButton,
	TemplateCategory,
	TemplateHeader,
	TemplateParts,
	TemplateStatus,
	TemplateText,
} from '../../model-template';
import { placeholdersOf } from '../../text';
import { isObject, listOf, textOf, type Json } from '../untrusted';

const idSchema = z.union([z.string(), z.number()]).transform(String);

/** @returns null for what has no name or language */
export function readTemplate(value: unknown): Template | null {
	if (!isObject(value)) return null;
	const { name, language } = { name: textOf(value.name), language: textOf(value.language) };
	if (name === null || language === null) return null;
	const status = readStatus(value.status);
	return {
		id: idSchema.safeParse(value.id).data ?? null,
		name,
		language: readLanguage(language),
		category: readCategory(value.category),
		status,
		quality: readQuality(isObject(value.quality_score) ? value.quality_score.score : value.quality_score),
		reason: status === 'approved' ? null : readReason(value.rejected_reason),
		...readParts(value),
	};
}

/** Webhooks say en-US where the API says en_US. */
export function readLanguage(language: string): string {
	return language.replace('-', '_');
}

export function readCategory(category: unknown): TemplateCategory {
	const lower = typeof category === 'string' ? category.toLowerCase() : '';
	return lower === 'utility' || lower === 'marketing' || lower === 'authentication' ? lower : 'other';
}

const STATUSES: Record<string, TemplateStatus> = {
	APPROVED: 'approved',
	PENDING: 'pending',
	REJECTED: 'rejected',
	PAUSED: 'paused',
	DISABLED: 'disabled',
	IN_APPEAL: 'inAppeal',
	PENDING_DELETION: 'pendingDeletion',
	DELETED: 'deleted',
	LIMIT_EXCEEDED: 'limitExceeded',
	ARCHIVED: 'archived',
};

export function readStatus(status: unknown): TemplateStatus {
	return typeof status === 'string' && Object.hasOwn(STATUSES, status) ? STATUSES[status]! : 'unknown';
}

export function readQuality(score: unknown): Template['quality'] {
	const lower = typeof score === 'string' ? score.toLowerCase() : '';
	return lower === 'green' || lower === 'yellow' || lower === 'red' ? lower : 'unknown';
}

/** In Portuguese; Meta writes NONE where there is no reason. */
export function readReason(reason: unknown): string | null {
	const code = reason === 'NONE' ? null : textOf(reason);
	return code !== null && Object.hasOwn(REASONS, code) ? REASONS[code]! : code;
}

/** Meta's reasons for a rejection, told to whoever corrects the template (C-34). */
const REASONS: Record<string, string> = {
	ABUSIVE_CONTENT: 'o conteúdo foi considerado abusivo; reescreva o texto em tom neutro',
	INCORRECT_CATEGORY: 'a categoria não combina com o texto; mude a categoria ou o texto',
	INVALID_FORMAT: 'o formato não foi aceito; confira variáveis, exemplos e pontuação',
	PROMOTIONAL: 'o texto é promocional e a categoria não permite; use a categoria marketing',
	SCAM: 'o texto parece golpe; diga quem é a empresa e não peça dados pessoais',
	TAG_CONTENT_MISMATCH: 'o idioma ou a categoria não combina com o texto; corrija um dos dois',
};

function readParts(value: Json): TemplateParts {
	const components = listOf(value.components).filter(isObject);
	const of = (type: string) => components.find((component) => upper(component.type) === type);
	const [header, body, footer, buttons] = [of('HEADER'), of('BODY'), of('FOOTER'), of('BUTTONS')];
	const known = readHeader(header);
	const unsupported = [
		...components.map(({ type }) => upper(type)).filter((type) => !PARTS.has(type)),
		...(header && known === null ? [`HEADER ${upper(header.format)}`] : []),
		...listOf(buttons?.buttons).flatMap((button) =>
			isObject(button) && NEEDS_MORE.has(upper(button.type)) ? [`BUTTON ${upper(button.type)}`] : [],
		),
	];
	const bodyText = readText(body, 'body_text');
	const names = [...bodyText.variables, ...(known?.type === 'text' ? known.variables : [])];
	const named = value.parameter_format
		? upper(value.parameter_format) === 'NAMED'
		: names.some(({ name }) => !/^\d+$/.test(name));
	return {
		parameterFormat: named ? 'named' : 'positional',
		header: known,
		body: bodyText,
		footer: footerText(footer),
		buttons: listOf(buttons?.buttons).filter(isObject).map(readButton),
		...(unsupported.length > 0 ? { unsupported } : {}),
	};
}

const PARTS = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);
/** Buttons that are refused without parameters which we do not know. */
const NEEDS_MORE = new Set(['MPM', 'SPM']);

function readHeader(header: Json | undefined): TemplateHeader | null {
	switch (upper(header?.format)) {
		case 'TEXT':
			return { type: 'text', ...readText(header, 'header_text') };
		case 'IMAGE':
			return { type: 'image' };
		case 'VIDEO':
			return { type: 'video' };
		case 'DOCUMENT':
			return { type: 'document' };
		case 'LOCATION':
			return { type: 'location' };
		default:
			return null;
	}
}

/** Positional examples are a list in the order of the numbers (a body's within another list); named ones carry their name. */
function readText(component: Json | undefined, field: 'body_text' | 'header_text'): TemplateText {
	const text = textOf(component?.text) ?? '';
	const example = isObject(component?.example) ? component.example : {};
	const given = listOf(example[field]);
	const positional = Array.isArray(given[0]) ? given[0] : given;
	const named = new Map(
		listOf(example[`${field}_named_params`])
			.filter(isObject)
			.map((one) => [one.param_name, textOf(one.example)]),
	);
	const exampleOf = (name: string) => named.get(name) ?? textOf(positional[Number(name) - 1]) ?? null;
	return { text, variables: placeholdersOf(text).map((name) => ({ name, example: exampleOf(name) })) };
}

function footerText(footer: Json | undefined): string | null {
	const minutes = footer?.code_expiration_minutes;
	if (typeof minutes === 'number') return textOf(footer?.text) ?? `Este código expira em ${minutes} minutos.`;
	return textOf(footer?.text);
}

/** What Meta puts behind the button of a code; its parameter travels as that of a link. */
const CODE_URL = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';

function readButton(button: Json): TemplateButton {
	const text = textOf(button.text) ?? '';
	const example = textOf(Array.isArray(button.example) ? button.example[0] : button.example);
	const variable = { name: '1', example };
	switch (upper(button.type)) {
		case 'QUICK_REPLY':
			return { type: 'quickReply', text, variable: null };
		case 'URL': {
			const url = textOf(button.url) ?? '';
			return { type: 'url', text, url, variable: placeholdersOf(url).length > 0 ? variable : null };
		}
		case 'PHONE_NUMBER':
			return { type: 'phoneNumber', text, phone: textOf(button.phone_number) ?? '', variable: null };
		case 'COPY_CODE':
			return { type: 'copyCode', text, variable };
		case 'OTP':
			return { type: 'url', text, url: CODE_URL, variable };
		default:
			return { type: 'other', text, variable: null };
	}
}

function upper(value: unknown): string {
	return typeof value === 'string' ? value.toUpperCase() : '';
}
