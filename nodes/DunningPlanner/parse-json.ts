/** JSON as a person typed it: when it is broken, where? */
import { ConfigurationError } from '../../engine';

/**
 * @param what is meant, as it begins the sentence
 * @throws ConfigurationError with line and column, and the words before them
 */
export function parseJson(text: string, what: string, hint: string, field: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const { message } = error as Error;
		const at = positionOf(text, message);
		const before = text.slice(0, at).split('\n');
		const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
		const read = text
			.slice(Math.max(0, at - SHOWN), at)
			.replace(/\s+/g, ' ')
			.trim();
		const behind = read === '' ? '' : `, after …${read}`;
		throw new ConfigurationError(`${what} is not valid JSON: ${reasonOf(message)} (${place}${behind}).`, hint, field);
	}
}

const SHOWN = 30;

function reasonOf(message: string): string {
	return message.replace(/( in JSON)?( at position.*|, (\.\.\.)?".*is not valid JSON)$/su, '');
}

/** Of most mistakes the message tells it; of a word that cannot stand there, the shortest beginning that holds it does. */
function positionOf(text: string, message: string): number {
	const told = /at position (\d+)/.exec(message)?.[1];
	if (told !== undefined) return Number(told);
	if (!isUnexpected(message)) return text.length;
	let [fine, wrong] = [0, text.length];
	while (wrong - fine > 1) {
		const middle = Math.floor((fine + wrong) / 2);
		if (isUnexpected(complaint(text.slice(0, middle)))) wrong = middle;
		else fine = middle;
	}
	return fine;
}

const isUnexpected = (message: string) => message.startsWith('Unexpected token');

function complaint(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}
