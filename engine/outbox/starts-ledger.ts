import { DEFAULT_CHANNEL_SETTINGS, loadChannelSettings, type ChannelSettings } from '../settings/channel-settings';
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { brake, knownRest, noteEnd, noteLateFailure, reasonToBrake, releaseBrake } from './rules/starts-brake';
import { admitStart, giveBack, roomForStarts, type Admission, type Postponed } from './rules/starts-budget';
import { NO_STARTS, readStartsState, type StartsState } from './rules/starts-state';
import { queued, WAITS } from './unfinished';

/** What became of a start. */
export type StartNews =
	/** It provably did not leave: its place is free again. */
	| { type: 'cameBack'; channelId: string; startedAt: Instant }
	/** The provider answered: its error code, null = accepted. */
	| { type: 'ended'; channelId: string; code: string | null }
	/** Accepted first, reported as failed later. */
	| { type: 'failedLater'; channelId: string; code: string };

const MINUTE_MS = 60_000;

/**
 * Counts the starts of some channels within one transaction. Opening it locks their rows (PostgreSQL), in one order for
 * everybody, so that any number of processes together never exceed a cap. `save` writes what changed.
 */
export class StartsLedger {
	readonly #states = new Map<string, StartsState>();
	readonly #saved: ReadonlyMap<string, StartsState>;
	readonly #known: ReadonlySet<string>;
	readonly #refused = new Map<string, Postponed>();
	readonly #admitted = new Set<string>();
	readonly lines: TimelineLine[] = [];

	private constructor(
		private readonly tx: Tx,
		private readonly now: Instant,
		private readonly settings: ReadonlyMap<string, ChannelSettings>,
		stored: ReadonlyMap<string, StartsState>,
		channelIds: readonly string[],
	) {
		this.#known = new Set(stored.keys());
		this.#saved = new Map(channelIds.map((id) => [id, stored.get(id) ?? NO_STARTS]));
		for (const [id, state] of this.#saved) this.#states.set(id, this.#released(id, state));
	}

	static async open(tx: Tx, dialect: Store['dialect'], channelIds: readonly string[], now: Instant) {
		const ids = [...new Set(channelIds)].sort();
		if (ids.length === 0) return new StartsLedger(tx, now, new Map(), new Map(), []);
		const settings = await loadChannelSettings(tx, ids);
		let stored = await lockStates(tx, dialect, ids);
		if (dialect === 'postgres' && stored.size < ids.length) {
			// A row that does not exist cannot be locked.
			const fresh = ids.filter((id) => !stored.has(id));
			const data = JSON.stringify(NO_STARTS);
			await tx
				.insertInto('sending_state')
				.values(fresh.map((channel_id) => ({ channel_id, data, updated_at: now })))
				.onConflict((c) => c.column('channel_id').doNothing())
				.execute();
			stored = await lockStates(tx, dialect, ids);
		}
		return new StartsLedger(tx, now, settings, stored, ids);
	}

	/** How many starts the channel may make at this moment. */
	room(channelId: string): number {
		return roomForStarts(this.#states.get(channelId)!, this.#settingsOf(channelId), this.now);
	}

	/** @param random in [0, 1) */
	admit(channelId: string, random: number): Admission {
		// Once it said no it says no to all that come after in the same transaction.
		const refused = this.#refused.get(channelId);
		if (refused) return refused;
		const admission = admitStart(this.#states.get(channelId)!, this.#settingsOf(channelId), this.now, random);
		if (admission.type === 'admit') {
			this.#states.set(channelId, admission.state);
			this.#admitted.add(channelId);
		} else this.#refused.set(channelId, admission);
		return admission;
	}

	note(news: StartNews): void {
		const { channelId } = news;
		const state = this.#states.get(channelId)!;
		if (news.type === 'cameBack') {
			this.#states.set(channelId, giveBack(state, news.startedAt));
			return;
		}
		const noted = news.type === 'ended' ? noteEnd(state, news.code) : noteLateFailure(state, news.code);
		this.#states.set(channelId, noted);
		const reason = reasonToBrake(noted, news.code);
		if (reason) this.brake(channelId, reason, { until: knownRest(news.code, this.now) });
	}

	/** Lets the starts of a channel rest, unless its supervisor switched the brake off. `newsKey` brakes once. */
	brake(channelId: string, reason: string, options: { until?: Instant | null; newsKey?: string } = {}): void {
		const { brakeMinutes } = this.#settingsOf(channelId);
		const state = this.#states.get(channelId)!;
		const { newsKey, until } = options;
		if (brakeMinutes === 0 || (newsKey !== undefined && state.newsKey === newsKey)) return;
		const ends = Math.max(this.now + brakeMinutes * MINUTE_MS, until ?? 0);
		const isNews = !state.brake;
		const braked = brake(state, ends, reason);
		this.#states.set(channelId, newsKey === undefined ? braked : { ...braked, newsKey });
		if (!isNews) return;
		this.lines.push({
			event: 'startsBraked',
			at: this.now,
			channelId,
			text: `Inícios de conversa em pausa por ${minutesText(ends - this.now)}: ${reason} Respostas continuam saindo.`,
			data: { until: ends, reason },
			key: `startsBraked|${channelId}|${this.now}`,
		});
	}

	/** Writes what changed, and tells the messages that wait why, when that is new and lasts. */
	async save(): Promise<void> {
		for (const channelId of this.#admitted) this.#foresee(channelId);
		for (const [channelId, refused] of this.#refused) await this.#tellWaiting(channelId, refused);
		for (const [channelId, state] of this.#states) {
			if (state === this.#saved.get(channelId)) continue;
			const row = { channel_id: channelId, data: JSON.stringify(state), updated_at: this.now };
			if (this.#known.has(channelId)) {
				await this.tx
					.updateTable('sending_state')
					.set({ data: row.data, updated_at: this.now })
					.where('channel_id', '=', channelId)
					.execute();
			} else await this.tx.insertInto('sending_state').values(row).execute();
		}
	}

	/** Those who wait are not asked about again once the last place is taken: what stops them is told now. */
	#foresee(channelId: string): void {
		if (this.#refused.has(channelId)) return;
		const next = admitStart(this.#states.get(channelId)!, this.#settingsOf(channelId), this.now, 0);
		if (next.type === 'postpone') this.#refused.set(channelId, next);
	}

	/** Every waiting message shows what holds it up now; the number's own line is told once, when somebody waits. */
	async #tellWaiting(channelId: string, { code, until, text }: Postponed): Promise<void> {
		const state = this.#states.get(channelId)!;
		// With the text, because the cap it names may have been changed.
		const told = `${code} ${until} ${text}`;
		if (state.told === told || code === 'startGap' || code === 'startBatch') return;
		const { numUpdatedRows } = await this.tx
			.updateTable('outbox')
			.set({ error_code: code, explanation: text, not_before: until })
			.where('channel_id', '=', channelId)
			.where(queued('status'))
			.where('waits', '=', WAITS.forStart)
			.executeTakeFirst();
		if (Number(numUpdatedRows) === 0) return;
		this.#states.set(channelId, { ...state, told });
		if (code === 'braked') return;
		this.lines.push({
			event: 'startsCapped',
			at: this.now,
			channelId,
			text: text.replace(/^Adiada: e/, 'E'),
			data: { code, until },
			key: `startsCapped|${channelId}|${told}`,
		});
	}

	#released(channelId: string, state: StartsState): StartsState {
		const released = releaseBrake(state, this.now);
		if (released !== state) {
			this.lines.push({
				event: 'startsReleased',
				at: this.now,
				channelId,
				text: 'Os inícios de conversa continuam: a pausa terminou.',
				data: {},
				key: `startsReleased|${channelId}|${state.brake!.until}`,
			});
		}
		return released;
	}

	#settingsOf(channelId: string): ChannelSettings {
		return this.settings.get(channelId) ?? DEFAULT_CHANNEL_SETTINGS.cloudApi;
	}
}

async function lockStates(
	tx: Tx,
	dialect: Store['dialect'],
	channelIds: readonly string[],
): Promise<Map<string, StartsState>> {
	const query = tx
		.selectFrom('sending_state')
		.select(['channel_id', 'data'])
		.where(oneOf(tx, 'channel_id', channelIds))
		.orderBy('channel_id');
	const rows = await (dialect === 'postgres' ? query.forUpdate() : query).execute();
	return new Map(rows.map((row) => [row.channel_id, readStartsState(row.data)]));
}

function minutesText(ms: number): string {
	const minutes = Math.ceil(ms / MINUTE_MS);
	return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
