/**
 * What has to be done so that Meta delivers to our address, and does it belong to somebody else already? Pure.
 * One app has one callback: taking it over would silence whoever uses it now (D-29), so that is refused unless asked for.
 */
import type { AppCallback, Overrides, SubscribedApp } from './routes';

/** `app`: everything of the app comes here · `number`: only what happens to this number, beside another app callback. */
export type SubscriptionMode = 'app' | 'number';

export interface SubscriptionWish {
	mode: SubscriptionMode;
	/** Where n8n receives. */
	url: string;
	/** Take the place of another callback. */
	replace: boolean;
}

export interface Routes {
	/** The app's own callback; undefined when it was not asked for (no App ID). */
	app: AppCallback | null | undefined;
	/** The apps subscribed to the account. */
	apps: readonly SubscribedApp[];
	overrides: Pick<Overrides, 'number' | 'account'>;
	/** The app of the credential; null when it is not known. */
	appId: string | null;
}

export type Step =
	| { type: 'setAppCallback'; fields: string[] }
	| { type: 'subscribeAccount' }
	| { type: 'clearAccountOverride' }
	| { type: 'setNumberOverride' }
	| { type: 'clearNumberOverride' };

export type Plan =
	| { type: 'steps'; steps: Step[] }
	| { type: 'taken'; level: 'app' | 'account' | 'number'; url: string }
	/** The number's own address only changes where messages go; the app must listen to them in the first place. */
	| { type: 'appHearsNothing' };

/** Everything the desk understands; see Cloud API "webhook fields". */
export const FIELDS = [
	'messages',
	'message_template_status_update',
	'message_template_quality_update',
	'message_template_components_update',
	'template_category_update',
	'phone_number_quality_update',
	'phone_number_name_update',
	'business_capability_update',
	'account_update',
	'account_alerts',
	'account_review_update',
	'security',
	'user_preferences',
	'smb_message_echoes',
];

/** Not every app may have these; the desk works without them. */
export const OPTIONAL_FIELDS: ReadonlySet<string> = new Set(['user_preferences', 'smb_message_echoes']);

export function planSubscription(wish: SubscriptionWish, routes: Routes): Plan {
	const { app, overrides } = routes;
	const isOther = (url: string | null | undefined): url is string => !!url && url !== wish.url;
	const steps: Step[] = [];

	if (wish.mode === 'number') {
		if (isOther(overrides.number) && !wish.replace) return { type: 'taken', level: 'number', url: overrides.number };
		if (app !== undefined && !app?.fields.includes('messages')) return { type: 'appHearsNothing' };
		if (!isSubscribed(routes)) steps.push({ type: 'subscribeAccount' });
		if (overrides.number !== wish.url) steps.push({ type: 'setNumberOverride' });
		return { type: 'steps', steps };
	}

	if (!wish.replace) {
		if (isOther(app?.url)) return { type: 'taken', level: 'app', url: app!.url };
		if (isOther(overrides.account)) return { type: 'taken', level: 'account', url: overrides.account };
		if (isOther(overrides.number)) return { type: 'taken', level: 'number', url: overrides.number };
	}
	const missing = FIELDS.filter((field) => !app?.fields.includes(field));
	const lacksNeeded = missing.some((field) => !OPTIONAL_FIELDS.has(field));
	if (app?.url !== wish.url || !app.active || lacksNeeded) {
		// What somebody subscribed to besides stays.
		steps.push({ type: 'setAppCallback', fields: [...new Set([...(app?.fields ?? []), ...FIELDS])] });
	}
	if (isOther(overrides.account)) steps.push({ type: 'clearAccountOverride' });
	else if (!isSubscribed(routes)) steps.push({ type: 'subscribeAccount' });
	if (isOther(overrides.number)) steps.push({ type: 'clearNumberOverride' });
	return { type: 'steps', steps };
}

/** Takes back only what names our own address; the account stays subscribed, which harms nobody. */
export function planLeaving(url: string, { app, overrides }: Pick<Routes, 'app' | 'overrides'>): LeavingStep[] {
	return [
		...(app?.url === url ? [{ type: 'deleteAppCallback' } as const] : []),
		...(overrides.number === url ? [{ type: 'clearNumberOverride' } as const] : []),
	];
}

export type LeavingStep = { type: 'deleteAppCallback' } | { type: 'clearNumberOverride' };

/** Without the app's id any subscribed app is taken for ours. */
function isSubscribed({ apps, appId }: Routes): boolean {
	return appId === null ? apps.length > 0 : apps.some(({ id }) => id === appId);
}
