/** JSON as a person typed it: when it is broken, where? */

export type ParsedJson = { ok: true; value: unknown } | { ok: false; /** With line and column. */ why: string };

export function parseJson(text: string): ParsedJson {
	const parsed = attempt(text);
	if (parsed.ok) return parsed;
	const { why } = parsed;
	const at = positionOf(text, why);
	const before = text.slice(0, at).split('\n');
	const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
	const read = text
		.slice(Math.max(0, at - SHOWN), at)
		.replace(/\s+/g, ' ')
		.trim();
	return { ok: false, why: `${reasonOf(why)} (${place}${read === '' ? '' : `, after …${read}`})` };
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
	const parsed = attempt(text);
	return parsed.ok ? '' : parsed.why;
}

function attempt(text: string): ParsedJson {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, why: (error as Error).message };
	}
}
