/**
 * The linked devices of one process: holds the sessions whose triggers run here, and takes wishes about any session. Every process
 * sees all sessions; each session has one owner.
 */
import { loadBaileys, type Baileys } from './channel/linked-device/baileys';
import { tidyLinkedDevice } from './channel/linked-device/credentials';
import { quietSignal } from './channel/linked-device/quiet-signal';
import { Session } from './channel/linked-device/session';
import type { SessionPace } from './channel/linked-device/session-options';
import { ensureSession, isOwned, readSession, readSessions, viewOf, wish } from './channel/linked-device/session-rows';
import { wishActive, wishCode, wishInactive } from './channel/linked-device/wishes';
import { readWebVersion } from './channel/linked-device/web-version';
import type { Channel } from './channel/port';
import type { Clock } from './clock';
import { ConfigurationError } from './errors';
import { endOutage, tellSessionNews } from './linked-device-news';
import type { InboundEvent } from './model';
import { linkedDeviceChannelId, type LinkedDeviceCredentials, type LinkedDeviceView } from './model-linked-device';
import { normalizePhone } from './phone';
import type { Store, Tx } from './store/open-store';
import { appendTimeline } from './timeline/timeline';

export interface LinkedDevicesOptions {
	store: Store;
	clock: Clock;
	/** The name of this process. */
	me: string;
	/** Whether that process is known to have died: its sessions need not wait for the end of its lease. */
	isGone?(owner: string): boolean;
	/** Makes events of a channel durable; what it rejects is handed over again. */
	receive(channelId: string, events: readonly InboundEvent[]): Promise<void>;
	/** Makes the channel known to every process and page. */
	known(channelId: string): Promise<unknown>;
	/** From now on messages can be sent through it; and no longer. */
	opened(channel: Channel): void;
	closed(channel: Channel): void;
	/** Something was told on the timeline. */
	told(): void;
	log(message: string, details: Record<string, unknown>): void;
	/** Default: the real one, loaded when the first session connects. */
	loadBaileys?: typeof loadBaileys;
	/** WHATSAPP_DESK_WEB_VERSION as it is set. */
	webVersion?: string;
	pace?: Partial<SessionPace>;
	random?: () => number;
}

const POLL_MS = 1_000;
const UNLINK_PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 100;
/** What another credential, or a mended store, may cure. */
const CURABLE = new Set(['wrongKey', 'corruptState']);

export class LinkedDevices {
	readonly #sessions = new Map<string, Session>();
	readonly #timer: NodeJS.Timeout;
	#baileys: Promise<Baileys> | undefined;
	#ticking: Promise<void> | undefined;
	#again = false;
	#closed = false;

	constructor(private readonly options: LinkedDevicesOptions) {
		this.#timer = setInterval(() => this.#nudge(), POLL_MS);
		this.#timer.unref?.();
	}

	/**
	 * Lets this process own the session for as long as the answer is not called, and a few seconds more. Never fails because a phone
	 * or a line does; throws ConfigurationError naming the field of the credential, or the variable, at fault.
	 */
	async hold(given: LinkedDeviceCredentials): Promise<() => Promise<void>> {
		const credentials = tidyLinkedDevice({ ...given });
		readWebVersion(this.options.webVersion);
		const channelId = linkedDeviceChannelId(credentials.sessionName);
		const { store, clock, known } = this.options;
		await known(channelId);
		await ensureSession(store, channelId, clock.now());
		const session = this.#sessions.get(channelId) ?? this.#open(channelId, credentials);
		const release = session.hold(credentials);
		await this.#cure(channelId);
		this.#nudge();
		return () => {
			release();
			return Promise.resolve();
		};
	}

	/**
	 * Asks for a session to be linked and connected.
	 * @param phone as a person types it; it is fixed while the session is active (B-16)
	 * @param by who asks, for the timeline
	 * Throws ConfigurationError (phone), NotFound (session), RuleBroken 'numberLocked'.
	 */
	async activate(channelId: string, { phone, by }: { phone: string; by: string | null }): Promise<LinkedDeviceView> {
		const number = normalizePhone(phone);
		if (!number.ok) throw new ConfigurationError(number.message, '', 'phone');
		const digits = number.e164.slice(1);
		await this.#change(channelId, by, async (tx, now) =>
			(await wishActive(tx, this.options.store.dialect, channelId, digits, now))
				? { event: 'linkedDeviceActivated', text: 'A conexão por QR Code foi ativada' }
				: null,
		);
		return await this.#view(channelId);
	}

	/** Ends the link, on WhatsApp's side too where a process is connected (B-22, B-33). Throws NotFound. */
	async deactivate(channelId: string, { by }: { by: string | null }): Promise<LinkedDeviceView> {
		const { store, clock } = this.options;
		const rest = () =>
			this.#change(channelId, by, async (tx, now) => {
				await endOutage(tx, channelId);
				return (await wishInactive(tx, store.dialect, channelId, now))
					? { event: 'linkedDeviceDeactivated', text: 'A conexão por QR Code foi desativada' }
					: null;
			});
		await rest();
		const deadline = performance.now() + UNLINK_PATIENCE_MS;
		for (;;) {
			const row = await store.read((db) => readSession(db, channelId));
			if (!row || row.state === 'inactive' || performance.now() > deadline) break;
			// Its owner died meanwhile: then it is done here.
			if (!isOwned(row, clock.now())) await rest();
			await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
		}
		return await this.#view(channelId);
	}

	/** A code to type on the phone instead of scanning; it appears in the view. Throws NotFound, RuleBroken. */
	async requestPairingCode(channelId: string): Promise<LinkedDeviceView> {
		const { store, clock } = this.options;
		await store.transaction((tx) => wishCode(tx, store.dialect, channelId, clock.now()));
		this.#nudge();
		return await this.#view(channelId);
	}

	/** Null when no credential ever named it. */
	async get(channelId: string): Promise<LinkedDeviceView | null> {
		const { store, clock } = this.options;
		const row = await store.read((db) => readSession(db, channelId));
		return row && viewOf(row, clock.now());
	}

	async list(): Promise<LinkedDeviceView[]> {
		const { store, clock } = this.options;
		const rows = await store.read((db) => readSessions(db));
		return rows.map((row) => viewOf(row, clock.now()));
	}

	/** Ends every connection, without unlinking. */
	async close(): Promise<void> {
		this.#closed = true;
		clearInterval(this.#timer);
		await Promise.all([...this.#sessions.values()].map((session) => session.stop()));
		await this.#ticking;
	}

	#open(channelId: string, credentials: LinkedDeviceCredentials): Session {
		const { store, receive } = this.options;
		const session = new Session(credentials, {
			...this.options,
			channelId,
			baileys: () => this.#load(),
			receive: (events) => receive(channelId, events),
			tell: (tx, row, news, now) => tellSessionNews(tx, store.dialect, row, news, now),
			nudge: () => this.#nudge(),
		});
		this.#sessions.set(channelId, session);
		return session;
	}

	/** A failed loading is tried again. */
	#load(): Promise<Baileys> {
		quietSignal();
		const { loadBaileys: load = loadBaileys, webVersion } = this.options;
		this.#baileys ??= load(readWebVersion(webVersion));
		this.#baileys.catch(() => (this.#baileys = undefined));
		return this.#baileys;
	}

	/** A session that stopped because its secrets could not be read is looked at again when its workflow is published again. */
	async #cure(channelId: string): Promise<void> {
		const { store, clock } = this.options;
		const row = await store.read((db) => readSession(db, channelId));
		if (row?.state !== 'stopped' || row.problem === null || !CURABLE.has(row.problem)) return;
		const cured = { state: 'waiting', problem: null, problem_detail: null };
		await store.transaction((tx) => wish(tx, channelId, cured, clock.now()));
	}

	async #change(
		channelId: string,
		by: string | null,
		work: (tx: Tx, now: number) => Promise<{ event: string; text: string } | null>,
	): Promise<void> {
		const { store, clock, told } = this.options;
		await store.transaction(async (tx) => {
			const now = clock.now();
			const line = await work(tx, now);
			if (!line) return;
			const text = `${line.text}${by === null ? '' : ` por ${by}`}.`;
			await appendTimeline(tx, store.dialect, [{ ...line, text, at: now, channelId, data: { by } }]);
		});
		told();
		this.#nudge();
	}

	async #view(channelId: string): Promise<LinkedDeviceView> {
		return (await this.get(channelId))!;
	}

	/** Every session that is held here is looked at now, once, whoever asks how often. */
	#nudge(): void {
		this.#again = true;
		if (this.#closed || this.#ticking || this.#sessions.size === 0) return;
		this.#ticking = this.#tick()
			.catch((error: unknown) => {
				if (this.#closed || this.options.store.closed) return;
				this.options.log('Linked devices could not be looked at; it is tried again.', { cause: String(error) });
			})
			.finally(() => (this.#ticking = undefined));
	}

	async #tick(): Promise<void> {
		while (this.#again && !this.#closed) {
			this.#again = false;
			const rows = await this.options.store.read((db) => readSessions(db, [...this.#sessions.keys()]));
			for (const row of rows) this.#sessions.get(row.channelId)?.look(row);
			for (const [channelId, session] of this.#sessions) if (session.isIdle) this.#sessions.delete(channelId);
		}
	}
}
