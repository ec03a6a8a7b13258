/**
 * One socket, from its opening to its end: tells what becomes of it, hands over what it hears, and ends by itself when nothing is
 * heard. It decides nothing: what follows an end is the session's business. A connection that ended is never used again.
 */
import type {
	AuthenticationState,
	BaileysEventMap,
	BinaryNode,
	ConnectionState,
	WAMessage,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../clock';
import { Acks } from './acks';
import { QUIET, type Baileys, type Socket } from './baileys';
import { heardIn, type Heard } from './heard';
import { Inbox } from './inbox';
import { personJid } from './jids';
import type { OpenedAuth } from './auth-state';
import { LeaseLost } from './fence';
import { OpenedMessages } from './opened-messages';
import { UnopenedMessages } from './unopened-messages';

export type ConnectionNews =
	/** A code to scan; the next one replaces it after `lastsMs`. */
	| { type: 'code'; qr: string; lastsMs: number }
	/** A phone accepted the device; it logs in on the next connection. */
	| { type: 'linking'; jid: string | null }
	| { type: 'open'; jid: string; lid: string | null; name: string | null }
	| { type: 'named'; name: string }
	/** Whether WhatsApp lets the number start conversations (463). */
	| { type: 'restriction'; active: boolean }
	/** The end, told once. `code` as in the table of reactions, `detail` for people. */
	| { type: 'closed'; code: number | null; detail: string | null };

export interface ConnectionOptions {
	baileys: Baileys;
	auth: Extract<OpenedAuth, { type: 'ok' }>;
	/** Linking by a code that is typed: WhatsApp accepts it from well-known browsers alone. */
	byCode: boolean;
	/** A message that was sent, for a receiver that asks again. */
	getMessage(id: string): ReturnType<NonNullable<Parameters<Baileys['connect']>[0]['getMessage']>>;
	tell(news: ConnectionNews): void;
	hear(heard: Heard[]): void;
	/** Which messages of customers were stored already, opened or not, by their ids. */
	known(ids: readonly string[]): Promise<ReadonlySet<string>>;
	clock: Clock;
	log(message: string, details: Record<string, unknown>): void;
	pace?: Partial<ConnectionPace>;
}

export interface ConnectionPace {
	/** How often the line is looked at. */
	lookMs: number;
	/** Before it is open, nothing may be heard for so long: a refused upgrade is silent. */
	silenceMs: number;
	/** To come to something before it is open. */
	openingMs: number;
	/** Open, and nothing was heard for so long: the line is dead. WhatsApp is asked for a sign of life every 30 s. */
	deadMs: number;
	/** A message that could not be opened, and was not sent again for so long, is told of. */
	unopenedMs: number;
}

const PACE: ConnectionPace = {
	...{ lookMs: 5_000, silenceMs: 30_000, openingMs: 120_000, deadMs: 75_000 },
	unopenedMs: 180_000,
};
/** The part of that time for which the line has to be open: what was sent again meanwhile comes first. */
const BACKLOG_PART = 6;

/** How long a code is shown: the first of a connection, and the others. */
const FIRST_CODE_MS = 60_000;
const NEXT_CODE_MS = 20_000;

const CLOSE_PATIENCE_MS = 500;
const ACKS_PATIENCE_MS = 100;
const LOGOUT_PATIENCE_MS = 5_000;
const TIMED_OUT = 408;
const CLOSED = 428;

export class Connection {
	readonly acks = new Acks();
	readonly socket: Socket;
	#phase: 'opening' | 'scan' | 'open' | 'over' = 'opening';
	#codes = 0;
	/** By a clock that nobody sets. */
	#startedAt = performance.now();
	#heardAt = performance.now();
	readonly #pace: ConnectionPace;
	readonly #watch: NodeJS.Timeout;
	readonly #creds: Inbox<BaileysEventMap['creds.update']>;
	readonly #opened: OpenedMessages;
	readonly #unopened: UnopenedMessages;
	#openAt = Infinity;
	#telling = false;

	constructor(private readonly options: ConnectionOptions) {
		this.#pace = { ...PACE, ...options.pace };
		const { auth, log } = options;
		this.#creds = new Inbox({
			store: (updates) =>
				auth.saveCreds(Object.assign({}, ...updates) as (typeof updates)[number]).catch((error: unknown) => {
					// Whoever owns the session now has credentials of its own.
					if (!(error instanceof LeaseLost)) throw error;
				}),
			log,
		});
		this.#opened = new OpenedMessages(auth.state.keys, options.clock);
		this.#unopened = new UnopenedMessages(auth.state.keys, options.clock);
		this.socket = options.baileys.connect(this.#config(auth.state), this.#opened);
		this.#listen();
		if (auth.isLinked) void this.#hearAgain();
		this.#watch = setInterval(() => this.#look(), this.#pace.lookMs);
		this.#watch.unref?.();
	}

	get isOpen(): boolean {
		return this.#phase === 'open';
	}

	get ownJid(): string {
		return personJid(this.socket.user?.id) ?? '';
	}

	/** How long ago something was heard. */
	get silentMs(): number {
		return performance.now() - this.#heardAt;
	}

	/** Eight characters to be typed on the phone with this number. */
	requestPairingCode(digits: string): Promise<string> {
		return this.socket.requestPairingCode(digits);
	}

	/** Ends it without unlinking. What it still hears is handed over; nothing more is told. */
	async end(): Promise<void> {
		this.#over();
		await this.#close();
		await this.#unopened.idle();
		await this.#creds.stop();
	}

	/** Unlinks the device from the account, as far as the line allows, and ends. */
	async logout(): Promise<void> {
		const wasOpen = this.#phase === 'open';
		this.#over();
		if (wasOpen) await within(LOGOUT_PATIENCE_MS, this.socket.logout());
		await this.#close();
		await this.#creds.stop();
	}

	#config(state: AuthenticationState): Parameters<Baileys['connect']>[0] {
		const { getMessage, byCode } = this.options;
		return {
			auth: state,
			logger: QUIET,
			browser: byCode ? ['Windows', 'Chrome', '10.0.22631'] : ['WhatsApp Desk', 'Chrome', '1.0'],
			// Else the phone would stop telling its owner of messages.
			markOnlineOnConnect: false,
			syncFullHistory: false,
			// What leaves from here is known here.
			emitOwnEvents: false,
			defaultQueryTimeoutMs: 30_000,
			// The store is patient by itself.
			transactionOpts: { maxCommitRetries: 2, delayBetweenTriesMs: 500 },
			shouldIgnoreJid: isNobody,
			getMessage: (key) => (key.id ? getMessage(key.id) : Promise.resolve(undefined)),
			cachedGroupMetadata: () => Promise.resolve(undefined),
		};
	}

	#listen(): void {
		const { socket } = this;
		const { ev, ws } = socket;
		const emit = ev.emit.bind(ev);
		ev.emit = (event, data) => {
			const heard = heardIn(event, data);
			if (heard.length > 0) this.options.hear(this.#worthHearing(heard));
			for (const each of heard) if (each.what === 'message') void this.#noteUnopened(each.message);
			return emit(event, data);
		};
		ev.on('creds.update', (update) => {
			this.#creds.push([update]);
			const { name } = update.me ?? {};
			if (name && name !== '~') this.#tell({ type: 'named', name });
		});
		ev.on('connection.update', (update) => this.#updated(update));
		ws.on('CB:message', (stanza: BinaryNode) => this.#opened.arrived(stanza));
		ws.on('frame', () => (this.#heardAt = performance.now()));
		ws.on('CB:ack,class:message', (node: { attrs: Record<string, string> }) => this.acks.heard(node.attrs));
		// Answered with something else than 101: Baileys itself would wait for ever.
		ws.on('unexpected-response', (_request: unknown, response: { statusCode?: number }) =>
			this.#fail(null, `HTTP ${response.statusCode ?? '?'}`),
		);
	}

	/** What was opened by a process that may have died before it was stored. */
	async #hearAgain(): Promise<void> {
		const { auth, baileys, hear, log } = this.options;
		try {
			const messages: WAMessage[] = [];
			for (const each of await this.#opened.recent()) messages.push(await baileys.reopen(each, auth.state.creds.me!));
			hear(messages.map((message) => ({ what: 'message', message, upsert: 'append' })));
		} catch (error) {
			log('What a linked device heard last could not be read again.', { cause: String(error) });
		}
	}

	async #noteUnopened(message: WAMessage): Promise<void> {
		await this.#unopened.heard(message).catch((error: unknown) => {
			if (error instanceof LeaseLost) return;
			this.options.log('A message that could not be opened was not written down.', { cause: String(error) });
		});
	}

	/** What nobody sent again is handed over unopened, until it is stored. */
	async #tellUnopened(): Promise<void> {
		const { clock, hear, known, log } = this.options;
		if (this.#telling) return;
		this.#telling = true;
		try {
			const messages = await this.#unopened.waitingSince(clock.now() - this.#pace.unopenedMs);
			if (messages.length === 0) return;
			const stored = await known(messages.map(({ key }) => key.id!));
			await this.#unopened.settled(stored);
			const missing = messages.filter(({ key }) => !stored.has(key.id!));
			hear(missing.map((message) => ({ what: 'unopened', message })));
		} catch (error) {
			if (!(error instanceof LeaseLost))
				log('Messages that could not be opened were not told of yet; it is tried again.', { cause: String(error) });
		} finally {
			this.#telling = false;
		}
	}

	/** A rejection is told to whoever waits for the answer to that very message, and not a second time. */
	#worthHearing(heard: Heard[]): Heard[] {
		return heard.filter(
			(each) =>
				each.what !== 'update' ||
				each.update.update.status !== ERROR ||
				!this.acks.isExpected(each.update.key.id ?? ''),
		);
	}

	#updated({ connection, qr, isNewLogin, lastDisconnect, reachoutTimeLock }: Partial<ConnectionState>): void {
		if (this.#phase === 'over') return;
		if (qr) {
			this.#phase = 'scan';
			this.#tell({ type: 'code', qr, lastsMs: this.#codes++ === 0 ? FIRST_CODE_MS : NEXT_CODE_MS });
		}
		if (isNewLogin) {
			this.#phase = 'opening';
			this.#startedAt = this.#heardAt = performance.now();
			this.#tell({ type: 'linking', jid: personJid(this.socket.user?.id) });
		}
		if (reachoutTimeLock) this.#tell({ type: 'restriction', active: reachoutTimeLock.isActive === true });
		if (connection === 'open') {
			this.#phase = 'open';
			this.#openAt = performance.now();
			const { id, lid, name } = this.socket.user ?? {};
			this.#tell({
				type: 'open',
				jid: personJid(id) ?? id ?? '',
				lid: personJid(lid),
				name: name && name !== '~' ? name : null,
			});
		}
		if (connection === 'close') {
			const { code, detail } = endingOf(lastDisconnect?.error);
			this.#finish(code, detail);
			this.#cutQuestions();
		}
	}

	/** Looks whether the line lives: Baileys counts by the clock on the wall, and some silences it never notices. */
	#look(): void {
		const now = performance.now();
		const silent = now - this.#heardAt;
		if (this.#phase === 'opening' && (silent > this.#pace.silenceMs || now - this.#startedAt > this.#pace.openingMs)) {
			this.#fail(null, 'sem resposta');
		} else if ((this.#phase === 'open' || this.#phase === 'scan') && silent > this.#pace.deadMs) {
			this.#fail(this.#phase === 'open' ? TIMED_OUT : null, 'sem resposta');
		}
		if (this.#phase === 'open' && now - this.#openAt >= this.#pace.unopenedMs / BACKLOG_PART) void this.#tellUnopened();
	}

	#fail(code: number | null, detail: string): void {
		if (this.#phase === 'over') return;
		this.#finish(code, detail);
		void this.#close();
	}

	/** Told when the credentials are durable: the next connection begins with them. */
	#finish(code: number | null, detail: string | null): void {
		this.#over();
		void this.#creds.idle().then(() => this.options.tell({ type: 'closed', code, detail }));
	}

	#over(): void {
		this.#phase = 'over';
		clearInterval(this.#watch);
		// What waits for an answer inside of Baileys is told first: it knows better what left and what did not.
		setTimeout(() => this.acks.close(), ACKS_PATIENCE_MS);
	}

	#tell(news: ConnectionNews): void {
		if (this.#phase !== 'over') this.options.tell(news);
	}

	/** A server that does not answer to the closing is not waited for. */
	async #close(): Promise<void> {
		const raw = (this.socket.ws as unknown as { socket?: { readyState: number; terminate(): void } | null }).socket;
		const ended = this.socket.end(undefined);
		this.#cutQuestions();
		await within(CLOSE_PATIENCE_MS, ended);
		raw?.terminate();
		await within(CLOSE_PATIENCE_MS, ended);
	}

	/** Baileys would let every unanswered question wait for its time-out, and whatever waits for the question with it. */
	#cutQuestions(): void {
		const { ws } = this.socket;
		const error = Object.assign(new Error('Connection Closed'), { output: { statusCode: CLOSED } });
		if (ws.listenerCount('error') > 0) ws.emit('error', error);
	}
}

/** proto.WebMessageInfo.Status.ERROR */
const ERROR = 0;

/** Groups, statuses and channels are nobody's conversation here (D-17): not even decrypted. */
function isNobody(jid: string): boolean {
	return /@(g\.us|broadcast|newsletter)$/.test(jid);
}

/** Read without `instanceof`: an error may come from another realm, or from another copy of its class. */
function endingOf(error: unknown): { code: number | null; detail: string | null } {
	const { output, message } = (error ?? {}) as { output?: { statusCode?: unknown }; message?: unknown };
	const code = Number(output?.statusCode);
	if (!Number.isInteger(code))
		return { code: null, detail: typeof message === 'string' ? message.slice(0, 120) : null };
	return { code, detail: `código ${code}` };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
	await Promise.race([work.catch(() => undefined), patience]);
	clearTimeout(timer);
}
