// From measured numbers to the table on the screen and the list in latest.json.

/** @typedef {import('./benchmarks.mjs').Figure} Figure */

/** @param {string} name @param {{ ours: number, peer?: number | null, goal?: string | null, unit: string }} measured @returns {Figure} */
export function figure(name, { ours, peer = null, goal = null, unit }) {
	return {
		name,
		ours: rounded(ours),
		peer: peer === null ? null : rounded(peer),
		ratio: peer ? rounded(ours / peer) : null,
		goal,
		unit,
	};
}

/** True, false, or null where there is no goal. @param {Figure} figure */
export function isMet({ ours, ratio, goal }) {
	if (goal === null) return null;
	const [, what, sign, limit] = /^(ours|ratio) (<=|>=) ([\d.]+)$/.exec(goal) ?? [];
	const value = what === 'ours' ? ours : ratio;
	if (what === undefined || value === null) throw new Error(`The goal "${goal}" cannot be judged.`);
	return sign === '<=' ? value <= Number(limit) : value >= Number(limit);
}

/** @param {Figure[]} figures @returns {string} */
export function table(figures) {
	const header = ['', 'ours', 'peer', 'ratio', 'unit', 'goal', ''];
	const rows = figures.map((f) => [
		f.name,
		shown(f.ours),
		shown(f.peer),
		f.ratio === null ? '' : `${shown(f.ratio)}×`,
		f.unit,
		f.goal ?? '',
		{ true: 'ok', false: 'MISSED', null: '' }[String(isMet(f))],
	]);
	const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i].length)));
	const numeric = new Set([1, 2, 3]);
	const line = (row) =>
		row
			.map((cell, i) => (numeric.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
			.join('  ')
			.trimEnd();
	return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Three digits that matter; more only pretend. */
function rounded(value) {
	return Number(value.toPrecision(value >= 100 ? Math.floor(Math.log10(value)) + 1 : 3));
}

function shown(value) {
	return value === null ? '' : value.toLocaleString('en-US', { maximumSignificantDigits: 6 });
}
