import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import { appOfToken, numbersOfApp } from './access';
import type { AccountAnswer } from './account';
import type { Json } from './checks';
import type { Problem } from './errors';

/** The app's own webhook: `/{app-id}/subscriptions`, one callback per app and object, with an app token (cloud-api.md §7). */
const OBJECT = 'whatsapp_business_account';
const VERSION = 'v26.0';

export const APP_FIELDS = [
	'account_alerts',
	'account_review_update',
	'account_update',
	'business_capability_update',
	'history',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'messages',
	'phone_number_name_update',
	'phone_number_quality_update',
	'security',
	'smb_app_state_sync',
	'smb_message_echoes',
	'template_category_update',
	'user_preferences',
];

export async function appSubscriptions(
	simulation: Simulation,
	method: string,
	appId: string,
	token: string | null,
	body: Json,
): Promise<AccountAnswer> {
	if (appOfToken(simulation, token) !== appId) {
		return refused({
			code: 15,
			title: 'This method must be called with an app access_token.',
			details: 'Not an app token.',
		});
	}
	const numbers = numbersOfApp(simulation, appId);
	if (method === 'GET') return { ok: true, body: { data: described(simulation, appId, numbers) } };
	if (method === 'DELETE') return remove(simulation, appId, numbers, body);
	return await subscribeApp(simulation, appId, numbers, body);
}

async function subscribeApp(
	simulation: Simulation,
	appId: string,
	numbers: BusinessNumber[],
	body: Json,
): Promise<AccountAnswer> {
	const { object, callback_url: url, verify_token: verifyToken } = body;
	if (object !== OBJECT) return refused({ code: 100, details: `Param object must be '${OBJECT}'.` });
	if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
		return refused({ code: 100, details: 'Param callback_url must be a web address.' });
	}
	const fields = fieldsOf(body.fields);
	const unknown = fields?.find((field) => !APP_FIELDS.includes(field));
	if (unknown !== undefined) return refused({ code: 100, details: `Param fields has the unknown field '${unknown}'.` });
	const check = await simulation.webhooks.verify(url, String(verifyToken ?? ''));
	if (!check.verified) return refused({ code: 2200, details: `Callback verification failed: ${check.reason}.` });
	for (const number of numbers) Object.assign(number, { callbackUrl: url, verifyToken: String(verifyToken ?? '') });
	// A call adds fields to those already subscribed; without any it subscribes none.
	const known = simulation.apps.fieldsOf(appId) ?? [];
	simulation.apps.setFields(appId, [...known, ...(fields ?? [])]);
	simulation.events.emit({ type: 'settings' });
	return { ok: true, body: { success: true } };
}

/** Without fields the whole subscription goes, with fields only those. */
function remove(simulation: Simulation, appId: string, numbers: BusinessNumber[], body: Json): AccountAnswer {
	const fields = fieldsOf(body.fields);
	if (fields) {
		const left = (simulation.apps.fieldsOf(appId) ?? APP_FIELDS).filter((field) => !fields.includes(field));
		simulation.apps.setFields(appId, left);
	} else {
		simulation.apps.setFields(appId, null);
		for (const number of numbers) number.callbackUrl = null;
	}
	simulation.events.emit({ type: 'settings' });
	return { ok: true, body: { success: true } };
}

function described(simulation: Simulation, appId: string, numbers: BusinessNumber[]): Json[] {
	const callback = numbers.find((number) => number.callbackUrl !== null)?.callbackUrl;
	if (!callback) return [];
	const fields = simulation.apps.fieldsOf(appId) ?? APP_FIELDS;
	return [
		{
			object: OBJECT,
			callback_url: callback,
			active: true,
			fields: fields.map((name) => ({ name, version: VERSION })),
		},
	];
}

/** A list, or text with commas. */
function fieldsOf(value: unknown): string[] | null {
	if (Array.isArray(value)) return value.map(String);
	if (typeof value !== 'string' || value === '') return null;
	return value
		.replace(/[[\]"\s]/g, '')
		.split(',')
		.filter(Boolean);
}

function refused(problem: Problem): AccountAnswer {
	return { ok: false, problem };
}
