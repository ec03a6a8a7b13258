import type { Apps } from '../apps';
import type { Faults } from '../faults';
import type { Metrics } from '../metrics';
import type { BusinessNumber, WebhookSettings } from '../model';
import { CallbackLane, type LaneState, type Update } from './lane';
import type { Change } from './payloads';
import { createHttpCaller, type PostResult } from './post';
import { escapedJson, signature } from './wire';

/** Who is told about a change? Finds the callback of a number and hands the change to that callback's lane. */
export class WebhookDispatcher {
	#lanes = new Map<string, CallbackLane>();
	readonly #caller = createHttpCaller();
	/** Overrides set through the API: number before WABA before app (cloud-api.md §7). */
	readonly overrides = new Map<string, string>();
	/** WABAs whose app subscription was removed: nothing arrives for them. */
	readonly unsubscribed = new Set<string>();
	lastFailure: { at: number; reason: string } | null = null;

	constructor(
		private readonly settings: () => WebhookSettings,
		private readonly faults: Faults,
		private readonly metrics: Metrics,
		private readonly apps: Apps,
	) {}

	/** What happens between a number and its contacts: overrides count. */
	send(number: BusinessNumber, orderKey: string, change: Change): void {
		const update = { orderKey, wabaId: number.wabaId, json: escapedJson(change) };
		this.#push(number, this.callbackOf(number), change.field, update);
		this.#pushToForeign(update);
	}

	/**
	 * News about a WABA, its templates or numbers: always to the app's own callback (cloud-api.md §7).
	 * `numbers` are those of the WABA; each callback is told once. `at` in milliseconds.
	 */
	sendToApp(numbers: readonly BusinessNumber[], change: Change, at: number): void {
		const wabaId = numbers[0]?.wabaId;
		if (wabaId === undefined) return;
		const update = { orderKey: `a:${wabaId}`, wabaId, time: Math.floor(at / 1000), json: escapedJson(change) };
		const told = new Set<string | null>();
		for (const number of numbers) {
			if (told.has(number.callbackUrl)) continue;
			told.add(number.callbackUrl);
			this.#push(number, number.callbackUrl, change.field, update);
		}
		this.#pushToForeign(update);
	}

	/** Posts exactly these bytes, correctly signed unless a signature is given; not queued, not retried. */
	sendRaw(number: BusinessNumber, body: string | Buffer, givenSignature?: string | null): Promise<PostResult> {
		const url = this.callbackOf(number);
		if (!url) return Promise.resolve({ type: 'noAnswer', reason: 'no callback URL is configured' });
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		if (givenSignature !== null) {
			headers['x-hub-signature-256'] = givenSignature ?? signature(body, number.appSecret);
		}
		return this.#caller.post(url, body, headers, this.settings().answerTimeoutMs);
	}

	/** The GET Meta makes before it accepts a callback. */
	async verify(url: string, verifyToken: string): Promise<{ verified: boolean; reason: string }> {
		const challenge = String(Math.floor(Math.random() * 2_000_000_000));
		const target = new URL(url);
		target.searchParams.set('hub.mode', 'subscribe');
		target.searchParams.set('hub.challenge', challenge);
		target.searchParams.set('hub.verify_token', verifyToken);
		const result = await this.#caller.get(target.toString(), this.settings().answerTimeoutMs);
		if (result.type === 'noAnswer') return { verified: false, reason: result.reason };
		if (result.status !== 200) return { verified: false, reason: `HTTP Status Code = ${result.status}` };
		const verified = result.body === challenge;
		return { verified, reason: verified ? '' : 'the answer is not the challenge' };
	}

	callbackOf(number: BusinessNumber): string | null {
		return this.overrides.get(number.phoneNumberId) ?? this.overrides.get(number.wabaId) ?? number.callbackUrl;
	}

	resume(): void {
		for (const lane of this.#lanes.values()) lane.resume();
	}

	state(): LaneState {
		const total = { waiting: 0, inFlight: 0, retrying: 0 };
		for (const lane of this.#lanes.values()) {
			const state = lane.state();
			total.waiting += state.waiting;
			total.inFlight += state.inFlight;
			total.retrying += state.retrying;
		}
		return total;
	}

	/** Forgets everything that waits. */
	clear(): void {
		for (const lane of this.#lanes.values()) lane.close();
		this.#lanes = new Map();
		this.lastFailure = null;
	}

	close(): void {
		this.clear();
		this.#caller.close();
	}

	#push(number: BusinessNumber, url: string | null, field: string, update: Update): void {
		const heard = url !== null && !this.unsubscribed.has(number.wabaId) && this.apps.hears(number.appId, field);
		if (heard) this.#lane(url, number.appSecret).push(update);
		else this.metrics.updatesWithoutCallback++;
	}

	#pushToForeign(update: Update): void {
		for (const app of this.apps.foreign.get(update.wabaId) ?? []) {
			if (app.callbackUrl) this.#lane(app.callbackUrl, app.appSecret).push(update);
		}
	}

	#lane(url: string, appSecret: string): CallbackLane {
		const key = `${url}\n${appSecret}`;
		let lane = this.#lanes.get(key);
		if (!lane) {
			lane = new CallbackLane({ url, appSecret }, this.settings, this.faults, this.#caller, {
				posted: (updates) => this.metrics.webhookPosted(updates),
				acknowledged: (updates) => {
					this.metrics.updatesAcknowledged += updates;
					this.lastFailure = null;
				},
				failed: (reason) => {
					this.metrics.webhookFailures++;
					this.lastFailure = { at: Date.now(), reason };
				},
			});
			this.#lanes.set(key, lane);
		}
		return lane;
	}
}
