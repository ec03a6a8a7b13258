/** Which of these names may have been meant? The closest ones by the pairs of letters they share. Pure. */

const CLOSE_ENOUGH = 0.4;

/** At most `most`, the closest first, each once. */
export function similarNames(wanted: string, names: readonly string[], most = 3): string[] {
	const pairs = pairsOf(wanted);
	return [...new Set(names)]
		.map((name) => ({ name, closeness: closeness(pairs, pairsOf(name)) }))
		.filter((each) => each.closeness >= CLOSE_ENOUGH)
		.sort((a, b) => b.closeness - a.closeness || (a.name < b.name ? -1 : 1))
		.slice(0, most)
		.map(({ name }) => name);
}

/** Twice what they share, by what they have (Sørensen–Dice): 1 for equal names, 0 for nothing in common. */
function closeness(a: Set<string>, b: Set<string>): number {
	const shared = [...a].filter((pair) => b.has(pair)).length;
	return (2 * shared) / (a.size + b.size || 1);
}

function pairsOf(name: string): Set<string> {
	const text = ` ${name
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ')
		.trim()} `;
	return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}
