import { uptime } from 'node:os';
import type { MediaReader } from '../channel/port';
import type { ChannelRegistry } from '../channel/registry';
import type { Clock } from '../clock';
import type { Instant, SendResult } from '../model';
import type { Store } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { addUsage } from '../usage/add-usage';
import { isAnythingDue } from './candidates';
import { claimDue, type Claimed } from './claim';
import { expireMessages } from './expire';
import type { ReachableChannel } from './load-facts';
import { followPlan, judgeOutcome, type Verdict } from './outcome';
import { enterProcess } from './process-name';
import { hintOf, isFinal, recordAnswers, type Answer } from './record';
import { rescueMessages } from './recover';
import { Settlements, type Settled } from './settlements';
import { queued } from './unfinished';

export interface DispatcherOptions {
	store: Store;
	clock: Clock;
	channels: ChannelRegistry;
	media: MediaReader;
	/** How long an unconfirmed message waits for a delivery report before it is sent again. */
	reconcileMs: number;
	log: (message: string, details: Record<string, unknown>) => void;
	/** In [0, 1): chooses the pauses between starts; default Math.random. */
	random?: () => number;
}

// As many as the channel keeps sockets: at the usual answer times of Graph that is what its fastest numbers may send.
const IN_FLIGHT = 256;
// A commit costs the disk the same for one answer as for a hundred: under load the next look waits twice as long as the last
// one took, so that more answers share it. When it is quiet nothing waits.
const MAX_REST_MS = 25;
const POLL_MS = 1_000;
const RECOVER_EVERY_MS = 2_000;
// Longer than looks are apart when nothing is wrong.
const STALL_MS = 2 * RECOVER_EVERY_MS + POLL_MS;
// Until anything came in since the start, the way in may not be open yet: the wait for proof is that much longer.
const UNHEARD_FACTOR = 3;
const STOP_PATIENCE_MS = 5_000;

/**
 * Moves the outbox: one transaction records what was answered and claims what comes next, then the network works in parallel.
 * Any number of processes may run one; each only touches channels it can reach. Idle, it costs one small read a second.
 */
export class Dispatcher {
	/** Counts as alive until its desk has closed. */
	readonly me = enterProcess();
	readonly settlements: Settlements;
	/** Claimed here and not recorded yet. */
	readonly #inHand = new Set<string>();
	#inFlight = 0;
	#answers: Answer[] = [];
	readonly #channelRest = new Map<string, Instant>();
	#ticking: Promise<void> | undefined;
	#told = true;
	#turn = 0;
	#timer: NodeJS.Timeout | undefined;
	#resting = false;
	#restUntil = 0;
	#recoveredAt = 0;
	/** The same moment by a clock that nobody sets and that goes on while the machine sleeps, in seconds. */
	#recoveredUptime = uptime();
	/** Whether anything of a provider came in since this process started. */
	#heard = false;
	/** When the messages that wait for their time or a start were looked at last; by a clock that nobody sets. */
	#lookedAt = -Infinity;
	readonly #startedAt: Instant;
	/** Until then the absence of a delivery report proves nothing. */
	#listeningSince: Instant;
	#stopped = false;

	constructor(private readonly options: DispatcherOptions) {
		this.settlements = new Settlements(options.store, options.clock);
		this.#startedAt = options.clock.now();
		this.#listeningSince = this.#startedAt;
	}

	/**
	 * Delivery reports arrived, the oldest of them about `at`. Reports from before this process started mean that the provider is
	 * still bringing what it could not deliver while nobody listened: more of them may be on their way.
	 */
	heardReports(at: Instant): void {
		if (at < this.#startedAt) this.#listeningSince = Math.max(this.#listeningSince, this.options.clock.now());
	}

	/** Something of a provider came in: by now, at the latest, the way in is open. */
	heard(): void {
		if (this.#heard) return;
		this.#heard = true;
		this.#listeningSince = Math.max(this.#listeningSince, this.options.clock.now());
	}

	/** New work was committed: look now. */
	nudge(): void {
		this.#told = true;
		this.#start();
	}

	/** Resolves once each message is decided, or `queued`/`unknown` after `timeoutMs`. */
	settle(ids: readonly string[], timeoutMs: number): Promise<Map<string, Settled>> {
		this.nudge();
		return this.settlements.wait(ids, timeoutMs);
	}

	/**
	 * The credential of a channel was changed: what waited for that is tried now.
	 * @param code only what waits for this reason, e.g. "unreachable" when a line is back
	 */
	async resume(channelId: string, code?: string): Promise<void> {
		this.#channelRest.delete(channelId);
		await this.options.store.transaction((tx) =>
			tx
				.updateTable('outbox')
				.set({ not_before: 0 })
				.where('channel_id', '=', channelId)
				.where(queued('status'))
				.where('attempts', '>', 0)
				.$if(code !== undefined, (q) => q.where('error_code', '=', code!))
				.execute(),
		);
		this.nudge();
	}

	/** Takes no more work, lets the network calls under way end and records them. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.settlements.stop();
		clearTimeout(this.#timer);
		await this.#ticking;
		const deadline = performance.now() + STOP_PATIENCE_MS;
		while (this.#inFlight > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
		await this.#move(0, this.options.clock.now()).catch(() => undefined);
	}

	get idle(): boolean {
		return this.#inFlight === 0 && this.#answers.length === 0 && !this.#ticking;
	}

	#start(): void {
		if (this.#stopped || this.#ticking || this.#resting) return;
		clearTimeout(this.#timer);
		const startedAt = performance.now();
		if (startedAt < this.#restUntil) {
			this.#resting = true;
			return this.#plan(this.#restUntil - startedAt);
		}
		this.#ticking = this.#tick()
			.catch((error: unknown) => {
				this.options.log('The outbox could not be read; it will be tried again.', { cause: String(error) });
			})
			.then(() => {
				this.#ticking = undefined;
				const endedAt = performance.now();
				this.#restUntil = endedAt + Math.min(2 * (endedAt - startedAt), MAX_REST_MS);
				if (this.#stopped) return;
				if (this.#told || this.#answers.length > 0) return this.#start();
				this.#plan(POLL_MS);
			});
	}

	#plan(delay: number): void {
		this.#timer = setTimeout(() => {
			this.#resting = false;
			this.#start();
		}, delay);
		this.#timer.unref?.();
	}

	async #tick(): Promise<void> {
		const now = this.options.clock.now();
		await this.#recover(now);
		const room = IN_FLIGHT - this.#inFlight;
		if (!this.#told && this.#answers.length === 0) {
			const { store } = this.options;
			if (room === 0 || !(await store.read((db) => isAnythingDue(db, this.#reachable(now), now)))) return;
		}
		this.#told = false;
		if (await this.#move(room, now)) this.#told = true;
	}

	/** Records the answers that came and claims up to `room` messages, in one transaction. Returns whether more may be due. */
	async #move(room: number, now: Instant): Promise<boolean> {
		const { store, random = Math.random } = this.options;
		const answers = this.#answers;
		this.#answers = [];
		const channels = this.#reachable(now).map((id) => this.#facts(id));
		if (answers.length === 0 && (room === 0 || channels.length === 0)) return false;
		const startedAt = performance.now();
		const lookAtWaiting = room > 0 && startedAt - this.#lookedAt >= POLL_MS;
		try {
			const { claimed, settled, more, overtaken } = await store.transaction(async (tx) => {
				const { lines, overtaken, starts, usage } = await recordAnswers(tx, store.dialect, answers, now);
				const claim = await claimDue(tx, store.dialect, {
					...{ channels, claimedBy: this.me, limit: room, now, random, lookAtWaiting },
					news: starts,
				});
				await addUsage(tx, [...usage, ...claim.usage], now);
				await appendTimeline(tx, store.dialect, [...lines, ...claim.lines]);
				return { ...claim, overtaken };
			});
			// Whatever could not be taken at once is looked at again at once.
			if (lookAtWaiting && !more) this.#lookedAt = startedAt;
			for (const { claimed: message } of answers) this.#inHand.delete(message.id);
			for (const message of claimed) this.#inHand.add(message.id);
			for (const message of claimed) void this.#send(message);
			for (const answer of answers) {
				if (!overtaken.has(answer.claimed.id)) this.settlements.announce(settledBy(answer, now));
			}
			for (const each of settled) this.settlements.announce(each);
			if (overtaken.size > 0) await this.settlements.look([...overtaken]).catch(() => undefined);
			return more;
		} catch (error) {
			this.#answers.unshift(...answers);
			if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			throw error;
		}
	}

	/** Channels that may send now; each in turn is first, so that none starves behind another's long line. */
	#reachable(now: Instant): string[] {
		const ids = this.options.channels.ids().filter((id) => (this.#channelRest.get(id) ?? 0) <= now);
		const first = ids.length > 0 ? this.#turn++ % ids.length : 0;
		return [...ids.slice(first), ...ids.slice(0, first)];
	}

	/** What of a channel decides how its messages are judged. */
	#facts(id: string): ReachableChannel {
		const { serviceWindowHours, templates } = this.options.channels.get(id)!.capabilities;
		return { id, serviceWindowHours, templates };
	}

	async #send(message: Claimed): Promise<void> {
		this.#inFlight++;
		const { channels, clock, media } = this.options;
		const channel = channels.get(message.channelId);
		const { id, address, content, attempts, quotedProviderMessageId } = message;
		const quote = quotedProviderMessageId === null ? {} : { quotedProviderMessageId };
		// A linked device may have lost its line since the message was claimed.
		const result = channel
			? await channel
					.send({ id, address, content, attempt: attempts - 1, ...quote }, media)
					.catch((error: unknown): SendResult => ({ type: 'unknown', reason: String(error) }))
			: ({ type: 'notSent', reason: 'o número está sem conexão' } as const);
		const now = clock.now();
		const plain = judgeOutcome(result, attempts, message.createdAt, now);
		const planned = followPlan(plain, message.outsideWindow, content, now);
		const verdict = planned?.verdict ?? plain;
		this.#inFlight--;
		// A credential that was changed meanwhile is not to blame.
		if (verdict.restChannelUntil !== null && channels.get(message.channelId) === channel) {
			this.#channelRest.set(message.channelId, verdict.restChannelUntil);
		}
		this.#answers.push({
			claimed: message,
			verdict,
			cameBack: didComeBack(result, verdict),
			replacement: planned?.replacement ?? null,
		});
		this.#start();
	}

	async #recover(now: Instant): Promise<void> {
		if (now - this.#recoveredAt < RECOVER_EVERY_MS && now >= this.#recoveredAt) return;
		this.#noticeStall(now);
		this.#recoveredAt = now;
		const { store, channels } = this.options;
		const reconcileMs = this.options.reconcileMs * (this.#heard ? 1 : UNHEARD_FACTOR);
		const rescuer = { me: this.me, inHand: this.#inHand, reconcileMs, listeningSince: this.#listeningSince };
		if ((await rescueMessages(store, channels.ids(), rescuer, now)) > 0) this.#told = true;
		for (const expired of await expireMessages(store, now)) this.settlements.announce(expired);
	}

	/** While a process is starved of CPU, its machine asleep or its database away, reports wait at its door: listen anew. */
	#noticeStall(now: Instant): void {
		const seconds = uptime();
		const apartMs = (seconds - this.#recoveredUptime) * 1_000;
		this.#recoveredUptime = seconds;
		if (apartMs > STALL_MS) this.#listeningSince = Math.max(this.#listeningSince, now);
	}
}

/** Whether a start gives its place back: nothing left, or it is in the line again, or our own checks refused it. */
function didComeBack(result: SendResult, { status }: Verdict): boolean {
	if (result.type === 'notSent' || status === 'queued' || status === 'held') return true;
	return result.type === 'refused' && typeof result.error.code === 'string' && !/^\d+$/.test(result.error.code);
}

function settledBy({ claimed, verdict }: Answer, now: Instant): Settled {
	return {
		id: claimed.id,
		status: verdict.status,
		providerMessageId: verdict.providerMessageId,
		errorCode: verdict.errorCode,
		explanation: verdict.explanation,
		hint: hintOf({ claimed, verdict }),
		notBefore: null,
		finishedAt: isFinal(verdict) ? now : null,
	};
}
