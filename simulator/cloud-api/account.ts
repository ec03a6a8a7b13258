import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import { isObject, type Json } from './checks';
import type { Problem } from './errors';

/** What is known about numbers, WABAs and tokens? The reads and subscriptions a credential needs (cloud-api.md §7). */
export type AccountAnswer = { ok: true; body: Json } | { ok: false; problem: Problem };

const APP = { id: '200000000000001', name: 'Simulador WhatsApp', link: 'https://www.facebook.com/' };

export function phoneNumber(number: BusinessNumber, fields: string | null): AccountAnswer {
	const all = phoneFields(number);
	const wanted = fields ? fields.split(',').map((field) => field.trim()) : DEFAULT_FIELDS;
	const body: Json = {};
	for (const field of [...wanted, 'id']) {
		if (!(field in all)) {
			return {
				ok: false,
				problem: {
					code: 100,
					title: `Tried accessing nonexisting field (${field}) on node type (WhatsAppBusinessPhoneNumber)`,
					details: `Unknown field '${field}'.`,
				},
			};
		}
		body[field] = all[field];
	}
	return { ok: true, body };
}

export function phoneNumbers(numbers: BusinessNumber[], fields: string | null): AccountAnswer {
	const data: Json[] = [];
	for (const number of numbers) {
		const one = phoneNumber(number, fields);
		if (!one.ok) return one;
		data.push(one.body);
	}
	return { ok: true, body: { data, paging: { cursors: { before: 'QVFI', after: 'QVFI' } } } };
}

export function listSubscriptions(simulation: Simulation, wabaId: string): AccountAnswer {
	if (simulation.webhooks.unsubscribed.has(wabaId)) return { ok: true, body: { data: [] } };
	const override = simulation.webhooks.overrides.get(wabaId);
	const app = { whatsapp_business_api_data: APP, ...(override ? { override_callback_uri: override } : {}) };
	return { ok: true, body: { data: [app] } };
}

/** A body with an override is verified by GET first; without one, an earlier override is removed. */
export async function subscribe(simulation: Simulation, wabaId: string, body: Json): Promise<AccountAnswer> {
	const refused = await override(simulation, wabaId, body);
	if (refused) return { ok: false, problem: refused };
	simulation.webhooks.unsubscribed.delete(wabaId);
	return { ok: true, body: { success: true } };
}

export function unsubscribe(simulation: Simulation, wabaId: string): AccountAnswer {
	simulation.webhooks.unsubscribed.add(wabaId);
	simulation.webhooks.overrides.delete(wabaId);
	return { ok: true, body: { success: true } };
}

/** `POST /{phone-number-id} {webhook_configuration}`: an empty address removes the override. */
export async function configureNumber(
	simulation: Simulation,
	number: BusinessNumber,
	body: Json,
): Promise<AccountAnswer> {
	const configuration = body.webhook_configuration;
	if (!isObject(configuration)) {
		return { ok: false, problem: { code: 100, details: 'The parameter webhook_configuration is required.' } };
	}
	const refused = await override(simulation, number.phoneNumberId, configuration);
	return refused ? { ok: false, problem: refused } : { ok: true, body: { success: true } };
}

export function debugToken(simulation: Simulation, input: string | null): AccountAnswer {
	const numbers = [...simulation.world.numbers.values()].filter((number) => number.token === input);
	if (numbers.length === 0) {
		const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
		return { ok: true, body: { data: { error, is_valid: false, scopes: [] } } };
	}
	const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
	const targets = [...new Set(numbers.map((number) => number.wabaId))];
	return {
		ok: true,
		body: {
			data: {
				app_id: APP.id,
				type: 'SYSTEM_USER',
				application: APP.name,
				expires_at: 0,
				is_valid: true,
				scopes,
				granular_scopes: scopes.map((scope) => ({ scope, target_ids: targets })),
			},
		},
	};
}

const DEFAULT_FIELDS = ['verified_name', 'code_verification_status', 'display_phone_number', 'quality_rating', 'id'];

function phoneFields(number: BusinessNumber): Json {
	return {
		id: number.phoneNumberId,
		display_phone_number: number.displayPhone,
		verified_name: number.verifiedName,
		quality_rating: 'GREEN',
		status: 'CONNECTED',
		name_status: 'APPROVED',
		code_verification_status: 'VERIFIED',
		platform_type: 'CLOUD_API',
		throughput: { level: 'STANDARD' },
		is_on_biz_app: false,
		webhook_configuration: { application: number.callbackUrl ?? '' },
		health_status: {
			can_send_message: 'AVAILABLE',
			entities: [{ entity_type: 'PHONE_NUMBER', id: number.phoneNumberId, can_send_message: 'AVAILABLE' }],
		},
		whatsapp_business_manager_messaging_limit: 'TIER_2K',
	};
}

async function override(simulation: Simulation, key: string, body: Json): Promise<Problem | null> {
	const { override_callback_uri: uri, verify_token: verifyToken } = body;
	if (uri === undefined || uri === '') {
		simulation.webhooks.overrides.delete(key);
		return null;
	}
	if (typeof uri !== 'string' || uri.length > 200 || !/^https?:\/\//.test(uri)) {
		return { code: 100, details: 'override_callback_uri must be a URL of at most 200 characters.' };
	}
	const check = await simulation.webhooks.verify(uri, String(verifyToken ?? ''));
	if (!check.verified) return { code: 2200, details: `Callback verification failed: ${check.reason}.` };
	simulation.webhooks.overrides.set(key, uri);
	return null;
}
