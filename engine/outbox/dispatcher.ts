import type { MediaReader } from '../channel/port';
import type { ChannelRegistry } from '../channel/registry';
import type { Clock } from '../clock';
import type { Instant, SendResult } from '../model';
import type { Store } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { claimDue, isAnythingDue, type Claimed } from './claim';
import { judgeOutcome, refusal, type Verdict } from './outcome';
import { enterProcess, leaveProcess } from './process-name';
import { isFinal, recordAnswers, type Answer } from './record';
import { rescueMessages } from './recover';
import { judgeSending } from './sending-rules';
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
}

// As many as the channel keeps sockets: at the usual answer times of Graph that is what its fastest numbers may send.
const IN_FLIGHT = 256;
// A commit costs the disk the same for one answer as for a hundred: under load the next look waits twice as long as the last
// one took, so that more answers share it. When it is quiet nothing waits.
const MAX_REST_MS = 25;
const POLL_MS = 1_000;
const RECOVER_EVERY_MS = 2_000;
const STOP_PATIENCE_MS = 5_000;

/**
 * Moves the outbox: one transaction records what was answered and claims what comes next, then the network works in parallel.
 * Any number of processes may run one; each only touches channels it can reach. Idle, it costs one small read a second.
 */
export class Dispatcher {
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
	readonly #startedAt: Instant;
	#stopped = false;

	constructor(private readonly options: DispatcherOptions) {
		this.settlements = new Settlements(options.store);
		this.#startedAt = options.clock.now();
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

	/** The credential of a channel was changed: what waited for that is tried now. */
	async resume(channelId: string): Promise<void> {
		this.#channelRest.delete(channelId);
		await this.options.store.transaction((tx) =>
			tx
				.updateTable('outbox')
				.set({ not_before: 0 })
				.where('channel_id', '=', channelId)
				.where(queued('status'))
				.where('attempts', '>', 0)
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
		leaveProcess(this.me);
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
		const claimed = await this.#move(room, now);
		if (claimed === room && room > 0) this.#told = true;
	}

	/** Records the answers that came and claims up to `room` messages, in one transaction. Returns how many were claimed. */
	async #move(room: number, now: Instant): Promise<number> {
		const { store } = this.options;
		const answers = this.#answers;
		this.#answers = [];
		const reachable = this.#reachable(now);
		if (answers.length === 0 && (room === 0 || reachable.length === 0)) return 0;
		try {
			const { claimed, overtaken } = await store.transaction(async (tx) => {
				const { lines, overtaken } = await recordAnswers(tx, store.dialect, answers, now);
				const claimed = await claimDue(tx, store.dialect, reachable, this.me, room, now);
				await appendTimeline(tx, store.dialect, lines);
				return { claimed, overtaken };
			});
			for (const { claimed: message } of answers) this.#inHand.delete(message.id);
			for (const message of claimed) this.#inHand.add(message.id);
			for (const message of claimed) void this.#send(message);
			for (const answer of answers) {
				if (!overtaken.has(answer.claimed.id)) this.settlements.announce(settledBy(answer, now));
			}
			if (overtaken.size > 0) await this.settlements.look([...overtaken]).catch(() => undefined);
			return claimed.length;
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

	async #send(message: Claimed): Promise<void> {
		this.#inFlight++;
		const { channels, clock, media } = this.options;
		const channel = channels.get(message.channelId)!;
		const { serviceWindowHours } = channel.capabilities;
		const judgement = judgeSending({ ...message.facts, serviceWindowHours }, clock.now());
		let verdict: Verdict;
		if (judgement.type === 'refuse') {
			verdict = refusal(judgement.code, judgement.explanation);
		} else {
			const { id, address, content, attempts, quotedProviderMessageId } = message;
			const quote = quotedProviderMessageId === null ? {} : { quotedProviderMessageId };
			const result = await channel
				.send({ id, address, content, attempt: attempts - 1, ...quote }, media)
				.catch((error: unknown): SendResult => ({ type: 'unknown', reason: String(error) }));
			verdict = judgeOutcome(result, attempts, message.createdAt, clock.now());
		}
		this.#inFlight--;
		// A credential that was changed meanwhile is not to blame.
		if (verdict.restChannelUntil !== null && channels.get(message.channelId) === channel) {
			this.#channelRest.set(message.channelId, verdict.restChannelUntil);
		}
		this.#answers.push({ claimed: message, verdict });
		this.#start();
	}

	async #recover(now: Instant): Promise<void> {
		if (now - this.#recoveredAt < RECOVER_EVERY_MS && now >= this.#recoveredAt) return;
		this.#recoveredAt = now;
		const { store, channels, reconcileMs } = this.options;
		const rescuer = { me: this.me, inHand: this.#inHand, reconcileMs, listeningSince: this.#startedAt };
		if ((await rescueMessages(store, channels.ids(), rescuer, now)) > 0) this.#told = true;
	}
}

function settledBy({ claimed, verdict }: Answer, now: Instant): Settled {
	return {
		id: claimed.id,
		status: verdict.status,
		providerMessageId: verdict.providerMessageId,
		errorCode: verdict.errorCode,
		explanation: verdict.explanation,
		finishedAt: isFinal(verdict) ? now : null,
	};
}
