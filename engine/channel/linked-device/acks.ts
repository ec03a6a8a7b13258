/**
 * Did WhatsApp's server take a message? Baileys says when it was written to the socket, which a line that breaks at that moment
 * makes worthless; the server's own answer to each message is heard here.
 */
export type Ack =
	| { type: 'accepted' }
	/** `code` as WhatsApp wrote it, e.g. "463". */
	| { type: 'rejected'; code: string }
	/** It did not come: the line closed, or the time was up. */
	| { type: 'none'; reason: string };

export class Acks {
	readonly #waiting = new Map<string, (ack: Ack) => void>();
	#closed = false;

	/** Call it before the message is written: the answer may be quick. `came` has no end but the answer or the closing of the line. */
	expect(id: string): { came: Promise<Ack>; answer(withinMs: number): Promise<Ack>; forget(): void } {
		let settle: (ack: Ack) => void = () => undefined;
		const came = new Promise<Ack>((resolve) => (settle = resolve));
		if (this.#closed) settle(CLOSED);
		else this.#waiting.set(id, settle);
		const forget = () => {
			if (this.#waiting.get(id) === settle) this.#waiting.delete(id);
		};
		return {
			came,
			forget,
			async answer(withinMs) {
				const timer = setTimeout(
					() => settle({ type: 'none', reason: `sem resposta em ${withinMs / 1_000} s` }),
					withinMs,
				);
				try {
					return await came;
				} finally {
					clearTimeout(timer);
					forget();
				}
			},
		};
	}

	/** Whether somebody waits for the answer to this message, and will say what it means. */
	isExpected(id: string): boolean {
		return this.#waiting.has(id);
	}

	/** Attributes of an `ack` of the server. */
	heard({ id, error }: { id?: string; error?: string }): void {
		if (id === undefined) return;
		this.#waiting.get(id)?.(error ? { type: 'rejected', code: error } : { type: 'accepted' });
	}

	/** The line is down: no answer will come any more. */
	close(): void {
		this.#closed = true;
		for (const settle of this.#waiting.values()) settle(CLOSED);
	}
}

const CLOSED: Ack = { type: 'none', reason: 'a conexão caiu antes da resposta' };
