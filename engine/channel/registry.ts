import type { Channel } from './port';

/** More credentials than this for one number are changes, not choices. */
const KEPT_PER_CHANNEL = 4;

/** The channels this process can reach: those whose credential a node has shown since the start. */
export class ChannelRegistry {
	readonly #current = new Map<string, Channel>();
	/** By credential, least recently used first: nodes may use several for one number in turn, and none is opened twice. */
	readonly #opened = new Map<string, Map<string, Channel>>();

	/**
	 * The channel in force is that of the credential shown last. `isNew`: this credential was never shown before.
	 * @param fingerprint tells one credential of a channel from another
	 */
	use(id: string, fingerprint: string, create: () => Channel): { channel: Channel; isNew: boolean } {
		const opened = this.#opened.get(id) ?? new Map<string, Channel>();
		this.#opened.set(id, opened);
		const known = opened.get(fingerprint);
		const channel = known ?? create();
		opened.delete(fingerprint);
		opened.set(fingerprint, channel);
		this.#current.set(id, channel);
		for (const [oldest, unused] of opened) {
			if (opened.size <= KEPT_PER_CHANNEL) break;
			// Calls under way end on it; its idle sockets go.
			unused.close?.();
			opened.delete(oldest);
		}
		return { channel, isNew: known === undefined };
	}

	/** A channel that lasts as long as its connection: it is the one in force until it is removed. */
	add(channel: Channel): void {
		this.#current.set(channel.id, channel);
	}

	remove(channel: Channel): void {
		if (this.#current.get(channel.id) === channel) this.#current.delete(channel.id);
	}

	get(id: string): Channel | undefined {
		return this.#current.get(id);
	}

	ids(): string[] {
		return [...this.#current.keys()];
	}

	close(): void {
		for (const opened of this.#opened.values()) for (const channel of opened.values()) channel.close?.();
	}
}
