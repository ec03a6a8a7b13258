import { cloudApiChannelId, createCloudApiChannel } from './channel/cloud-api/channel';
import { tidyCredentials, type CloudApiCredentials } from './channel/cloud-api/credentials';
import { displayPhonesOf } from './channel/cloud-api/display-phones';
import { parseWebhook } from './channel/cloud-api/parse';
import { tidyLinkedDevice } from './channel/linked-device/credentials';
import { forgetNumbers } from './channel/linked-device/numbers';
import { forgetSent } from './channel/linked-device/sent-messages';
import type { Channel } from './channel/port';
import { ChannelRegistry } from './channel/registry';
import { systemClock, type Clock } from './clock';
import { STEPS_KEPT_MS } from './conversation/steps';
import { Console } from './console/console';
import { consolePart } from './console-desk';
import { ringTimers } from './conversation/timers';
import { ErpDesk } from './erp-desk';
import { ErpLoop, type ErpLoopOptions } from './erp-inbox/erp-loop';
import type { ErpAnswer, ErpCall } from './erp-inbox/receive-erp';
import { closeConsumer } from './store/consumers';
import { EmitLoop, type EmitLoopOptions } from './inbound/emit-loop';
import type { Arrival, Fate } from './inbound/ingest';
import { Receiver, type Stored } from './inbound/receiver';
import { KnownChannels } from './known-channels';
import { storedMedia } from './media/blobs';
import { answerQuestions } from './number-questions';
import { MediaFetcher } from './media/media-fetcher';
import { tidyFiles } from './media/tidy-files';
import { Dispatcher } from './outbox/dispatcher';
import { isGone, leaveProcess } from './outbox/process-name';
import { storeArrivals } from './receive';
import { LinkedDevices, type LinkedDevicesOptions } from './linked-devices';
import type { InboundEvent } from './model';
import { linkedDeviceChannelId, type LinkedDeviceCredentials } from './model-linked-device';
import { openStore, type Store } from './store/open-store';
import { isBadData } from './store/retry';
import type { StoreSettings } from './store/settings';
import { EventLoop, type EventLoopOptions } from './timeline/event-loop';
import { appendTimeline, type TimelineLine } from './timeline/timeline';
import { TroubleLog } from './trouble-log';
import { WebhookSubscriptions } from './webhook-subscriptions';

export interface DeskOptions {
	store: StoreSettings;
	clock?: Clock;
	/** How long an unconfirmed message waits for a delivery report before it is sent again; default 60 s. */
	reconcileMs?: number;
	/** How long files of messages are kept; default 90 days, 0 = for ever. */
	keepMediaDays?: number;
	/** How patient the sessions of linked devices are, and by what they connect. */
	linkedDevices?: Pick<LinkedDevicesOptions, 'loadBaileys' | 'pace' | 'random' | 'webVersion'>;
	log?: (message: string, details: Record<string, unknown>) => void;
}

/** What one webhook body brought; `rejected` parts could not be read or stored and were told on the timeline. */
export interface Received extends Omit<Stored, 'unusable'> {
	rejected: number;
}

const TIMER_POLL_MS = 1_000;
const TIDY_EVERY_MS = 3_600_000;
/** A receiver that could not read a message asks for it again within days. */
const SENT_KEPT_MS = 7 * 24 * 3_600_000;
const DEFAULT_RECONCILE_MS = 60_000;
const DEFAULT_KEEP_MEDIA_DAYS = 90;
// A hostile body must not fill the timeline.
const REJECTIONS_TOLD = 20;

/** The running desk of one process: the store, the channels it can reach, and the loops that move messages. */
export class Desk {
	readonly channels = new ChannelRegistry();
	readonly dispatcher: Dispatcher;
	/** Where Meta delivers, kept in step with the published webhook nodes. */
	readonly webhooks: WebhookSubscriptions;
	/** Brings files that customers sent into the store. */
	readonly media: MediaFetcher;
	/** Numbers linked by QR code: their sessions, in this process and elsewhere. */
	readonly linkedDevices: LinkedDevices;
	/** The desk's web pages, whatever server carries them. */
	readonly pages: Console;
	readonly #receiver: Receiver;
	readonly #erp: ErpDesk;
	readonly #loops = new Map<string, EmitLoop>();
	readonly #eventLoops = new Map<string, EventLoop>();
	readonly #erpLoops = new Map<string, ErpLoop>();
	/** Stopped loops whose runs may still be under way, for the loop that follows them. */
	readonly #former = new Map<string, EmitLoop>();
	readonly #formerEvents = new Map<string, EventLoop>();
	readonly #formerErp = new Map<string, ErpLoop>();
	/** Starting and stopping one trigger happens in turn. */
	readonly #turns = new Map<string, Promise<unknown>>();
	readonly #known: KnownChannels;
	readonly #timer: NodeJS.Timeout;
	#ringing = false;
	#tidiedAt = 0;
	#tidyingFiles: Promise<void> | undefined;
	#tidyingErp: Promise<void> | undefined;
	#closed: Promise<void> | undefined;

	private constructor(
		readonly store: Store,
		readonly clock: Clock,
		/** What went wrong last in the background, for Diagnose. */
		readonly troubles: TroubleLog,
		reconcileMs: number,
		private readonly keepMediaDays: number,
		linkedDevices: DeskOptions['linkedDevices'],
	) {
		const { log } = troubles;
		this.webhooks = new WebhookSubscriptions({ store, clock, tell: (lines) => this.tell(lines) });
		this.dispatcher = new Dispatcher({
			store,
			clock,
			channels: this.channels,
			media: storedMedia(store),
			reconcileMs,
			log,
		});
		this.media = new MediaFetcher({ store, clock, channels: this.channels, me: this.dispatcher.me, log });
		this.#known = new KnownChannels(store);
		this.#receiver = new Receiver({
			store: (arrivals) => this.#store(arrivals),
			isBadData,
			refuse: ({ channelId, event }, error) =>
				this.tell([
					unreadable(channelId, `um evento (${event.type}) não pôde ser guardado`, String(error), clock.now()),
				]),
		});
		this.linkedDevices = new LinkedDevices({
			...linkedDevices,
			...{ store, clock, me: this.dispatcher.me, log },
			isGone: (owner) => isGone(owner, 0),
			receive: (channelId, events) => this.#receiveLinked(channelId, events),
			known: (id) => this.#known.used(id, 'linkedDevice', clock.now()),
			opened: (channel) => {
				this.channels.add(channel);
				this.media.nudge();
				this.dispatcher.resume(channel.id, 'unreachable').catch(() => this.dispatcher.nudge());
			},
			closed: (channel) => this.channels.remove(channel),
			told: () => this.nudgeEvents(),
		});
		this.#erp = new ErpDesk({
			store,
			clock,
			tell: (lines) => this.tell(lines),
			onStored: (sources) => {
				for (const source of sources) this.#erpLoops.get(source)?.nudge();
				this.nudgeEvents();
			},
		});
		this.pages = new Console(consolePart(this));
		this.#timer = setInterval(() => void this.#ring(), TIMER_POLL_MS);
		this.#timer.unref?.();
	}

	/** Opens the store; throws StoreUnavailable or ConfigurationError with what to do. */
	static async open(options: DeskOptions): Promise<Desk> {
		const clock = options.clock ?? systemClock;
		const store = await openStore(options.store, clock);
		const { log = () => undefined, reconcileMs = DEFAULT_RECONCILE_MS } = options;
		const troubles = new TroubleLog(clock, log);
		const keepMediaDays = options.keepMediaDays ?? DEFAULT_KEEP_MEDIA_DAYS;
		return new Desk(store, clock, troubles, reconcileMs, keepMediaDays, options.linkedDevices);
	}

	/** Makes a Cloud API number reachable from this process and starts sending what waits for it. */
	async useCloudApi(given: CloudApiCredentials): Promise<Channel> {
		const credentials = tidyCredentials(given);
		const id = cloudApiChannelId(credentials.phoneNumberId);
		const { channel, isNew } = this.channels.use(id, JSON.stringify(credentials), () =>
			createCloudApiChannel(credentials, { clock: this.clock }),
		);
		if (await this.#known.used(id, 'cloudApi', this.clock.now())) this.dispatcher.nudge();
		else if (isNew) await Promise.all([this.dispatcher.resume(id), this.media.resume(id)]);
		return channel;
	}

	/**
	 * Makes a linked device known and returns its channel id. What is sent through it waits in the outbox for the process that
	 * holds its session, which may be another one. @throws ConfigurationError naming the field of the credential
	 */
	async useLinkedDevice(given: LinkedDeviceCredentials): Promise<string> {
		const id = linkedDeviceChannelId(tidyLinkedDevice({ ...given }).sessionName);
		if (await this.#known.used(id, 'linkedDevice', this.clock.now())) this.dispatcher.nudge();
		return id;
	}

	/**
	 * Takes one verified webhook body of Meta: everything in it is durable when this resolves.
	 * Events that name no number (account news) are filed under `credentials`' number.
	 */
	async receiveCloudApi(body: unknown, credentials: CloudApiCredentials): Promise<Received> {
		const own = cloudApiChannelId(tidyCredentials(credentials).phoneNumberId);
		const now = this.clock.now();
		const parsed = parseWebhook(body, now);
		const phones = displayPhonesOf(body);
		const arrivals: Arrival[] = [];
		const heard = new Map<string, string | null>();
		for (const { channelPhoneNumberId: number, event } of parsed.events) {
			const channelId = number ? cloudApiChannelId(number) : own;
			heard.set(channelId, (number && phones.get(number)) ?? null);
			arrivals.push({ channelId, event });
		}
		for (const [id, phone] of heard) await this.#known.heard(id, 'cloudApi', phone, now);
		const told = parsed.rejected.slice(0, REJECTIONS_TOLD);
		if (told.length > 0) await this.tell(told.map(({ path, reason }) => unreadable(own, reason, path, now)));
		const { unusable, ...stored } = await this.#receiver.receive(arrivals);
		return { ...stored, rejected: parsed.rejected.length + unusable };
	}

	/** Takes one request of an ERP: what it brings is durable when it is to be answered with success. Never rejects. */
	receiveErp(call: ErpCall): Promise<ErpAnswer> {
		return this.#erp.receive(call);
	}

	/** Starts running a workflow for what an ERP tells. Returns how to stop. */
	listenToErp(options: ErpLoopOptions): Promise<() => Promise<void>> {
		const loop = new ErpLoop(this.store, this.clock, options);
		return this.#listen(options.source, loop, this.#erpLoops, this.#formerErp);
	}

	/** Writes lines to the timeline outside any other change. */
	async tell(lines: readonly TimelineLine[]): Promise<void> {
		await this.store.transaction((tx) => appendTimeline(tx, this.store.dialect, lines));
		this.nudgeEvents();
	}

	/** Starts running a workflow for what arrives on a channel. Returns how to stop. */
	listen(options: EmitLoopOptions): Promise<() => Promise<void>> {
		return this.#listen(options.consumer.id, new EmitLoop(this.store, this.clock, options), this.#loops, this.#former);
	}

	/** Starts running a workflow for desk events. Returns how to stop. */
	listenToEvents(options: EventLoopOptions): Promise<() => Promise<void>> {
		const loop = new EventLoop(this.store, this.clock, options);
		return this.#listen(options.id, loop, this.#eventLoops, this.#formerEvents);
	}

	/** Something was committed that others may wait for. */
	nudge(): void {
		this.dispatcher.nudge();
		this.nudgeEvents();
	}

	nudgeEvents(): void {
		for (const loop of this.#eventLoops.values()) loop.nudge();
	}

	/** Stops the loops, lets calls under way end, closes the store. */
	close(): Promise<void> {
		return (this.#closed ??= (async () => {
			clearInterval(this.#timer);
			await this.pages.close();
			const loops = [...this.#loops.values(), ...this.#eventLoops.values(), ...this.#erpLoops.values()];
			await Promise.all(loops.map((loop) => loop.stop()));
			await this.#receiver.idle();
			await this.#erp.idle();
			await this.media.stop();
			await this.webhooks.close();
			await this.#tidyingFiles;
			await this.#tidyingErp;
			await this.dispatcher.stop();
			await this.linkedDevices.close();
			// Only now is its work anybody else's.
			leaveProcess(this.dispatcher.me);
			this.channels.close();
			await this.store.close();
		})());
	}

	/** A loop takes over from the one that ran the same trigger before (a workflow published again), if there was one. */
	async #listen<L extends Loop<L>>(id: string, loop: L, running: Map<string, L>, former: Map<string, L>) {
		await this.#inTurn(id, async () => {
			await running.get(id)?.stop();
			await loop.start(running.get(id) ?? former.get(id));
			former.delete(id);
			running.set(id, loop);
		});
		return () =>
			this.#inTurn(id, async () => {
				await loop.stop();
				if (running.get(id) !== loop) return;
				running.delete(id);
				former.set(id, loop);
				if (!this.#closed) await closeConsumer(this.store, id, this.clock.now());
			});
	}

	#inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
		const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work);
		this.#turns.set(
			id,
			turn.catch(() => undefined),
		);
		return turn;
	}

	/** What a linked device heard is durable when this resolves. */
	async #receiveLinked(channelId: string, events: readonly InboundEvent[]): Promise<void> {
		await this.#known.heard(channelId, 'linkedDevice', null, this.clock.now());
		await this.#receiver.receive(events.map((event) => ({ channelId, event })));
	}

	async #store(arrivals: readonly Arrival[]): Promise<readonly Fate[]> {
		this.dispatcher.heard();
		const reports = arrivals.flatMap(({ event }) => (event.type === 'status' ? [event.at] : []));
		if (reports.length > 0) this.dispatcher.heardReports(Math.min(...reports));
		const received = await storeArrivals(this.store, arrivals, this.clock.now());
		const { fates, news, settled, taken, released, files } = received;
		if (settled.length > 0 || taken || released) this.dispatcher.nudge();
		if (settled.length > 0) void this.dispatcher.settlements.look(settled).catch(() => undefined);
		if (news) for (const loop of this.#loops.values()) loop.nudge();
		if (files) this.media.nudge();
		this.nudgeEvents();
		return fates;
	}

	async #ring(): Promise<void> {
		if (this.#ringing || this.#closed) return;
		this.#ringing = true;
		try {
			const now = this.clock.now();
			this.media.nudge();
			await answerQuestions(this);
			const { woken, more } = await ringTimers(this.store, this.channels.ids(), now);
			if (woken.length > 0) {
				for (const loop of this.#loops.values()) loop.nudge();
				this.nudge();
			}
			if (now - this.#tidiedAt > TIDY_EVERY_MS) await this.#tidy(now);
			if (more) setImmediate(() => void this.#ring());
		} catch (error) {
			if (!this.#closed)
				this.troubles.log('Timers could not be read; they will be tried again.', { cause: String(error) });
		} finally {
			this.#ringing = false;
		}
	}

	/** Forgets what nobody can ask for any more. */
	async #tidy(now: number): Promise<void> {
		this.#tidiedAt = now;
		this.#tidyingFiles ??= tidyFiles(this.store, this.keepMediaDays, () => this.#closed !== undefined, now)
			.catch((error: unknown) =>
				this.troubles.log('Old files could not be deleted; it will be tried again.', { cause: String(error) }),
			)
			.finally(() => (this.#tidyingFiles = undefined));
		this.#tidyingErp ??= this.#erp
			.tidy(() => this.#closed !== undefined)
			.catch((error: unknown) =>
				this.troubles.log('Old ERP events could not be deleted; it will be tried again.', { cause: String(error) }),
			)
			.finally(() => (this.#tidyingErp = undefined));
		await this.store.transaction(async (tx) => {
			await tx
				.deleteFrom('step')
				.where('at', '<', now - STEPS_KEPT_MS)
				.execute();
			await tx.deleteFrom('test_listener').where('expires_at', '<', now).execute();
		});
		await forgetSent(this.store, now - SENT_KEPT_MS);
		await forgetNumbers(this.store, now);
	}
}

interface Loop<L> {
	start(previous?: L): Promise<void>;
	stop(): Promise<void>;
}

function unreadable(channelId: string, reason: string, path: string, at: number): TimelineLine {
	const text = `Uma parte de um webhook não pôde ser lida: ${reason}.`;
	return { event: 'webhookPartRejected', at, channelId, text, data: { path, reason } };
}
