import { DateTime } from 'luxon';
import type { Conversation } from '../model';
import { greetingByHour, renderText } from '../text';
import type { TransitionContext } from './types';

/**
 * Fills the variables of a text (M-14). A template is taken apart once and kept, because the same few texts go out
 * thousands of times; a value is worked out only when its text asks for it.
 */

export interface RenderScope {
	company: string;
	conversation: Conversation;
	context: TransitionContext;
	agentName: string | null;
	queueName: string | null;
	/** The numbered list, where a text places it itself with {{filas}}. */
	list?: string;
}

const VALUES = {
	empresa: (s: RenderScope) => s.company,
	nome: nameOf,
	primeiro_nome: (s: RenderScope) => nameOf(s).split(' ', 1)[0]!,
	telefone: (s: RenderScope) => s.context.contact.phone ?? '',
	protocolo: (s: RenderScope) => s.conversation.protocolNumber,
	fila: (s: RenderScope) => s.queueName ?? '',
	atendente: (s: RenderScope) => s.agentName ?? '',
	saudacao: (s: RenderScope) => greetingByHour(s.context.now, s.context.zone),
	horario: (s: RenderScope) => s.context.away?.hoursText ?? '',
	proximo_horario: nextOpening,
	filas: (s: RenderScope) => s.list ?? '',
};

export type ValueName = keyof typeof VALUES;

/** Every way to write a variable, the source systems' own wildcards included (B-53, B-66, B-74, C-03); see wildcardName. */
export const NAMES: Record<string, ValueName> = {
	empresa: 'empresa',
	sua_empresa: 'empresa',
	nome_da_empresa: 'empresa',
	nome: 'nome',
	cliente: 'nome',
	nome_cliente: 'nome',
	nome_do_cliente: 'nome',
	'contact.name': 'nome',
	primeiro_nome: 'primeiro_nome',
	telefone: 'telefone',
	'contact.phone': 'telefone',
	protocolo: 'protocolo',
	'conversation.protocolnumber': 'protocolo',
	fila: 'fila',
	setor: 'fila',
	'conversation.queue': 'fila',
	atendente: 'atendente',
	nome_do_atendente: 'atendente',
	nome_usuario: 'atendente',
	'agent.name': 'atendente',
	saudacao: 'saudacao',
	horario: 'horario',
	proximo_horario: 'proximo_horario',
	filas: 'filas',
};

interface Template {
	/** Words at even places, names of values at odd ones. */
	parts: string[];
	unknown: string[];
	hasList: boolean;
}

const MARK = '\u0001';
const MARKS = Object.fromEntries(Object.entries(NAMES).map(([name, value]) => [name, MARK + value + MARK]));
const KEPT_TEMPLATES = 2000;
const templates = new Map<string, Template>();

export function render(template: string, scope: RenderScope): string {
	const { parts } = takenApart(template);
	let text = parts[0]!;
	let nameless = false;
	for (let i = 1; i < parts.length; i += 2) {
		const value = VALUES[parts[i] as ValueName](scope);
		nameless ||= value === '' && (parts[i] === 'nome' || parts[i] === 'primeiro_nome');
		text += value + parts[i + 1]!;
	}
	return (nameless ? withoutGap(text) : text).trim();
}

/** "Oi, !" after a name nobody knows reads "Oi!". */
export function withoutGap(text: string): string {
	return text
		.replace(/,[ \t]*(?=[!?.,;:])/g, '')
		.replace(/[ \t]+(?=[!?.,;:])/g, '')
		.replace(/[ \t]{2,}/g, ' ');
}

function nameOf({ context }: RenderScope): string {
	return spokenName(context.contact.name);
}

/** WhatsApp shows the number where a person gave no name: that is no way to address anybody. '' then. */
export function spokenName(given: string | null): string {
	const name = (given ?? '').trim();
	return /\p{L}/u.test(name) ? name : '';
}

/** Variables nobody knows, as written; they would reach the customer untouched. */
export function unknownVariables(template: string): string[] {
	return takenApart(template).unknown;
}

/** Whether the text places the list of queues itself. */
export function placesList(template: string): boolean {
	return takenApart(template).hasList;
}

function takenApart(template: string): Template {
	const kept = templates.get(template);
	if (kept) return kept;
	const { text, unknown } = renderText(template.replaceAll(MARK, ''), MARKS);
	const parts = text.split(MARK);
	const made = { parts, unknown, hasList: parts.some((part, i) => i % 2 === 1 && part === 'filas') };
	if (templates.size >= KEPT_TEMPLATES) templates.clear();
	templates.set(template, made);
	return made;
}

function nextOpening({ context }: RenderScope): string {
	const away = context.away;
	if (away?.nextOpeningText) return away.nextOpeningText;
	if (away?.nextOpeningAt == null) return '';
	const at = DateTime.fromMillis(away.nextOpeningAt, { zone: context.zone, locale: 'pt-BR' });
	return at.toFormat("cccc, dd/MM, 'às' HH:mm");
}
