import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes commits of SQLite durable without stopping the process. SQLite would wait for the disk inside every commit, and all of
 * n8n with it. Here it only writes its log (`synchronous = normal`), and the log is flushed beside the event loop: commits that
 * happen during a flush share the next one. Nobody learns that a transaction has ended before the flush that covers it, and the
 * log keeps the order, so after a power cut nothing is there that depends on something lost.
 */
export class LogFlusher {
	#file: Promise<FileHandle> | undefined;
	#running: Promise<void> = Promise.resolve();
	#next: Promise<void> | undefined;

	/** @param path the write-ahead log, `<database>-wal` */
	constructor(private readonly path: string) {}

	/** Resolves when everything written so far is on the disk; rejects when the disk refuses. */
	flush(): Promise<void> {
		// A flush that has begun may have missed what was just written.
		this.#next ??= this.#running
			.catch(() => undefined)
			.then(() => {
				this.#next = undefined;
				this.#running = this.#flush();
				return this.#running;
			});
		return this.#next;
	}

	/** Waits for flushes under way. */
	async close(): Promise<void> {
		await this.#next?.catch(() => undefined);
		await this.#running.catch(() => undefined);
		await (await this.#file?.catch(() => undefined))?.close();
	}

	async #flush(): Promise<void> {
		this.#file ??= this.#open();
		this.#file.catch(() => (this.#file = undefined));
		await (await this.#file).datasync();
	}

	async #open(): Promise<FileHandle> {
		const file = await open(this.path, 'r+');
		await flushFolder(dirname(this.path));
		return file;
	}
}

/** The names of new files are on the disk only when their folder is. Windows has no such thing, and does not need it. */
async function flushFolder(path: string): Promise<void> {
	const folder = await open(path, 'r').catch(() => undefined);
	await folder?.sync().catch(() => undefined);
	await folder?.close();
}
