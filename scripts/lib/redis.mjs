// A Redis server for the tests: n8n passes work to its workers through one. On a free port, nothing is kept.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installSystemPackages } from './apt.mjs';
import { CommandFailed, startService } from './command.mjs';
import { anyFreePort } from './ports.mjs';
import { Explained } from './progress.mjs';

const READY_MS = 15_000;

/** @returns {Promise<string>} path of redis-server */
export async function ensureRedis() {
	if (!findProgram()) {
		const elsewhere = 'macOS: brew install redis. Or set TEST_REDIS_URL to a server that may be filled with anything.';
		await installSystemPackages('a Redis server', ['redis-server'], elsewhere);
	}
	const program = findProgram();
	if (!program) throw new Explained('Redis was installed but redis-server cannot be found. Put its folder on PATH.');
	return program;
}

/**
 * Reachable from this machine only, with a password of its own.
 * @param {string} program @param {string} log
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRedis(program, log) {
	const port = await anyFreePort();
	const password = randomBytes(12).toString('hex');
	const settings = { bind: '127.0.0.1', port, requirepass: password, save: '', appendonly: 'no', dir: tmpdir() };
	const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const service = startService('Redis', program, flags, { cwd: tmpdir(), log });
	const deadline = Date.now() + READY_MS;
	while (!(await canConnect(port))) {
		if (!service.isRunning() || Date.now() > deadline) {
			throw new CommandFailed('Redis did not start', { log, tail: service.tail() });
		}
		await wait(20);
	}
	return { url: `redis://:${password}@127.0.0.1:${port}`, stop: () => service.stop() };
}

/** @param {number} port @returns {Promise<boolean>} */
function canConnect(port) {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const answer = (/** @type {boolean} */ yes) => {
			socket.destroy();
			resolve(yes);
		};
		socket.once('connect', () => answer(true));
		socket.once('error', () => answer(false));
	});
}

function findProgram() {
	const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter), '/opt/homebrew/bin', '/usr/local/bin'];
	return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}
