/** What does one Cloud API number need to be used, and how are pasted values made tidy? */

export interface CloudApiCredentials {
	/** System-user token with `whatsapp_business_messaging` and `whatsapp_business_management`. */
	accessToken: string;
	phoneNumberId: string;
	/** WhatsApp Business Account id. */
	wabaId: string;
	/** Signs the webhooks of the app. */
	appSecret: string;
	/** Chosen by us, pasted into the app's webhook form. */
	verifyToken: string;
	/** The Meta app the secret belongs to; without it nothing of the app itself can be read or set up. */
	appId?: string;
	/** e.g. `v26.0` */
	graphVersion: string;
	/** e.g. `https://graph.facebook.com`, without a path. */
	baseUrl: string;
}

export const DEFAULT_GRAPH_VERSION = 'v26.0';
export const DEFAULT_BASE_URL = 'https://graph.facebook.com';

/** Copying from a browser brings spaces and line breaks along; none of these values may contain one. */
export function tidyCredentials(given: Partial<CloudApiCredentials>): CloudApiCredentials {
	return {
		accessToken: withoutSpaces(given.accessToken),
		phoneNumberId: withoutSpaces(given.phoneNumberId),
		wabaId: withoutSpaces(given.wabaId),
		appSecret: withoutSpaces(given.appSecret),
		verifyToken: (given.verifyToken ?? '').trim(),
		...(withoutSpaces(given.appId) === '' ? {} : { appId: withoutSpaces(given.appId) }),
		graphVersion: tidyVersion(withoutSpaces(given.graphVersion)),
		baseUrl: withoutSpaces(given.baseUrl).replace(/\/+$/, '') || DEFAULT_BASE_URL,
	};
}

/** The app's own token: it may read and change the app, and inspect tokens made for it. Null without an App ID. */
export function appToken({ appId, appSecret }: CloudApiCredentials): string | null {
	return appId && appSecret ? `${appId}|${appSecret}` : null;
}

function tidyVersion(version: string): string {
	if (version === '') return DEFAULT_GRAPH_VERSION;
	return /^\d/.test(version) ? `v${version}` : version;
}

function withoutSpaces(value: unknown): string {
	return String(value ?? '').replace(/\s+/g, '');
}
