import type { ServerResponse } from 'node:http';

/** Who watches? One stream of server-sent events per open page; costs nothing while nobody watches. */
export interface SimulatorEvent {
	type:
		| 'contact'
		| 'message'
		| 'fetched'
		| 'status'
		| 'typing'
		| 'opened'
		| 'clock'
		| 'faults'
		| 'settings'
		| 'templates'
		| 'linked'
		| 'reset';
	[key: string]: unknown;
}

const FLUSH_MS = 30;
const KEEP_ALIVE_MS = 20_000;

export class EventHub {
	readonly #watchers = new Set<ServerResponse>();
	#pending: string[] = [];
	#flush: NodeJS.Timeout | null = null;
	#keepAlive: NodeJS.Timeout | null = null;

	/** False spares the caller from building an event nobody reads. */
	get watched(): boolean {
		return this.#watchers.size > 0;
	}

	attach(response: ServerResponse): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
		});
		response.write('retry: 1000\n\n');
		this.#watchers.add(response);
		response.on('close', () => this.#watchers.delete(response));
		this.#keepAlive ??= setInterval(() => this.#write(': keep-alive\n\n'), KEEP_ALIVE_MS).unref();
	}

	emit(event: SimulatorEvent): void {
		if (!this.watched) return;
		this.#pending.push(`data: ${JSON.stringify(event)}\n\n`);
		this.#flush ??= setTimeout(() => {
			this.#flush = null;
			this.#write(this.#pending.join(''));
			this.#pending = [];
		}, FLUSH_MS);
	}

	close(): void {
		if (this.#flush) clearTimeout(this.#flush);
		if (this.#keepAlive) clearInterval(this.#keepAlive);
		for (const watcher of this.#watchers) watcher.end();
		this.#watchers.clear();
	}

	#write(text: string): void {
		for (const watcher of this.#watchers) watcher.write(text);
	}
}
