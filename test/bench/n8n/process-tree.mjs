// What a process and everything it started cost so far, as Linux counts it.
import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** @param {number} root process id @returns {{ cpuMs: number, rssMb: number }} of the tree that is alive now */
export function costOfTree(root) {
	const processes = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap(read);
	const wanted = new Set([root]);
	// Children have higher ids than their parents only most of the time: look until nothing is added.
	for (let before = 0; before !== wanted.size;) {
		before = wanted.size;
		for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid);
	}
	const tree = processes.filter(({ pid }) => wanted.has(pid));
	return {
		cpuMs: (tree.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND) * 1_000,
		rssMb: (tree.reduce((sum, { pages }) => sum + pages, 0) * PAGE_BYTES) / 1e6,
	};
}

function read(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name in brackets may hold anything; fields are counted after it.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return [
			{
				pid: Number(pid),
				parent: Number(fields[1]),
				ticks: Number(fields[11]) + Number(fields[12]),
				pages: Number(fields[21]),
			},
		];
	} catch {
		return []; // ended meanwhile
	}
}
