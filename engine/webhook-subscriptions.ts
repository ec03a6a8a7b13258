/**
 * Keeps what Meta delivers to in step with the published Cloud API Webhook nodes, and tells the timeline about it (D-29).
 * One node lives at one URL. n8n takes a node down and up again when it is edited; so that no message is lost in between,
 * leaving waits a moment and is forgotten when the same URL comes back.
 */
import { cloudApiChannelId } from './channel/cloud-api/channel';
import { tidyCredentials, type CloudApiCredentials } from './channel/cloud-api/credentials';
import type { SubscriptionWish } from './channel/cloud-api/webhook/plan';
import { leaveWebhook, subscribeWebhook, type Subscribed } from './channel/cloud-api/webhook/subscribe';
import type { Clock } from './clock';
import { closeWebhookAddress, openWebhookAddress } from './inbound/webhook-addresses';
import type { Store } from './store/open-store';
import type { TimelineLine } from './timeline/timeline';

const LEAVE_AFTER_MS = 3_000;
/** When n8n starts nobody is watching, so it is tried for a quarter of an hour. */
const PATIENCE_MS = [2_000, 10_000, 60_000, 300_000, 600_000];

export interface SubscriptionsOptions {
	store: Store;
	clock: Clock;
	tell(lines: readonly TimelineLine[]): Promise<void>;
	leaveAfterMs?: number;
}

export class WebhookSubscriptions {
	readonly #leaving = new Map<string, { timer: NodeJS.Timeout; leave: () => Promise<void> }>();
	readonly #retries = new Map<string, NodeJS.Timeout>();
	/** URLs this process has written down. */
	readonly #known = new Set<string>();

	constructor(private readonly options: SubscriptionsOptions) {}

	/** A node receives at this URL. Written down once per process. */
	async opened(given: CloudApiCredentials, url: string): Promise<void> {
		if (this.#known.has(url)) return;
		this.#known.add(url);
		const { wabaId: accountId, appId = null, phoneNumberId } = tidyCredentials(given);
		const address = { url, channelId: cloudApiChannelId(phoneNumberId), appId, accountId };
		const { store, clock } = this.options;
		await openWebhookAddress(store, address, clock.now()).catch((error: unknown) => {
			this.#known.delete(url);
			throw error;
		});
	}

	/** The node at this URL receives no more. */
	async closed(url: string): Promise<void> {
		this.#known.delete(url);
		await closeWebhookAddress(this.options.store, url, this.options.clock.now());
	}

	/** Makes Meta deliver to the URL and tells the timeline when that changed something or did not work. */
	async subscribe(given: CloudApiCredentials, wish: SubscriptionWish): Promise<Subscribed> {
		this.#stay(wish.url);
		const credentials = tidyCredentials(given);
		const result = await subscribeWebhook(credentials, wish);
		await this.#tell(lineOf(wish, result, credentials, this.options.clock.now()));
		return result;
	}

	/** Like `subscribe`, but nobody waits for it: what may pass is tried again. */
	subscribeLater(given: CloudApiCredentials, wish: SubscriptionWish, pauses: readonly number[] = PATIENCE_MS): void {
		const attempt = async () => {
			const result = await this.subscribe(given, wish);
			const [pause, ...rest] = pauses;
			if (result.type !== 'failed' || !result.passing || pause === undefined) return;
			const timer = setTimeout(() => this.subscribeLater(given, wish, rest), pause);
			timer.unref?.();
			this.#retries.set(wish.url, timer);
		};
		void attempt().catch(() => undefined);
	}

	/** Takes back what names this URL, unless it is subscribed again within a moment. */
	leave(given: CloudApiCredentials, url: string): void {
		this.#stay(url);
		const leave = async () => {
			this.#leaving.delete(url);
			const credentials = tidyCredentials(given);
			const result = await leaveWebhook(credentials, url);
			if (result.type === 'left' && !result.changed) return;
			const channelId = cloudApiChannelId(credentials.phoneNumberId);
			await this.#tell({
				event: result.type === 'left' ? 'webhookUnsubscribed' : 'webhookSubscriptionFailed',
				at: this.options.clock.now(),
				channelId,
				text:
					result.type === 'left'
						? `Assinatura automática desfeita: a Meta não entrega mais em ${url}.`
						: `A assinatura automática de ${url} não pôde ser desfeita na Meta. Desfaça no painel do aplicativo (WhatsApp › Configuração).`,
				data: { url, ...(result.type === 'failed' ? { problem: result.problem } : {}) },
			});
		};
		const timer = setTimeout(() => void leave().catch(() => undefined), this.options.leaveAfterMs ?? LEAVE_AFTER_MS);
		timer.unref?.();
		this.#leaving.set(url, { timer, leave });
	}

	/** Leaves at once what was to be left in a moment. */
	async close(): Promise<void> {
		for (const timer of this.#retries.values()) clearTimeout(timer);
		const leaving = [...this.#leaving.values()];
		this.#leaving.clear();
		for (const { timer } of leaving) clearTimeout(timer);
		await Promise.all(leaving.map(({ leave }) => leave().catch(() => undefined)));
	}

	#stay(url: string): void {
		clearTimeout(this.#leaving.get(url)?.timer);
		this.#leaving.delete(url);
		clearTimeout(this.#retries.get(url));
		this.#retries.delete(url);
	}

	async #tell(line: TimelineLine | null): Promise<void> {
		if (line) await this.options.tell([line]);
	}
}

const WHOSE = { app: 'do aplicativo', account: 'da conta WhatsApp', number: 'do número' };

function lineOf(
	wish: SubscriptionWish,
	result: Subscribed,
	credentials: CloudApiCredentials,
	at: number,
): TimelineLine | null {
	const common = { at, channelId: cloudApiChannelId(credentials.phoneNumberId) };
	const data = { url: wish.url, mode: wish.mode };
	const failed = (why: string, more: object = {}): TimelineLine => ({
		event: 'webhookSubscriptionFailed',
		text: `A assinatura automática não foi feita: ${why}`,
		data: { ...data, ...more },
		...common,
	});
	switch (result.type) {
		case 'subscribed': {
			if (!result.changed) return null;
			const scope = wish.mode === 'app' ? 'de todo o aplicativo' : 'só deste número';
			const text = `Assinatura automática feita: a Meta entrega em ${wish.url} o que acontece ${scope}.`;
			return { event: 'webhookSubscribed', text, data, ...common };
		}
		case 'taken':
			return failed(`o endereço ${WHOSE[result.level]} já é ${result.url}, e ele não foi substituído.`, {
				other: result.url,
			});
		case 'appHearsNothing':
			return failed('o aplicativo não assina o campo messages. Escolha App and Account.');
		case 'failed':
			return failed(whyFailed(wish, result), { problem: result.problem });
	}
}

function whyFailed(wish: SubscriptionWish, { unverified, passing }: Extract<Subscribed, { type: 'failed' }>): string {
	if (unverified) {
		return `a Meta não conseguiu verificar ${wish.url}. O n8n precisa ser alcançado pela internet, por HTTPS, neste endereço (WEBHOOK_URL).`;
	}
	if (passing) return 'a Meta não respondeu agora. Publique de novo em um minuto.';
	return 'a Meta não aceitou as credenciais ou a permissão. Use WhatsApp Desk › Channel › Diagnose para ver o que corrigir.';
}
