import { DateTime } from 'luxon';
import type { Instant } from './model';

/** How texts are compared, filled in and greeted with. Knows nothing about messages or menus. */

/**
 * The form in which two texts are compared: lower case, no accents, no invisible characters, single spaces.
 * "2️⃣", "２" and "2" fold to the same.
 */
export function fold(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/\s+/g, ' ')
		.trim();
}

export interface RenderedText {
	text: string;
	/** Wildcards that had no value, as written in the template, each once. They stay in the text. */
	unknown: string[];
}

const WILDCARD = /\{\{([^{}\n]{1,80})\}\}|\[(\p{L}[^[\]\n]{0,79})\]|#(\p{L}[\p{L}\p{M}\p{N}_]{0,79})#/gu;

/**
 * Fills `{{nome}}`, `[Cliente]` and `#NOME_USUARIO#` (M-14, B-74, C-03). Names ignore case and accents, and
 * "nome do cliente" is `nome_do_cliente`. Values go in as they are and are never read as templates: customers write them.
 */
export function renderText(template: string, variables: Record<string, string>): RenderedText {
	const values = new Map(Object.entries(variables).map(([name, value]) => [wildcardName(name), value]));
	const unknown = new Set<string>();
	let text = '';
	let copied = 0;
	WILDCARD.lastIndex = 0;
	for (let match = WILDCARD.exec(template); match; match = WILDCARD.exec(template)) {
		const value = values.get(wildcardName(match[1] ?? match[2] ?? match[3]!));
		if (value === undefined) {
			unknown.add(match[0]);
			// The closing # may open the next one: "#promo#NOME#".
			if (match[3] !== undefined) WILDCARD.lastIndex--;
			continue;
		}
		text += template.slice(copied, match.index) + value;
		copied = WILDCARD.lastIndex;
	}
	return { text: text + template.slice(copied), unknown: [...unknown] };
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names in `{{1}}` or `{{nome}}` of a message template, each once, in the order they are first met. */
export function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))];
}

/** Puts values in for the placeholders of a message template; one without a value stays as it is. */
export function fillPlaceholders(text: string, values: Record<string, string>): string {
	return text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}

/** Bom dia from 05:00, Boa tarde from 12:00, Boa noite from 18:00, by the clocks of `zone`. */
export function greetingByHour(now: Instant, zone: string): 'Bom dia' | 'Boa tarde' | 'Boa noite' {
	const { hour } = DateTime.fromMillis(now, { zone });
	if (hour >= 5 && hour < 12) return 'Bom dia';
	return hour >= 12 && hour < 18 ? 'Boa tarde' : 'Boa noite';
}

/** How the name of a wildcard is compared: "Nome do Cliente" is `nome_do_cliente`. */
export function wildcardName(name: string): string {
	return fold(name).replace(/[\s_-]+/g, '_');
}
