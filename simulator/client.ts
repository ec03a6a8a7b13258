import type { State } from './admin/state';
import type { Say } from './contact-side/say';
import type { ForeignApp } from './apps';
import type { MediaFaults, SendFault, WebhookFaults } from './faults';
import type { NumberHealth } from './health';
import type { MetricsReport } from './metrics';
import type { BusinessNumber, ChatMessage, Contact, Settings, SettingsPatch, StatusName } from './model';
import type { Decision } from './templates/decide';
import type { NewTemplate, Template, TemplateStatus } from './templates/model';
import type { TokenState } from './tokens';
import type { MessageView } from './view';
import type { PostResult } from './webhooks/post';
import type { LaneState } from './webhooks/lane';
import { WhatsAppWebClient } from './whatsapp-web/client';
import type { NewContact } from './world';

/** The admin API for tests and benchmarks, one method a call. Throws when the simulator refuses. */
export class SimulatorClient {
	/** @param url where the simulator listens, e.g. http://127.0.0.1:5700 */
	constructor(readonly url: string) {
		this.web = new WhatsAppWebClient({
			get: (path) => this.#get(path),
			post: (path, body) => this.#post(path, body),
		});
	}

	/** Linked devices; only where the simulator serves WhatsApp Web. */
	readonly web: WhatsAppWebClient;

	/** @param phoneNumberId whose chats are shown; the first number's unless given */
	state(phoneNumberId?: string): Promise<State> {
		return this.#get(phoneNumberId ? `state?phoneNumberId=${phoneNumberId}` : 'state');
	}

	/** Adds a number or changes what is given of a known one. */
	setNumber(number: Partial<BusinessNumber> & { phoneNumberId: string }): Promise<void> {
		return this.#post('numbers', number);
	}

	/** Makes the verification GET (hub.challenge) to the number's callback. */
	verifyNumber(phoneNumberId: string): Promise<{ verified: boolean; reason: string }> {
		return this.#post(`numbers/${phoneNumberId}/verify`);
	}

	/** A template that is simply there: APPROVED unless it says otherwise, no review, no webhook. */
	addTemplate(template: NewTemplate): Promise<Template> {
		return this.#post('templates', template);
	}

	/** Newest first; of the first number's WABA unless one is named. */
	async templates(filter: { wabaId?: string; name?: string } = {}): Promise<Template[]> {
		return (await this.#get<{ templates: Template[] }>(`templates?${new URLSearchParams(filter)}`)).templates;
	}

	/** Waits until a template of this name has the status. Throws at the deadline with what there is. */
	async waitForTemplate(name: string, status: TemplateStatus, timeoutMs = 10_000): Promise<Template> {
		const deadline = performance.now() + timeoutMs;
		for (;;) {
			const found = await this.templates({ name });
			const template = found.find((one) => one.status === status);
			if (template) return template;
			if (performance.now() >= deadline) {
				const seen = found.map((one) => one.status).join(', ') || 'none of this name';
				throw new Error(`No template ${name} became ${status} within ${timeoutMs} ms: ${seen}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	/** @param template its id, or its name when that is in one language (else with `language`) */
	decideTemplate(template: string, decision: Decision & { language?: string }): Promise<Template> {
		return this.#post(`templates/${template}/decide`, decision);
	}

	approveTemplate(template: string): Promise<Template> {
		return this.decideTemplate(template, { decision: 'approve' });
	}

	/** @param reason as Meta writes it, e.g. INVALID_FORMAT, PROMOTIONAL */
	rejectTemplate(template: string, reason = 'INVALID_FORMAT', explanation?: string): Promise<Template> {
		return this.decideTemplate(template, { decision: 'reject', reason, explanation });
	}

	/** What is held for quality assessment (settings.pacing) goes out, or fails with 132015. Returns how many. */
	async settlePacing(outcome: 'deliver' | 'drop'): Promise<number> {
		return (await this.#post<{ settled: number }>('pacing', { outcome })).settled;
	}

	/** Quality, limit and blocks of a number; `event` (FLAGGED, UNFLAGGED…) or a new limit is told by webhook. */
	setNumberHealth(phoneNumberId: string, patch: Partial<NumberHealth> & { event?: string }): Promise<NumberHealth> {
		return this.#post(`numbers/${phoneNumberId}/health`, patch);
	}

	/** account_update ACCOUNT_RESTRICTION; sends outside the window are refused with 368 meanwhile. `type: null` lifts it. */
	restrictAccount(
		wabaId: string,
		restriction: { type?: string | null; forMs?: number; violation?: string } = {},
	): Promise<void> {
		return this.#post(`accounts/${wabaId}/restriction`, restriction);
	}

	/** business_capability_update, e.g. limit TIER_10K. */
	changeCapability(wabaId: string, change: { limit?: string; maxNumbers?: number } = {}): Promise<void> {
		return this.#post(`accounts/${wabaId}/capability`, change);
	}

	/** Any other news about an account, to the app's callback. */
	sendNews(wabaId: string, field: string, value: Record<string, unknown>): Promise<void> {
		return this.#post(`accounts/${wabaId}/news`, { field, value });
	}

	/** Somebody else's app is subscribed to the WABA too; with a callbackUrl it gets a copy of everything. */
	addForeignApp(wabaId: string, app: Partial<ForeignApp> = {}): Promise<ForeignApp> {
		return this.#post(`accounts/${wabaId}/apps`, app);
	}

	/** The contact stops or resumes promotions inside WhatsApp: user_preferences, then 131050 for marketing. */
	setPreferences(waId: string, marketing: 'stop' | 'resume', phoneNumberId?: string): Promise<Contact> {
		return this.#post(`contacts/${waId}/preferences`, { marketing, phoneNumberId });
	}

	/** The number's token: expired (190 until it is healed or another one is set), expiring, or with fewer permissions. */
	setToken(
		phoneNumberId: string,
		change: { expired?: boolean; expiresInMs?: number; scopes?: string[] },
	): Promise<TokenState> {
		return this.#post(`numbers/${phoneNumberId}/token`, change);
	}

	setSettings(patch: SettingsPatch): Promise<Settings> {
		return this.#post('settings', patch);
	}

	addContact(contact: NewContact): Promise<Contact> {
		return this.#post('contacts', contact);
	}

	/** A text, or any other thing a contact can do. Unknown contacts are added. */
	async say(waId: string, what: string | Say, phoneNumberId?: string): Promise<string> {
		const message = typeof what === 'string' ? { type: 'text', text: what } : what;
		const answer = await this.#post<{ messageId: string }>(`contacts/${waId}/say`, { ...message, phoneNumberId });
		return answer.messageId;
	}

	/** Taps a button, a list row or a template's quick reply by id or title. */
	tap(waId: string, option: string, messageId?: string): Promise<string> {
		return this.say(waId, { type: 'tap', option, messageId });
	}

	/** Many messages in one call, in this order; null where nothing could be said. */
	async sayMany(messages: Array<Say & { waId: string; name?: string }>): Promise<Array<string | null>> {
		return (await this.#post<{ messageIds: Array<string | null> }>('say', messages)).messageIds;
	}

	/** Someone types on the company's own phone. */
	async typeOnCompanyPhone(waId: string, text: string): Promise<string> {
		return (await this.#post<{ messageId: string }>(`contacts/${waId}/echo`, { text })).messageId;
	}

	/** The contact opens the chat: read receipts leave when `reads` is 'opened'. */
	openChat(waId: string, phoneNumberId?: string): Promise<void> {
		return this.#post(`contacts/${waId}/open`, { phoneNumberId });
	}

	/** Everything in the chat, oldest first. */
	messages(
		waId: string,
		options: { after?: number; from?: ChatMessage['from']; phoneNumberId?: string } = {},
	): Promise<MessageView[]> {
		return this.#messages(waId, { ...options });
	}

	/**
	 * Waits until the business has sent `count` messages after `after` (a seq) and returns them.
	 * Throws at the deadline with what did arrive.
	 */
	async waitForReplies(
		waId: string,
		count: number,
		{
			after = 0,
			timeoutMs = 10_000,
			phoneNumberId,
		}: { after?: number; timeoutMs?: number; phoneNumberId?: string } = {},
	): Promise<MessageView[]> {
		const found = await this.#messages(waId, { after, from: 'business', count, waitMs: timeoutMs, phoneNumberId });
		if (found.length >= count) return found;
		const seen = found.map((message) => JSON.stringify(message.text)).join(', ');
		throw new Error(`${waId} got ${found.length} of ${count} replies within ${timeoutMs} ms: [${seen}]`);
	}

	advanceClock(ms: number): Promise<{ now: number; offsetMs: number }> {
		return this.#post('clock', { advanceMs: ms });
	}

	setClock(instant: Date): Promise<{ now: number; offsetMs: number }> {
		return this.#post('clock', { set: instant.toISOString() });
	}

	/** Planned for the next sends, in this order. */
	failSends(...faults: SendFault[]): Promise<void> {
		return this.#post('faults/sends', faults);
	}

	setWebhookFaults(faults: Partial<WebhookFaults>): Promise<void> {
		return this.#post('faults/webhooks', faults);
	}

	setMediaFaults(faults: Partial<MediaFaults>): Promise<void> {
		return this.#post('faults/media', faults);
	}

	/** `count` statuses of known messages (or of made-up ones) in one signed body. */
	stormStatuses(
		storm: {
			count?: number;
			statuses?: StatusName[];
			unknown?: boolean;
			shape?: 'statuses' | 'changes';
			phoneNumberId?: string;
		} = {},
	): Promise<PostResult> {
		return this.#post('webhooks/storm', storm);
	}

	clearFaults(): Promise<void> {
		return this.#post('faults/clear');
	}

	/** Posts these bytes to the callback as they are; `signature: null` sends none. */
	sendRawWebhook(body: string | Buffer, options: { signature?: string | null; phoneNumberId?: string } = {}) {
		const bytes = typeof body === 'string' ? Buffer.from(body) : body;
		return this.#post<PostResult>('webhooks/raw', { base64: bytes.toString('base64'), ...options });
	}

	/** False when webhooks still wait, are under way or await a retry at the deadline. */
	async waitForIdleWebhooks(timeoutMs = 10_000): Promise<boolean> {
		return (await this.#get<{ idle: boolean }>(`webhooks/idle?waitMs=${timeoutMs}`)).idle;
	}

	metrics(): Promise<MetricsReport & { webhooks: LaneState }> {
		return this.#get('metrics');
	}

	/** Every measured time to first reply, in milliseconds. */
	async latencies(): Promise<number[]> {
		return (await this.#get<{ latenciesMs: number[] }>('metrics?latencies=1')).latenciesMs;
	}

	clearMetrics(): Promise<void> {
		return this.#post('metrics/clear');
	}

	/** Forgets contacts, messages, templates, faults, clock and counters; numbers and settings stay. */
	reset(): Promise<void> {
		return this.#post('reset');
	}

	async #messages(waId: string, options: Record<string, string | number | undefined>): Promise<MessageView[]> {
		const query = new URLSearchParams();
		for (const [key, value] of Object.entries(options)) if (value !== undefined) query.set(key, String(value));
		return (await this.#get<{ messages: MessageView[] }>(`contacts/${waId}/messages?${query}`)).messages;
	}

	#get<T>(path: string): Promise<T> {
		return this.#call<T>(path);
	}

	#post<T>(path: string, body: unknown = {}): Promise<T> {
		return this.#call<T>(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	}

	async #call<T>(path: string, init?: RequestInit): Promise<T> {
		const response = await fetch(`${this.url}/admin/${path}`, init);
		const answer = (await response.json()) as T & { error?: string };
		if (!response.ok) throw new Error(`The simulator refused ${path}: ${answer.error ?? response.status}`);
		return answer;
	}
}
