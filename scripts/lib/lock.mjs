// Two clones, two terminals: only one may install into a shared place at a time.
// A lock is a file with its owner's process id; it is stale once that process is gone or has stopped touching it.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const TOUCH_MS = 5_000;
const STALE_MS = 120_000;

/**
 * @template T
 * @param {string} path @param {() => Promise<T>} work
 * @param {(owner: number) => void} [onWait] called once when someone else holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
	let told = false;
	let release;
	while (!(release = takeLock(path))) {
		if (!told) onWait?.(lockOwner(path));
		told = true;
		await wait(300);
	}
	try {
		return await work();
	} finally {
		release();
	}
}

/** Takes a free lock and returns how to give it back (done at exit anyway); undefined when someone else holds it. */
export function takeLock(path) {
	mkdirSync(dirname(path), { recursive: true });
	if (!tryCreate(path)) {
		if (!isStale(path)) return undefined;
		breakLock(path);
		return takeLock(path);
	}
	const heartbeat = setInterval(() => touch(path), TOUCH_MS);
	heartbeat.unref();
	const release = () => {
		clearInterval(heartbeat);
		process.off('exit', release);
		rmSync(path, { force: true });
	};
	process.on('exit', release);
	return release;
}

/** Process id of whoever holds the lock, 0 when nobody does. */
export function lockOwner(path) {
	try {
		return Number(readFileSync(path, 'utf8'));
	} catch {
		return 0;
	}
}

function tryCreate(path) {
	try {
		const file = openSync(path, 'wx');
		writeSync(file, String(process.pid));
		closeSync(file);
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

/** Two waiters may find the same stale lock: a second lock decides who removes it, and that one looks again. */
function breakLock(path) {
	const breaker = `${path}.break`;
	if (!tryCreate(breaker)) {
		if (age(breaker) > 10_000) rmSync(breaker, { force: true });
		return;
	}
	if (isStale(path)) rmSync(path, { force: true });
	rmSync(breaker, { force: true });
}

function isStale(path) {
	const untouchedFor = age(path);
	if (untouchedFor > STALE_MS) return true;
	const pid = lockOwner(path);
	if (!pid) return untouchedFor > 2_000; // created, but its owner never got to write its id
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return error.code === 'ESRCH';
	}
}

function age(path) {
	try {
		return Date.now() - statSync(path).mtimeMs;
	} catch {
		return 0;
	}
}

function touch(path) {
	const now = new Date();
	try {
		utimesSync(path, now, now);
	} catch {
		// removed by hand: the work goes on
	}
}
