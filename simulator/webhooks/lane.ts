import type { Faults } from '../faults';
import type { WebhookSettings } from '../model';
import type { HttpCaller } from './post';
import { envelope, signature } from './wire';

/**
 * When does which update reach one callback? At most `inFlight` POSTs at a time; what waits meanwhile shares the
 * next POST; what is not answered with 200 is tried again with growing gaps, for ever (cloud-api.md §2).
 * Updates with the same order key are first attempted one POST after the other.
 */
export interface Update {
	orderKey: string;
	wabaId: string;
	/** Unix seconds, for news about the account. */
	time?: number;
	/** The change as escaped JSON. */
	json: string;
}

export interface LaneState {
	waiting: number;
	inFlight: number;
	retrying: number;
}

export interface LaneEvents {
	posted(updates: number): void;
	acknowledged(updates: number): void;
	failed(reason: string): void;
}

interface Batch {
	body: string;
	updates: Update[];
	attempts: number;
	/** A deliberate copy: whatever its fate, it is not tried again. */
	copy: boolean;
}

export class CallbackLane {
	#ready: Update[] = [];
	/** Where #ready begins; what lies before it has been taken. */
	#head = 0;
	/** Order keys whose first attempt is under way, with the updates that wait for it. */
	readonly #busy = new Map<string, Update[]>();
	#parked = 0;
	#due: Batch[] = [];
	readonly #timers = new Set<NodeJS.Timeout>();
	#inFlight = 0;
	#pumpPlanned = false;
	#closed = false;

	constructor(
		private readonly target: { url: string; appSecret: string },
		private readonly settings: () => WebhookSettings,
		private readonly faults: Faults,
		private readonly caller: HttpCaller,
		private readonly events: LaneEvents,
	) {}

	push(update: Update): void {
		this.#ready.push(update);
		this.#planPump();
	}

	/** Call after `hold` was lifted. */
	resume(): void {
		this.#planPump();
	}

	state(): LaneState {
		return {
			waiting: this.#ready.length - this.#head + this.#parked,
			inFlight: this.#inFlight,
			retrying: this.#timers.size + this.#due.length,
		};
	}

	close(): void {
		this.#closed = true;
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
	}

	// Not at once: updates pushed in one go belong in one POST.
	#planPump(): void {
		if (this.#pumpPlanned) return;
		this.#pumpPlanned = true;
		queueMicrotask(() => {
			this.#pumpPlanned = false;
			this.#pump();
		});
	}

	#pump(): void {
		while (!this.#closed && !this.faults.webhooks.hold && this.#inFlight < this.settings().inFlight) {
			const batch = this.#due.shift() ?? this.#nextBatch();
			if (!batch) return;
			void this.#deliver(batch);
			if (this.faults.webhooks.duplicate === 'concurrent' && !batch.copy) void this.#deliver({ ...batch, copy: true });
		}
	}

	#nextBatch(): Batch | null {
		const { maxUpdates, maxBytes } = this.settings();
		const shuffled = this.faults.webhooks.shuffle;
		if (shuffled) this.#shuffle();
		const updates: Update[] = [];
		const keys = new Set<string>();
		let bytes = 200;
		while (this.#head < this.#ready.length && updates.length < maxUpdates) {
			const update = this.#ready[this.#head]!;
			const parked = this.#busy.get(update.orderKey);
			if (parked && !keys.has(update.orderKey) && !shuffled) {
				parked.push(update);
				this.#parked++;
				this.#head++;
				continue;
			}
			if (updates.length > 0 && bytes + update.json.length + 1 > maxBytes) break;
			this.#head++;
			bytes += update.json.length + 1;
			updates.push(update);
			keys.add(update.orderKey);
			if (!parked) this.#busy.set(update.orderKey, []);
		}
		this.#trim();
		return updates.length === 0 ? null : { body: envelope(updates), updates, attempts: 0, copy: false };
	}

	async #deliver(batch: Batch): Promise<void> {
		this.#inFlight++;
		this.events.posted(batch.updates.length);
		const secret = this.faults.webhooks.wrongSignature ? `not-${this.target.appSecret}` : this.target.appSecret;
		const result = await this.caller.post(
			this.target.url,
			batch.body,
			{ 'content-type': 'application/json', 'x-hub-signature-256': signature(batch.body, secret) },
			this.settings().answerTimeoutMs,
		);
		this.#inFlight--;
		if (this.#closed) return;
		batch.attempts++;
		if (!batch.copy && batch.attempts === 1) this.#release(batch);
		if (result.type === 'answered' && result.status === 200) {
			this.events.acknowledged(batch.copy ? 0 : batch.updates.length);
			if (this.faults.webhooks.duplicate === 'after' && !batch.copy) this.#due.push({ ...batch, copy: true });
		} else {
			this.events.failed(result.type === 'answered' ? `HTTP ${result.status}` : result.reason);
			if (!batch.copy) this.#retryLater(batch);
		}
		this.#pump();
	}

	#retryLater(batch: Batch): void {
		const schedule = this.settings().retryScheduleMs;
		const gap = schedule[Math.min(batch.attempts, schedule.length) - 1] ?? 1_000;
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			this.#due.push(batch);
			this.#pump();
		}, gap);
		this.#timers.add(timer);
	}

	// To the front: everything still ready was pushed later than what waited here.
	#release(batch: Batch): void {
		const released: Update[] = [];
		for (const update of batch.updates) {
			const parked = this.#busy.get(update.orderKey);
			if (!parked) continue;
			this.#busy.delete(update.orderKey);
			for (const next of parked) released.push(next);
		}
		if (released.length === 0) return;
		this.#parked -= released.length;
		this.#ready = released.concat(this.#ready.slice(this.#head));
		this.#head = 0;
	}

	#trim(): void {
		if (this.#head === this.#ready.length) {
			this.#ready = [];
			this.#head = 0;
		} else if (this.#head > 10_000) {
			this.#ready = this.#ready.slice(this.#head);
			this.#head = 0;
		}
	}

	#shuffle(): void {
		for (let i = this.#ready.length - 1; i > this.#head; i--) {
			const j = this.#head + Math.floor(Math.random() * (i - this.#head + 1));
			[this.#ready[i], this.#ready[j]] = [this.#ready[j]!, this.#ready[i]!];
		}
	}
}
