import type { MenuSnapshot } from '../model';
import { fold } from '../text';

/**
 * Which option did the customer mean? Read against the menu this customer holds (X-02, B-47), tolerant about how people
 * write ("2", "2)", "2️⃣", "dois", "a segunda", "suporte") and never a guess: two candidates, or a sentence that merely
 * contains a digit, are no answer.
 */

export type Answer =
	/** `exact`: a tap, a number or a full name; not just the beginning of one. */
	| { type: 'chosen'; queue: string; title: string; number: number | null; exact: boolean; olderMenu: boolean }
	| { type: 'ambiguous'; titles: string[] }
	| { type: 'none' };

/** A name prepared for comparing. */
export interface ReadableName {
	folded: string;
	key: string;
	tokens: string[];
}

const NONE: Answer = { type: 'none' };
const MAX_LENGTH = 120;
const TOKEN = /[\p{L}\p{N}]+/gu;
const STARTS_WITH_DIGIT = /^\d/;
const ONLY_ARTICLE = /^(?:a |o |opcao |numero )*uma?$/;
const DIGITS = /^0*(\d{1,4})[ao]?$/;

/** Words around an answer that change nothing: "quero a opção 2, por favor", "falar com o suporte". */
const FILLER = new Set(
	(
		'a o as os um uma opcao opcoes numero num n no na nr item eh e de do da dos das fila setor departamento quero queria ' +
		'gostaria escolho escolhi desejo preciso prefiro vou falar com para pra por favor pf pfv pfvr porfavor ola oi bom boa ' +
		'dia tarde noite obrigado obrigada obg entao ser seria'
	).split(' '),
);

const NUMBER_WORDS = numberWords([
	['zero'],
	['um', 'primeiro', 'primeira'],
	['dois', 'duas', 'segundo', 'segunda'],
	['tres', 'terceiro', 'terceira'],
	['quatro', 'quarto', 'quarta'],
	['cinco', 'quinto', 'quinta'],
	['seis', 'sexto', 'sexta'],
	['sete', 'setimo', 'setima'],
	['oito', 'oitavo', 'oitava'],
	['nove', 'nono', 'nona'],
	['dez', 'decimo', 'decima'],
	['onze'],
	['doze'],
	['treze'],
	['quatorze', 'catorze'],
	['quinze'],
	['dezesseis'],
	['dezessete'],
	['dezoito'],
	['dezenove'],
	['vinte'],
]);

/** Identity of one option of one menu: travels in a tapped row and still means the same after any change. */
export function optionId(menu: { sentAt: number }, queue: string): string {
	return `menu:${menu.sentAt.toString(36)}:${queue}`;
}

/**
 * @param menu the menu this customer holds
 * @param names today's names and aliases by queue; read in addition to the titles of the menu
 */
export function readAnswer(
	message: { text: string; reply: { id: string; title: string } | null; contentType: string },
	menu: MenuSnapshot,
	names: ReadonlyMap<string, ReadableName[]>,
): Answer {
	if (message.reply) {
		const tapped = readTap(message.reply, menu);
		if (tapped) return tapped;
	}
	if (message.contentType !== 'text' && message.contentType !== 'menuReply') return NONE;
	const text = message.text;
	if (text.length === 0 || text.length > MAX_LENGTH) return NONE;
	return readWords(readable(text), menu, names);
}

/** The compared form of a reserved word or of a whole message: its words without the filler. */
export function wordKey(text: string): string {
	return text.length > MAX_LENGTH ? '' : readable(text).key;
}

export function readableName(name: string): ReadableName {
	return readable(name);
}

// ---------------------------------------------------------------- private

function readTap(reply: { id: string; title: string }, menu: MenuSnapshot): Answer | null {
	if (!reply.id.startsWith('menu:')) return null;
	const end = reply.id.indexOf(':', 5);
	if (end < 0) return null;
	const queue = reply.id.slice(end + 1);
	const olderMenu = reply.id.slice(5, end) !== menu.sentAt.toString(36);
	const option = olderMenu ? undefined : menu.options.find((o) => o.queue === queue);
	return {
		type: 'chosen',
		queue,
		title: option?.title ?? reply.title.replace(/^\d+ - /, ''),
		number: option?.number ?? null,
		exact: true,
		olderMenu,
	};
}

function readWords(said: ReadableName, menu: MenuSnapshot, names: ReadonlyMap<string, ReadableName[]>): Answer {
	const numbers = said.tokens.map(numberOf);
	if (said.tokens.length === 0) return onlyArticle(said, menu);
	if (said.tokens.length === 1 && numbers[0] !== null) return onlyNumber(said, numbers[0]!, menu, names);

	const byName = matchName(said, menu, names);
	if (byName.type !== 'none') return byName;

	// "2 - Suporte": both parts must mean the same option.
	const at = numbers.findIndex((n) => n !== null);
	if (at < 0 || said.tokens.length < 2) return NONE;
	const option = menu.options.find((o) => o.number === numbers[at]);
	if (!option) return NONE;
	const rest = said.tokens.filter((_, i) => i !== at);
	const words = rest.join(' ');
	const fits = rankOf({ folded: words, key: words, tokens: rest }, option, names) > 0;
	return fits ? chosen(option, true) : NONE;
}

function onlyNumber(
	said: ReadableName,
	number: number,
	menu: MenuSnapshot,
	names: ReadonlyMap<string, ReadableName[]>,
): Answer {
	const option = menu.options.find((o) => o.number === number);
	if (STARTS_WITH_DIGIT.test(said.tokens[0]!)) return option ? chosen(option, true) : NONE;
	// "segunda" may be the second option or the beginning of "Segunda via".
	const named = matchName(said, menu, names);
	if (!option || named.type === 'none') return option ? chosen(option, true) : named;
	if (named.type === 'chosen' && (named.exact || named.queue === option.queue)) return named;
	return { type: 'ambiguous', titles: [option.title, ...(named.type === 'chosen' ? [named.title] : named.titles)] };
}

/** "um" and "uma" are articles almost everywhere, and the answer 1 when nothing else is said. */
function onlyArticle(said: ReadableName, menu: MenuSnapshot): Answer {
	if (!ONLY_ARTICLE.test(said.folded)) return NONE;
	const option = menu.options.find((o) => o.number === 1);
	return option ? chosen(option, true) : NONE;
}

function matchName(said: ReadableName, menu: MenuSnapshot, names: ReadonlyMap<string, ReadableName[]>): Answer {
	const exact: MenuSnapshot['options'] = [];
	const partial: MenuSnapshot['options'] = [];
	for (const option of menu.options) {
		const best = rankOf(said, option, names);
		if (best === 2) exact.push(option);
		else if (best === 1) partial.push(option);
	}
	const candidates = exact.length > 0 ? exact : partial;
	if (candidates.length === 0) return NONE;
	if (candidates.length > 1) return { type: 'ambiguous', titles: candidates.map((o) => o.title) };
	return chosen(candidates[0]!, exact.length > 0);
}

function rankOf(
	said: ReadableName,
	option: MenuSnapshot['options'][number],
	names: ReadonlyMap<string, ReadableName[]>,
): number {
	let best: number = rank(said, readableTitle(option.title));
	if (best === 2) return best;
	for (const name of names.get(option.queue) ?? []) best = Math.max(best, rank(said, name));
	return best;
}

/** 2: the same name · 1: every word said belongs to the name, or begins one of its words · 0: no. */
function rank(said: ReadableName, name: ReadableName): 0 | 1 | 2 {
	if (said.folded === name.folded || (name.key !== '' && said.key === name.key)) return 2;
	if (said.tokens.length > name.tokens.length) return 0;
	for (const token of said.tokens) {
		const belongs = name.tokens.some((own) => own === token || (token.length >= 3 && own.startsWith(token)));
		if (!belongs) return 0;
	}
	return 1;
}

function chosen(option: MenuSnapshot['options'][number], exact: boolean): Answer {
	return { type: 'chosen', queue: option.queue, title: option.title, number: option.number, exact, olderMenu: false };
}

// One message is compared with reserved words and with the menu: it is taken apart once.
let lastText = '';
let lastReadable: ReadableName = { folded: '', key: '', tokens: [] };

function readable(text: string): ReadableName {
	if (text === lastText) return lastReadable;
	const folded = fold(text);
	const tokens = (folded.match(TOKEN) ?? []).filter((token) => !FILLER.has(token));
	lastText = text;
	lastReadable = { folded, key: tokens.join(' '), tokens };
	return lastReadable;
}

// The titles of the menus customers hold are few and come back with every answer.
const titles = new Map<string, ReadableName>();

function readableTitle(title: string): ReadableName {
	let name = titles.get(title);
	if (!name) {
		if (titles.size >= 2000) titles.clear();
		name = readable(title);
		titles.set(title, name);
	}
	return name;
}

function numberOf(token: string): number | null {
	const digits = DIGITS.exec(token);
	if (digits) return Number(digits[1]);
	return NUMBER_WORDS.get(token) ?? null;
}

function numberWords(list: string[][]): ReadonlyMap<string, number> {
	return new Map(list.flatMap((forms, number) => forms.map((form) => [form, number] as const)));
}
