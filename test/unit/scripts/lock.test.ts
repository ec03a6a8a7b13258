import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockOwner, takeLock, withLock } from '../../../scripts/lib/lock.mjs';

describe('a lock file', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'desk-lock-'));
		path = join(folder, 'install.lock');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('is held by one at a time and tells by whom', () => {
		const release = takeLock(path);
		expect(takeLock(path)).toBeUndefined();
		expect(lockOwner(path)).toBe(process.pid);
		release?.();
		expect(existsSync(path)).toBe(false);
	});

	it('is taken over from a process that is gone', () => {
		const { pid } = spawnSync(process.execPath, ['--version']);
		writeFileSync(path, String(pid));
		const release = takeLock(path);
		expect(lockOwner(path)).toBe(process.pid);
		release?.();
	});

	it('is taken over when its owner has not touched it for minutes', () => {
		writeFileSync(path, String(process.pid));
		const longAgo = new Date(Date.now() - 10 * 60_000);
		utimesSync(path, longAgo, longAgo);
		const release = takeLock(path);
		expect(release).toBeInstanceOf(Function);
		release?.();
	});

	it('lets work wait for its turn and is given back when work fails', async () => {
		const order: string[] = [];
		const first = withLock(path, async () => {
			order.push('first');
			throw new Error('stopped half way');
		}).catch(() => order.push('first failed'));
		await withLock(path, async () => order.push('second'));
		await first;
		expect(order).toEqual(['first', 'first failed', 'second']);
	});
});
