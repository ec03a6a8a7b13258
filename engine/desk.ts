import { cloudApiChannelId, createCloudApiChannel } from './channel/cloud-api/channel';
import { tidyCredentials, type CloudApiCredentials } from './channel/cloud-api/credentials';
import { explainError } from './channel/cloud-api/errors';
import { parseWebhook } from './channel/cloud-api/parse';
import type { Channel } from './channel/port';
import { ChannelRegistry } from './channel/registry';
import { systemClock, type Clock } from './clock';
import { operateInTransaction } from './conversation/operations';
import { STEPS_KEPT_MS } from './conversation/steps';
import { ringTimers } from './conversation/timers';
import { closeConsumer } from './store/consumers';
import { EmitLoop, type EmitLoopOptions } from './inbound/emit-loop';
import { ingest, type Arrival } from './inbound/ingest';
import { Receiver, type Stored } from './inbound/receiver';
import { storedMedia } from './media/blobs';
import type { StatusEvent } from './model';
import { applyStatuses } from './outbox/delivery';
import { Dispatcher } from './outbox/dispatcher';
import { openStore, type Store } from './store/open-store';
import type { StoreSettings } from './store/settings';
import { EventLoop, type EventLoopOptions } from './timeline/event-loop';
import { appendTimeline, type TimelineLine } from './timeline/timeline';

export interface DeskOptions {
	store: StoreSettings;
	clock?: Clock;
	/** How long an unconfirmed message waits for a delivery report before it is sent again; default 60 s. */
	reconcileMs?: number;
	log?: (message: string, details: Record<string, unknown>) => void;
}

/** What one webhook body brought. */
export interface Received extends Stored {
	rejected: number;
}

const TIMER_POLL_MS = 1_000;
const TIDY_EVERY_MS = 3_600_000;
const DEFAULT_RECONCILE_MS = 60_000;

/** The running desk of one process: the store, the channels it can reach, and the loops that move messages. */
export class Desk {
	readonly channels = new ChannelRegistry();
	readonly dispatcher: Dispatcher;
	readonly #receiver: Receiver;
	readonly #loops = new Map<string, EmitLoop>();
	/** Stopped loops whose runs may still be under way, for the loop that follows them. */
	readonly #former = new Map<string, EmitLoop>();
	readonly #eventLoops = new Set<EventLoop>();
	readonly #channelsSeen = new Set<string>();
	readonly #timer: NodeJS.Timeout;
	#ringing = false;
	#tidiedAt = 0;
	#closed: Promise<void> | undefined;

	private constructor(
		readonly store: Store,
		readonly clock: Clock,
		private readonly log: NonNullable<DeskOptions['log']>,
		reconcileMs: number,
	) {
		this.dispatcher = new Dispatcher({
			store,
			clock,
			channels: this.channels,
			media: storedMedia(store),
			reconcileMs,
			log,
		});
		this.#receiver = new Receiver((arrivals) => this.#store(arrivals));
		this.#timer = setInterval(() => void this.#ring(), TIMER_POLL_MS);
		this.#timer.unref?.();
	}

	/** Opens the store; throws StoreUnavailable or ConfigurationError with what to do. */
	static async open(options: DeskOptions): Promise<Desk> {
		const clock = options.clock ?? systemClock;
		const store = await openStore(options.store, clock);
		return new Desk(store, clock, options.log ?? (() => undefined), options.reconcileMs ?? DEFAULT_RECONCILE_MS);
	}

	/** Makes a Cloud API number reachable from this process and starts sending what waits for it. */
	async useCloudApi(given: CloudApiCredentials): Promise<Channel> {
		const credentials = tidyCredentials(given);
		const id = cloudApiChannelId(credentials.phoneNumberId);
		const channel = this.channels.use(id, JSON.stringify(credentials), () =>
			createCloudApiChannel(credentials, { clock: this.clock }),
		);
		if (!this.#channelsSeen.has(id)) {
			await this.#rememberChannel(id, 'cloudApi');
			this.dispatcher.nudge();
		}
		return channel;
	}

	/**
	 * Takes one verified webhook body of Meta: everything in it is durable when this resolves.
	 * Events that name no number (account news) are filed under `credentials`' number.
	 */
	async receiveCloudApi(body: unknown, credentials: CloudApiCredentials): Promise<Received> {
		const own = cloudApiChannelId(tidyCredentials(credentials).phoneNumberId);
		const now = this.clock.now();
		const parsed = parseWebhook(body, now);
		const arrivals = parsed.events.map(({ channelPhoneNumberId, event }): Arrival => ({
			channelId: channelPhoneNumberId ? cloudApiChannelId(channelPhoneNumberId) : own,
			event,
		}));
		for (const id of new Set(arrivals.map((a) => a.channelId)))
			if (!this.#channelsSeen.has(id)) await this.#rememberChannel(id, 'cloudApi');
		if (parsed.rejected.length > 0)
			await this.tell(
				parsed.rejected.slice(0, 20).map(({ path, reason }) => ({
					event: 'webhookPartRejected',
					at: now,
					channelId: own,
					text: `Uma parte de um webhook não pôde ser lida: ${reason}.`,
					data: { path, reason },
				})),
			);
		const stored = await this.#receiver.receive(arrivals);
		return { ...stored, rejected: parsed.rejected.length };
	}

	/** Writes lines to the timeline outside any other change. */
	async tell(lines: readonly TimelineLine[]): Promise<void> {
		await this.store.transaction((tx) => appendTimeline(tx, this.store.dialect, lines));
		this.nudgeEvents();
	}

	/** Starts running a workflow for what arrives on a channel. Returns how to stop. */
	async listen(options: EmitLoopOptions): Promise<() => Promise<void>> {
		const { id } = options.consumer;
		await this.#loops.get(id)?.stop();
		const loop = new EmitLoop(this.store, this.clock, options);
		const previous = this.#loops.get(id) ?? this.#former.get(id);
		await loop.start(previous && !previous.idle ? previous : undefined);
		this.#former.delete(id);
		this.#loops.set(id, loop);
		return async () => {
			await loop.stop();
			if (this.#loops.get(id) !== loop) return;
			this.#loops.delete(id);
			this.#former.set(id, loop);
			if (!this.#closed) await closeConsumer(this.store, id, this.clock.now());
		};
	}

	/** Starts running a workflow for desk events. Returns how to stop. */
	async listenToEvents(options: EventLoopOptions): Promise<() => Promise<void>> {
		const loop = new EventLoop(this.store, this.clock, options);
		await loop.start();
		this.#eventLoops.add(loop);
		return async () => {
			this.#eventLoops.delete(loop);
			await loop.stop();
			if (!this.#closed) await closeConsumer(this.store, options.id, this.clock.now());
		};
	}

	/** Something was committed that others may wait for. */
	nudge(): void {
		this.dispatcher.nudge();
		this.nudgeEvents();
	}

	nudgeEvents(): void {
		for (const loop of this.#eventLoops) loop.nudge();
	}

	/** Stops the loops, lets calls under way end, closes the store. */
	close(): Promise<void> {
		return (this.#closed ??= (async () => {
			clearInterval(this.#timer);
			await Promise.all([...this.#loops.values(), ...this.#eventLoops].map((loop) => loop.stop()));
			await this.#receiver.idle();
			await this.dispatcher.stop();
			for (const id of this.channels.ids()) this.channels.get(id)?.close?.();
			await this.store.close();
		})());
	}

	/** One ingest transaction: rows, conversations, takeovers and delivery news together. */
	async #store(arrivals: readonly Arrival[]): Promise<Stored> {
		const now = this.clock.now();
		const { ingested, settled } = await this.store.transaction(async (tx) => {
			const ingested = await ingest(tx, this.store.dialect, arrivals, now);
			const lines = [...ingested.lines];
			for (const { conversationId, event } of ingested.echoes) {
				// Our own API messages are not echoed; one that is known anyway is not a human's.
				const ours = await tx
					.selectFrom('outbox')
					.select('id')
					.where('provider_message_id', '=', event.providerMessageId)
					.executeTakeFirst();
				if (!ours)
					await operateInTransaction(
						tx,
						this.store.dialect,
						conversationId,
						{ type: 'humanTyped', at: event.sentAt },
						{},
						now,
					);
			}
			const news = await applyStatuses(tx, this.store.dialect, ingested.statuses, explainFailure, now);
			await appendTimeline(tx, this.store.dialect, [...lines, ...news.lines]);
			return { ingested, settled: news.settled };
		});
		if (settled.length > 0 || ingested.echoes.length > 0) this.dispatcher.nudge();
		for (const loop of this.#loops.values()) loop.nudge();
		this.nudgeEvents();
		return { stored: ingested.stored, duplicates: ingested.duplicates };
	}

	async #ring(): Promise<void> {
		if (this.#ringing || this.#closed) return;
		this.#ringing = true;
		try {
			const now = this.clock.now();
			const { woken, more } = await ringTimers(this.store, this.channels.ids(), now);
			if (woken.length > 0) {
				for (const loop of this.#loops.values()) loop.nudge();
				this.nudge();
			}
			if (now - this.#tidiedAt > TIDY_EVERY_MS) await this.#tidy(now);
			if (more) setImmediate(() => void this.#ring());
		} catch (error) {
			if (!this.#closed) this.log('Timers could not be read; they will be tried again.', { cause: String(error) });
		} finally {
			this.#ringing = false;
		}
	}

	/** Forgets what nobody can ask for any more. */
	async #tidy(now: number): Promise<void> {
		this.#tidiedAt = now;
		await this.store.transaction(async (tx) => {
			await tx
				.deleteFrom('step')
				.where('at', '<', now - STEPS_KEPT_MS)
				.execute();
			await tx.deleteFrom('test_listener').where('expires_at', '<', now).execute();
		});
	}

	async #rememberChannel(id: string, kind: string): Promise<void> {
		const now = this.clock.now();
		await this.store.transaction((tx) =>
			tx
				.insertInto('channel')
				.values({ id, kind, phone: null, name: null, first_seen_at: now, last_event_at: null })
				.onConflict((c) => c.column('id').doNothing())
				.execute(),
		);
		this.#channelsSeen.add(id);
	}
}

function explainFailure(event: StatusEvent): string {
	return event.error
		? explainError({ code: Number(event.error.code) }).explanation
		: 'O WhatsApp não entregou a mensagem.';
}
