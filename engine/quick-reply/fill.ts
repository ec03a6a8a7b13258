/** What does a ready message (mensagem pronta) say to one contact? Pure; knows no store. */
import { NAMES, spokenName, withoutGap, type ValueName } from '../conversation/render';
import type { Instant } from '../model';
import { greetingByHour, renderText, wildcardName } from '../text';

/** Who it is said to, by whom and when. null = not known. */
export interface QuickReplyFacts {
	contactName: string | null;
	contactPhone: string | null;
	protocolNumber: string | null;
	queueName: string | null;
	agentName: string | null;
	now: Instant;
	/** IANA name; for {{saudacao}}. */
	zone: string;
}

export type FilledQuickReply =
	| { ok: true; text: string }
	/** Variables nobody knows, and known ones that have no value here; as written in the text. */
	| { ok: false; unknown: string[]; empty: string[] };

/**
 * Fills [Cliente], {{contact.name}}, #NOME_USUARIO#… (B-74). `own` values come first and may bring variables of their own.
 * An empty own value counts as none. A contact without a name leaves no gap ("Oi!"); any other variable without a value is told instead of sent raw.
 */
export function fillQuickReply(
	content: string,
	facts: QuickReplyFacts,
	own: Record<string, string> = {},
): FilledQuickReply {
	const filledIn = Object.fromEntries(Object.entries(own).filter(([, value]) => value.trim() !== ''));
	const values = { ...known(facts), ...ownValues(filledIn) };
	const given = Object.fromEntries(
		Object.entries(NAMES).flatMap(([name, value]) => (values[value] === undefined ? [] : [[name, values[value]]])),
	);
	const { text, unknown } = renderText(content, { ...given, ...filledIn });
	if (unknown.length > 0) {
		const isKnown = (written: string) => meaning(bare(written)) !== undefined || Object.hasOwn(own, bare(written));
		return { ok: false, unknown: unknown.filter((each) => !isKnown(each)), empty: unknown.filter(isKnown) };
	}
	return { ok: true, text: (values.nome === '' ? withoutGap(text) : text).trim() };
}

/** The variables of a text as written, each once. */
export function variablesOf(content: string): string[] {
	return renderText(content, {}).unknown;
}

function known(facts: QuickReplyFacts): Partial<Record<ValueName, string>> {
	const name = spokenName(facts.contactName);
	const values: Partial<Record<ValueName, string | null>> = {
		telefone: facts.contactPhone,
		protocolo: facts.protocolNumber,
		fila: facts.queueName,
		atendente: facts.agentName,
		saudacao: greetingByHour(facts.now, facts.zone),
	};
	const filled = Object.entries(values).filter((entry): entry is [ValueName, string] => Boolean(entry[1]));
	return { ...Object.fromEntries(filled), nome: name, primeiro_nome: name.split(' ', 1)[0]! };
}

/** Own values under the names of known variables replace these however they are written. */
function ownValues(own: Record<string, string>): Partial<Record<ValueName, string>> {
	return Object.fromEntries(
		Object.entries(own).flatMap(([name, value]) => {
			const meant = meaning(name);
			return meant ? [[meant, value]] : [];
		}),
	);
}

function meaning(name: string): ValueName | undefined {
	const known = wildcardName(name);
	return Object.hasOwn(NAMES, known) ? NAMES[known] : undefined;
}

/** '[Cliente]' → 'Cliente'. */
function bare(written: string): string {
	return written.replace(/^(\{\{|\[|#)|(\}\}|\]|#)$/g, '').trim();
}
