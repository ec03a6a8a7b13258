/**
 * How fast and how much? Counters, and for every inbound message the real time until the first reply to that contact.
 */
export interface Latencies {
	count: number;
	p50: number | null;
	p95: number | null;
	p99: number | null;
	max: number | null;
}

export interface MetricsReport {
	inbound: number;
	accepted: number;
	/** Refused requests by error code. */
	refused: Record<string, number>;
	statuses: number;
	webhookPosts: number;
	webhookFailures: number;
	updatesPosted: number;
	updatesAcknowledged: number;
	updatesWithoutCallback: number;
	largestBatch: number;
	/** Inbound messages nobody has answered yet. */
	unanswered: number;
	/** Milliseconds from a contact's message to the first reply accepted for that contact. */
	firstReply: Latencies;
	/** Real milliseconds since the counters were cleared. */
	elapsedMs: number;
}

export class Metrics {
	inbound = 0;
	accepted = 0;
	statuses = 0;
	webhookFailures = 0;
	updatesAcknowledged = 0;
	updatesWithoutCallback = 0;
	#since = Date.now();
	#refused: Record<string, number> = {};
	#posts = 0;
	#updatesPosted = 0;
	#largestBatch = 0;
	#latencies: number[] = [];
	/** Chat key → real instants of messages that wait for a reply. */
	#open = new Map<string, number[]>();
	#unanswered = 0;

	said(chatKey: string, now: number): void {
		this.inbound++;
		this.#unanswered++;
		const open = this.#open.get(chatKey);
		if (open) open.push(now);
		else this.#open.set(chatKey, [now]);
	}

	replied(chatKey: string, now: number): void {
		this.accepted++;
		const open = this.#open.get(chatKey);
		if (!open) return;
		for (const since of open) this.#latencies.push(now - since);
		this.#unanswered -= open.length;
		this.#open.delete(chatKey);
	}

	refused(code: number): void {
		this.#refused[code] = (this.#refused[code] ?? 0) + 1;
	}

	webhookPosted(updates: number): void {
		this.#posts++;
		this.#updatesPosted += updates;
		if (updates > this.#largestBatch) this.#largestBatch = updates;
	}

	get latencies(): ReadonlyArray<number> {
		return this.#latencies;
	}

	report(): MetricsReport {
		return {
			inbound: this.inbound,
			accepted: this.accepted,
			refused: { ...this.#refused },
			statuses: this.statuses,
			webhookPosts: this.#posts,
			webhookFailures: this.webhookFailures,
			updatesPosted: this.#updatesPosted,
			updatesAcknowledged: this.updatesAcknowledged,
			updatesWithoutCallback: this.updatesWithoutCallback,
			largestBatch: this.#largestBatch,
			unanswered: this.#unanswered,
			firstReply: summarize(this.#latencies),
			elapsedMs: Date.now() - this.#since,
		};
	}

	clear(): void {
		this.inbound = this.accepted = this.statuses = this.webhookFailures = 0;
		this.updatesAcknowledged = this.updatesWithoutCallback = 0;
		this.#since = Date.now();
		this.#refused = {};
		this.#posts = this.#updatesPosted = this.#largestBatch = this.#unanswered = 0;
		this.#latencies = [];
		this.#open = new Map();
	}
}

/** Nearest-rank percentiles, in milliseconds with one decimal at most. */
export function summarize(values: ReadonlyArray<number>): Latencies {
	const sorted = Float64Array.from(values).sort();
	const rank = (share: number): number | null => {
		const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
		return value === undefined ? null : Math.round(value * 10) / 10;
	};
	return { count: sorted.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}
