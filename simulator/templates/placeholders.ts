/** Which variables does a template's text have, and how does it read once they are filled? */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** In the order they are first met, each once. */
export function placeholdersOf(text: string): string[] {
	return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))];
}

export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
	return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}

/** Starts or ends with a variable. */
export function touchesEdge(text: string): boolean {
	return /^\s*\{\{/.test(text) || /\}\}\s*$/.test(text);
}

export function hasAdjacent(text: string): boolean {
	return /\}\}\s*\{\{/.test(text);
}

/** Words that are no variables. */
export function plainWords(text: string): number {
	return text
		.replace(PLACEHOLDER, ' ')
		.split(/\s+/)
		.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
