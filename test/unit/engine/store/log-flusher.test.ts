import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFlusher } from '../../../../engine/store/log-flusher';

describe('flushing the log of SQLite', () => {
	let folder: string;
	let log: string;
	let flusher: LogFlusher;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'desk-log-'));
		log = join(folder, 'desk.sqlite-wal');
		flusher = new LogFlusher(log);
	});
	afterEach(async () => {
		await flusher.close();
		rmSync(folder, { recursive: true, force: true });
	});

	it('serves everybody who asks before it has begun with one flush', async () => {
		writeFileSync(log, 'frames');
		const first = flusher.flush();
		expect(flusher.flush()).toBe(first);
		await first;
	});

	it('begins another one for what was written meanwhile', async () => {
		writeFileSync(log, 'frames');
		const first = flusher.flush();
		await Promise.resolve().then(() => undefined);
		const second = flusher.flush();
		expect(second).not.toBe(first);
		let firstHasEnded = false;
		void first.then(() => (firstHasEnded = true));
		await second;
		expect(firstHasEnded).toBe(true);
	});

	it('tells that the disk refused, and tries again for the next', async () => {
		await expect(flusher.flush()).rejects.toThrow('ENOENT');
		writeFileSync(log, 'frames');
		await expect(flusher.flush()).resolves.toBeUndefined();
	});
});
