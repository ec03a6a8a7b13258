// Runs programs: short commands to their end, long-lived services until someone stops them.
// Every child leads its own process group, so that stopping it also stops whatever it started.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const GRACE_MS = 15_000;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

export class CommandFailed extends Error {
	name = 'CommandFailed';
	/** @param {string} message @param {{ log?: string, tail?: string }} [where] */
	constructor(message, { log, tail } = {}) {
		super(message);
		this.log = log;
		this.tail = tail;
	}
}

/**
 * Runs a command to its end and returns what it printed on stdout. `show`: how many lines to tell when it fails.
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, timeoutMs?: number, what?: string, show?: number, uid?: number, gid?: number }} [options]
 * @throws {CommandFailed} with the last lines of output when it cannot start, exits with another code than 0, or takes too long
 */
export function run(program, args, { log, timeoutMs, what, show, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
		running.add(child);
		const file = log ? openLog(log) : undefined;
		file?.write(`\n$ ${program} ${args.join(' ')}\n`);
		let stdout = '';
		let output = '';
		child.stdout.on('data', (chunk) => (stdout += chunk));
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk) => {
				file?.write(chunk);
				output = (output + chunk).slice(-20_000);
			});
		}
		const timer = timeoutMs ? setTimeout(() => signalGroup(child, 'SIGKILL'), timeoutMs) : undefined;
		const settle = (reason) => {
			clearTimeout(timer);
			running.delete(child);
			file?.end();
			if (reason === undefined) resolve(stdout);
			else
				reject(
					new CommandFailed(`${what ?? `${program} ${args[0] ?? ''}`} ${reason}`, { log, tail: causeIn(output, show) }),
				);
		};
		child.on('error', (error) => settle(`could not be started: ${error.message}`));
		child.on('close', (code, signal) => settle(code === 0 ? undefined : `failed (${signal ?? `exit code ${code}`})`));
	});
}

/** True when the command runs and exits with 0. */
export async function succeeds(program, args, options) {
	return await run(program, args, options).then(
		() => true,
		() => false,
	);
}

/**
 * Starts a program that stays. `ended` resolves once it is gone, whoever ended it.
 * @param {string} name @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log: string, uid?: number, gid?: number }} options
 */
export function startService(name, program, args, { log, ...options }) {
	const file = openLog(log, 'w');
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	running.add(child);
	child.stdout.pipe(file, { end: false });
	child.stderr.pipe(file, { end: false });
	let gone = false;
	let stopping = false;
	const ended = new Promise((resolve) => {
		const settle = (reason) => {
			gone = true;
			running.delete(child);
			file.end(() => resolve(reason));
		};
		child.on('error', (error) => settle(`could not be started: ${error.message}`));
		child.on('close', (code, signal) => settle(signal ? `ended by ${signal}` : `ended with exit code ${code}`));
	});
	return {
		name,
		pid: child.pid ?? 0,
		log,
		ended,
		isRunning: () => !gone,
		isStopping: () => stopping,
		tail: () => lastLines(readFileSync(log, 'utf8')),
		kill9: async () => {
			stopping = true;
			signalGroup(child, 'SIGKILL');
			await ended;
		},
		/** @param {NodeJS.Signals} [signal] */
		stop: async (signal = 'SIGTERM') => {
			stopping = true;
			await endGroup(child, ended, signal);
		},
	};
}

/** Ends everything that is still running: the last thing a script does. */
export async function stopEverything() {
	await Promise.all(
		[...running].map((child) => endGroup(child, new Promise((resolve) => child.once('close', resolve)))),
	);
}

/** Ends everything at once, without asking. */
export function killEverything() {
	for (const child of running) signalGroup(child, 'SIGKILL');
}

async function endGroup(child, ended, signal = 'SIGTERM') {
	if (!running.has(child)) return;
	signalGroup(child, signal);
	const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
	await ended;
	clearTimeout(timer);
	signalGroup(child, 'SIGKILL'); // grandchildren that outlived their parent
}

function signalGroup(child, signal) {
	try {
		if (child.pid) process.kill(-child.pid, signal);
	} catch {
		// the group is gone already
	}
}

function openLog(path, flags = 'a') {
	mkdirSync(dirname(path), { recursive: true });
	return createWriteStream(path, { flags });
}

const lastLines = (text, count = 15) => text.trimEnd().split('\n').slice(-count).join('\n');

/** npm puts the cause first and then explains itself at length; everyone else ends with the cause. */
function causeIn(output, show) {
	const npmErrors = output.split('\n').filter((line) => /^npm error \S/.test(line));
	return npmErrors.length > 0 ? npmErrors.slice(0, 12).join('\n') : lastLines(output, show);
}
