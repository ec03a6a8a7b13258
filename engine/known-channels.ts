import type { ChannelKind, Instant } from './model';
import type { Store } from './store/open-store';

/** The numbers this desk has to do with: kept in the store so that every process and page knows them. */
export class KnownChannels {
	readonly #seen = new Map<string, { phone: string | null; eventAt: Instant }>();

	constructor(private readonly store: Store) {}

	/** A credential for the channel was used here. True the first time. */
	async used(id: string, kind: ChannelKind, now: Instant): Promise<boolean> {
		if (this.#seen.has(id)) return false;
		await this.#insert(id, kind, now);
		this.#seen.set(id, { phone: null, eventAt: 0 });
		return true;
	}

	/** Something arrived through it. Writes only what is new, and the time at most once a minute. */
	async heard(id: string, kind: ChannelKind, phone: string | null, now: Instant): Promise<void> {
		const known = this.#seen.get(id);
		const phoneIsNews = phone !== null && phone !== known?.phone;
		if (known && !phoneIsNews && now - known.eventAt < EVENT_TIME_MS && now >= known.eventAt) return;
		if (!known) await this.#insert(id, kind, now);
		await this.store.transaction((tx) =>
			tx
				.updateTable('channel')
				.set({ last_event_at: now, ...(phone === null ? {} : { phone }) })
				.where('id', '=', id)
				.execute(),
		);
		this.#seen.set(id, { phone: phone ?? known?.phone ?? null, eventAt: now });
	}

	async #insert(id: string, kind: ChannelKind, now: Instant): Promise<void> {
		await this.store.transaction((tx) =>
			tx
				.insertInto('channel')
				.values({ id, kind, phone: null, name: null, first_seen_at: now, last_event_at: null })
				.onConflict((c) => c.column('id').doNothing())
				.execute(),
		);
	}
}

const EVENT_TIME_MS = 60_000;
