import type { Rendered } from './templates/model';

/**
 * The words of the simulator. Values only.
 *
 * Terminology
 *   number    a business phone number registered on the Cloud API double, or a company's phone with linked devices
 *   contact   a simulated customer, known by wa_id digits in the admin API even when the phone is hidden
 *   chat      everything between one contact and one number
 *   inbound   written by the contact; outbound, sent through the API; echo, typed on the company's phone
 *
 * `at` values are milliseconds on the virtual clock, `…RealAt` values are milliseconds of the machine's clock.
 */
/** JSON whose shape was checked on the way in, or comes from the tests that own it: read without ceremony. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = Record<string, any>;

export interface BusinessNumber {
	phoneNumberId: string;
	/** As people read it, e.g. '+55 11 3000-0000'. */
	displayPhone: string;
	verifiedName: string;
	wabaId: string;
	/** The app that owns token and secret; one callback per app (cloud-api.md §7). */
	appId: string;
	token: string;
	appSecret: string;
	verifyToken: string;
	/** Where webhooks of the app go; null until someone configures it. */
	callbackUrl: string | null;
	/** A phone with linked devices (WhatsApp Web) instead of a number on the Cloud API. */
	linked?: true;
}

export interface Contact {
	waId: string;
	name: string;
	/** Business-scoped user id, cloud-api.md §2.5. */
	bsuid: string;
	username: string | null;
	/** Username users: wa_id, from and recipient_id are left out of webhooks and answers. */
	hidePhone: boolean;
	/** False: sends are accepted, then fail with 131026. */
	onWhatsApp: boolean;
	/** False: the person hides read receipts, `read` never comes. */
	readReceipts: boolean;
	/** Chose "stop promotions" inside WhatsApp: marketing templates fail with 131050. */
	marketingStopped: boolean;
	/** False: the phone is off; messages stay at `sent` until it is back or their time to live is over. */
	online: boolean;
}

export type StatusName = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface ChatMessage {
	/** Position in the chat, from 1, never reused. */
	seq: number;
	id: string;
	from: 'contact' | 'business' | 'phone';
	type: string;
	/** The message as it travels: the webhook's shape when inbound, the request's object when outbound. */
	content: Record<string, unknown>;
	/** The wamid it answers, when it quotes one. */
	contextId: string | null;
	at: number;
	acceptedRealAt: number;
	/** Outbound: when each status happened. Inbound: `read` once the business marked it. */
	statuses: Partial<Record<StatusName, number>>;
	error: StatusError | null;
	/** biz_opaque_callback_data of the request. */
	opaque: string | null;
	/** Outbound: what Meta would charge; told by `sent` and again by `delivered`. */
	pricing?: Pricing;
	/** A template as the phone shows it. */
	template?: Rendered;
	/** The file behind a media link, once it was fetched. */
	fetchedMediaId?: string;
	/** After this, on the virtual clock, it is dropped undelivered. */
	expiresAt?: number;
	/** How many more times it arrived under the same id; phones show it once. */
	copies?: number;
}

export interface Pricing {
	category: 'marketing' | 'utility' | 'authentication' | 'service' | 'referral_conversion';
	type: 'regular' | 'free_customer_service' | 'free_entry_point';
	/** When the free entry point ends; null outside of one. */
	freeUntil: number | null;
}

export interface StatusError {
	code: number;
	title: string;
	message: string;
	error_data: { details: string };
	href: string;
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface Settings {
	/** When `read` follows: at once, when the chat is opened on the phone page, or not at all. */
	reads: 'auto' | 'opened' | 'never';
	/** Real milliseconds before each status. */
	statusDelaysMs: { sent: number; delivered: number; read: number };
	/** Where a closed 24 h window shows: in a later status (what Meta documents) or in the answer. */
	windowErrorAt: 'status' | 'answer';
	/** A number nobody added: becomes a contact, or is treated as not being on WhatsApp. */
	unknownRecipients: 'create' | 'undeliverable';
	pairLimit: { enabled: boolean; burst: number; everyMs: number };
	throughput: { enabled: boolean; perSecond: number };
	/** Whether a person decides about new templates, or an automatic review does at once. */
	templateApproval: 'manual' | 'auto';
	/** Templates are held for quality assessment: an hour, or until the admin API settles it. */
	pacing: boolean;
	/** Marketing templates a contact gets in 24 h; more fail with 131049. Null: no limit. */
	marketingPerContactPerDay: number | null;
	/** Free service messages per number and month, told as free_customer_service. */
	freeServicePerMonth: number;
	/** Hosts besides this machine whose media links are fetched; others are shown as text. */
	linkHosts: string[];
	/** Messages kept per chat; 0 keeps all. */
	historyLimit: number;
	webhooks: WebhookSettings;
}

export interface WebhookSettings {
	/** POSTs in flight per callback; what arrives meanwhile waits for the next one. */
	inFlight: number;
	maxUpdates: number;
	maxBytes: number;
	/** Gap before each retry; the last one repeats for ever. */
	retryScheduleMs: number[];
	answerTimeoutMs: number;
}

export const DEFAULT_SETTINGS: Settings = {
	reads: 'auto',
	statusDelaysMs: { sent: 0, delivered: 0, read: 0 },
	windowErrorAt: 'status',
	unknownRecipients: 'create',
	pairLimit: { enabled: false, burst: 45, everyMs: 6_000 },
	throughput: { enabled: false, perSecond: 80 },
	templateApproval: 'manual',
	pacing: false,
	marketingPerContactPerDay: null,
	freeServicePerMonth: 0,
	linkHosts: [],
	historyLimit: 1_000,
	webhooks: {
		inFlight: 4,
		maxUpdates: 1_000,
		maxBytes: 3_000_000,
		retryScheduleMs: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000],
		answerTimeoutMs: 20_000,
	},
};

/** What a partial update of the settings may contain. */
export type SettingsPatch = Partial<
	Omit<Settings, 'statusDelaysMs' | 'pairLimit' | 'throughput' | 'webhooks'> & {
		statusDelaysMs: Partial<Settings['statusDelaysMs']>;
		pairLimit: Partial<Settings['pairLimit']>;
		throughput: Partial<Settings['throughput']>;
		webhooks: Partial<WebhookSettings>;
	}
>;
