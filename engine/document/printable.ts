/**
 * Which of these characters can be printed? The standard fonts of a PDF know Windows-1252 and nothing else; what they do not
 * know would come out as another character. Controls and marks that hide or reverse text are dropped.
 */

const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const KNOWN = /^[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff]$/;
const ALIKE: Record<string, string> = {
	'\u00a0': ' ',
	'\u2212': '-',
	'\u2010': '-',
	'\u2011': '-',
	'\u2012': '–',
	'\u2015': '—',
	'\u2032': "'",
	'\u2033': '"',
	'\u2044': '/',
	'\u2190': '<-',
	'\u2192': '->',
	'\u2713': 'v',
};

export interface Printable {
	text: string;
	/** Letters of other scripts, each once: "?" stands in their place. */
	lost: string[];
}

export function printable(given: string): Printable {
	const lost = new Set<string>();
	let text = '';
	for (const character of given.replace(/\r\n?|[\u2028\u2029]/g, '\n').normalize('NFC')) {
		text += inFont(character) ?? (dropped(character) ? '' : (nearest(character) ?? unknown(character, lost)));
	}
	return { text, lost: [...lost] };
}

function inFont(character: string): string | undefined {
	return ALIKE[character] ?? (KNOWN.test(character) || BEYOND_LATIN_1.includes(character) ? character : undefined);
}

/** Emojis, the marks that belong to them, and what has no shape. A tab is a space. */
function dropped(character: string): boolean {
	return (
		character !== '\t' &&
		/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u.test(
			character,
		)
	);
}

/** "ő" is "o", "ﬁ" is "fi", "２" is "2", "⅐" is "1/7". */
function nearest(character: string): string | undefined {
	if (/\s/u.test(character)) return ' ';
	const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
	const printed = [...plain].map(inFont);
	return printed.length > 0 && printed.every((each) => each !== undefined) ? printed.join('') : undefined;
}

function unknown(character: string, lost: Set<string>): string {
	lost.add(character);
	return '?';
}
