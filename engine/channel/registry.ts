import type { Channel } from './port';

/** The channels this process can reach: those whose credential a node has shown since the start. */
export class ChannelRegistry {
	readonly #channels = new Map<string, { channel: Channel; fingerprint: string }>();

	/** Keeps one channel per id; a changed credential replaces it. Returns the channel in force. */
	use(id: string, fingerprint: string, create: () => Channel): Channel {
		const known = this.#channels.get(id);
		if (known?.fingerprint === fingerprint) return known.channel;
		const channel = create();
		// Calls under way end on the old one; its idle sockets go.
		known?.channel.close?.();
		this.#channels.set(id, { channel, fingerprint });
		return channel;
	}

	get(id: string): Channel | undefined {
		return this.#channels.get(id)?.channel;
	}

	ids(): string[] {
		return [...this.#channels.keys()];
	}
}
