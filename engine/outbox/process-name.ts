import { hostname } from 'node:os';

/**
 * Who claimed a message, and is that one still alive? A name is host/process id/nonce; the nonce tells two desks of one
 * process, and two lives of one process id, from each other.
 */

// Desks of this process that are open, whichever copy of the package's code opened them.
const KEY = Symbol.for('n8n-nodes-whatsapp-desk/alive');
const alive = ((globalThis as { [KEY]?: Set<string> })[KEY] ??= new Set());

// Longer than the slowest call (a file of 100 MB is uploaded before its message is sent).
const ELSEWHERE_MS = 180_000;
const SAME_HOST_MS = 600_000;

export function enterProcess(): string {
	const name = `${hostname()}/${process.pid}/${Math.random().toString(36).slice(2, 10)}`;
	alive.add(name);
	return name;
}

export function leaveProcess(name: string): void {
	alive.delete(name);
}

/** @param ageMs how long ago the claim was made */
export function isGone(claimedBy: string, ageMs: number): boolean {
	const [host, pid] = claimedBy.split('/');
	// Nobody here can see another machine's processes: only time tells.
	if (host !== hostname()) return ageMs > ELSEWHERE_MS;
	if (pid === String(process.pid)) return !alive.has(claimedBy);
	return !isRunning(Number(pid)) || ageMs > SAME_HOST_MS;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as { code?: string }).code !== 'ESRCH';
	}
}
