import type { ChannelRegistry } from '../channel/registry';
import type { MediaReader } from '../channel/port';
import type { Clock } from '../clock';
import type { Instant, SendResult } from '../model';
import type { Store } from '../store/open-store';
import { updateMany } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { claimDue, type Claimed } from './claim';
import { judgeOutcome, type Verdict } from './outcome';
import { adoptOrphans, processName, retryUnproven } from './recover';
import { judgeSending } from './sending-rules';

export interface DispatcherOptions {
	store: Store;
	clock: Clock;
	channels: ChannelRegistry;
	media: MediaReader;
	/** How long an unconfirmed message waits for a delivery report before it is sent again. */
	reconcileMs: number;
	log: (message: string, details: Record<string, unknown>) => void;
}

/** What a sender that waits is told. `queued` = not decided yet, it will still be tried. */
export interface Settled {
	id: string;
	status: 'sent' | 'refused' | 'queued' | 'unknown';
	providerMessageId: string | null;
	errorCode: string | null;
	explanation: string | null;
	finishedAt: Instant | null;
}

const IN_FLIGHT = 64;
const POLL_MS = 1_000;
const RECOVER_EVERY_MS = 2_000;

/**
 * Moves the outbox: one transaction records what was answered and claims what comes next, then the network works in parallel.
 * Any number of processes may run one; each only touches channels it can reach.
 */
export class Dispatcher {
	readonly me = processName();
	#inFlight = 0;
	#answers: Array<{ claimed: Claimed; verdict: Verdict }> = [];
	#channelRest = new Map<string, Instant>();
	#ticking: Promise<void> | undefined;
	#again = false;
	#timer: NodeJS.Timeout | undefined;
	#recoveredAt = 0;
	#stopped = false;
	readonly #waiters = new Map<string, Array<(settled: Settled) => void>>();

	constructor(private readonly options: DispatcherOptions) {}

	/** New work was committed: look now. */
	nudge(): void {
		if (this.#stopped) return;
		if (this.#ticking) {
			this.#again = true;
			return;
		}
		clearTimeout(this.#timer);
		this.#ticking = this.#tick()
			.catch((error: unknown) => {
				this.options.log('The outbox could not be read; it will be tried again.', { cause: String(error) });
				return false;
			})
			.then((more) => {
				this.#ticking = undefined;
				const soon = more || this.#again || this.#answers.length > 0;
				this.#again = false;
				if (this.#stopped) return;
				if (soon) this.nudge();
				else {
					this.#timer = setTimeout(() => this.nudge(), POLL_MS);
					this.#timer.unref?.();
				}
			});
	}

	/** Resolves once each message is decided, or `queued`/`unknown` after `timeoutMs`. */
	async settle(ids: readonly string[], timeoutMs: number): Promise<Map<string, Settled>> {
		const results = new Map<string, Settled>();
		const waiting = new Map<string, Promise<void>>();
		for (const id of ids) {
			waiting.set(
				id,
				new Promise((resolve) => {
					const list = this.#waiters.get(id) ?? [];
					list.push((settled) => {
						results.set(id, settled);
						resolve();
					});
					this.#waiters.set(id, list);
				}),
			);
		}
		this.nudge();
		const deadline = performance.now() + timeoutMs;
		// Another process may be the one that sends: look into the table now and then.
		for (;;) {
			await this.#announceSettled(ids.filter((id) => !results.has(id)));
			const open = [...waiting].filter(([id]) => !results.has(id));
			const left = deadline - performance.now();
			if (open.length === 0 || left <= 0 || this.#stopped) break;
			let timer: NodeJS.Timeout | undefined;
			const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(left, POLL_MS))));
			await Promise.race([Promise.all(open.map(([, promise]) => promise)), pause]);
			clearTimeout(timer);
		}
		const undecided = ids.filter((id) => !results.has(id));
		for (const id of undecided) this.#waiters.delete(id);
		for (const settled of await this.#load(undecided)) results.set(settled.id, settled);
		return results;
	}

	/** Takes no more work, lets the network calls under way end and records them. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#ticking;
		const deadline = performance.now() + 5_000;
		while (this.#inFlight > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
		await this.#record().catch(() => undefined);
	}

	get idle(): boolean {
		return this.#inFlight === 0 && this.#answers.length === 0 && !this.#ticking;
	}

	async #tick(): Promise<boolean> {
		const { store, clock, channels } = this.options;
		const now = clock.now();
		await this.#recover(now);
		const reachable = channels.ids().filter((id) => (this.#channelRest.get(id) ?? 0) <= now);
		const room = IN_FLIGHT - this.#inFlight;
		const answers = this.#answers;
		this.#answers = [];
		let claimed: Claimed[] = [];
		try {
			claimed = await store.transaction(async (tx) => {
				const lines = await recordVerdicts(tx, answers, now);
				const next = await claimDue(tx, store.dialect, reachable, this.me, room, now);
				await appendTimeline(tx, store.dialect, lines);
				return next;
			});
		} catch (error) {
			this.#answers.unshift(...answers);
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			throw error;
		}
		for (const answer of answers) this.#announce(toSettled(answer.claimed.id, answer.verdict, now));
		for (const message of claimed) void this.#send(message);
		return claimed.length === room && room > 0;
	}

	async #send(message: Claimed): Promise<void> {
		this.#inFlight++;
		const { channels, clock, media } = this.options;
		const channel = channels.get(message.channelId)!;
		const judgement = judgeSending(
			{ ...message.facts, serviceWindowHours: channel.capabilities.serviceWindowHours },
			clock.now(),
		);
		let verdict: Verdict;
		if (judgement.type === 'refuse') {
			verdict = {
				status: 'refused',
				notBefore: 0,
				errorCode: judgement.code,
				explanation: judgement.explanation,
				providerMessageId: null,
				restChannelUntil: null,
			};
		} else {
			const result = await channel
				.send(
					{
						id: message.id,
						address: message.address,
						content: message.content,
						attempt: message.attempts - 1,
						quotedProviderMessageId: message.quotedProviderMessageId ?? undefined,
					},
					media,
				)
				.catch((error: unknown): SendResult => ({ type: 'unknown', reason: String(error) }));
			verdict = judgeOutcome(result, message.attempts, message.createdAt, clock.now());
		}
		this.#inFlight--;
		if (verdict.restChannelUntil !== null) this.#channelRest.set(message.channelId, verdict.restChannelUntil);
		this.#answers.push({ claimed: message, verdict });
		if (this.#stopped) return;
		this.nudge();
	}

	async #record(): Promise<void> {
		const { store, clock } = this.options;
		const answers = this.#answers;
		this.#answers = [];
		if (answers.length === 0) return;
		await store.transaction(async (tx) =>
			appendTimeline(tx, store.dialect, await recordVerdicts(tx, answers, clock.now())),
		);
		for (const answer of answers) this.#announce(toSettled(answer.claimed.id, answer.verdict, clock.now()));
	}

	async #recover(now: Instant): Promise<void> {
		if (now - this.#recoveredAt < RECOVER_EVERY_MS && now >= this.#recoveredAt) return;
		this.#recoveredAt = now;
		const { store, channels, reconcileMs } = this.options;
		await adoptOrphans(store, channels.ids(), this.me, now);
		await retryUnproven(store, channels.ids(), reconcileMs, now);
	}

	#announce(settled: Settled): void {
		if (settled.status === 'queued' || settled.status === 'unknown') return;
		const waiters = this.#waiters.get(settled.id);
		this.#waiters.delete(settled.id);
		for (const tell of waiters ?? []) tell(settled);
	}

	async #announceSettled(ids: readonly string[]): Promise<void> {
		for (const settled of await this.#load(ids)) this.#announce(settled);
	}

	async #load(ids: readonly string[]): Promise<Settled[]> {
		if (ids.length === 0) return [];
		const rows = await this.options.store.read((db) =>
			db
				.selectFrom('outbox')
				.select(['id', 'status', 'provider_message_id', 'error_code', 'explanation', 'finished_at'])
				.where('id', 'in', ids)
				.execute(),
		);
		return rows.map((row) => ({
			id: row.id,
			status: row.status === 'sending' ? 'queued' : (row.status as Settled['status']),
			providerMessageId: row.provider_message_id,
			errorCode: row.error_code,
			explanation: row.explanation,
			finishedAt: row.finished_at === null ? null : Number(row.finished_at),
		}));
	}
}

async function recordVerdicts(
	tx: Parameters<typeof appendTimeline>[0],
	answers: ReadonlyArray<{ claimed: Claimed; verdict: Verdict }>,
	now: Instant,
): Promise<TimelineLine[]> {
	if (answers.length === 0) return [];
	// A delivery report may have settled a row before the answer to its send came: what is proven stays.
	const open = await tx
		.selectFrom('outbox')
		.select('id')
		.where(
			'id',
			'in',
			answers.map((a) => a.claimed.id),
		)
		.where('status', '=', 'sending')
		.execute();
	const stillOpen = new Set(open.map((row) => row.id));
	const news = answers.filter((a) => stillOpen.has(a.claimed.id));
	await updateMany(
		tx,
		'outbox',
		{
			status: 'text',
			not_before: 'bigint',
			error_code: 'text',
			explanation: 'text',
			provider_message_id: 'text',
			finished_at: 'bigint',
		},
		news.map(({ claimed, verdict }) => ({
			id: claimed.id,
			status: verdict.status,
			not_before: verdict.notBefore,
			error_code: verdict.errorCode,
			explanation: verdict.explanation,
			provider_message_id: verdict.providerMessageId,
			finished_at: verdict.status === 'sent' || verdict.status === 'refused' ? now : null,
		})),
	);
	return news
		.filter(({ verdict }) => verdict.status !== 'sent')
		.map(({ claimed, verdict }) => ({
			event:
				verdict.status === 'refused'
					? 'messageRefused'
					: verdict.status === 'unknown'
						? 'messageUnconfirmed'
						: 'messagePostponed',
			at: now,
			channelId: claimed.channelId,
			contactId: claimed.contactId,
			conversationId: claimed.conversationId,
			text: verdict.explanation ?? '',
			data: { messageId: claimed.id, code: verdict.errorCode, attempt: claimed.attempts },
			key: `${verdict.status}|${claimed.id}|${claimed.attempts}`,
		}));
}

function toSettled(id: string, verdict: Verdict, now: Instant): Settled {
	return {
		id,
		status: verdict.status,
		providerMessageId: verdict.providerMessageId,
		errorCode: verdict.errorCode,
		explanation: verdict.explanation,
		finishedAt: verdict.status === 'sent' || verdict.status === 'refused' ? now : null,
	};
}
