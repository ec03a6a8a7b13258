import type { BusinessNumber } from '../model';
import { numbersOf, type Simulation } from '../simulation';
import { appOfToken } from './access';
import { isObject, type Json } from './checks';
import type { Problem } from './errors';

/** What is known about numbers, WABAs and tokens? The reads and subscriptions a credential needs (cloud-api.md §7). */
export type AccountAnswer = { ok: true; body: Json } | { ok: false; problem: Problem };

const APP = { name: 'Simulador WhatsApp', link: 'https://www.facebook.com/' };

export function phoneNumber(simulation: Simulation, number: BusinessNumber, fields: string | null): AccountAnswer {
	return chosen(phoneFields(simulation, number), fields ?? DEFAULT_FIELDS, 'WhatsAppBusinessPhoneNumber');
}

export function businessAccount(simulation: Simulation, wabaId: string, fields: string | null): AccountAnswer {
	const restriction = simulation.health.restriction(wabaId, simulation.clock.now());
	const all = {
		id: wabaId,
		name: numbersOf(simulation, wabaId)[0]?.verifiedName ?? wabaId,
		currency: 'USD',
		timezone_id: '25',
		message_template_namespace: `${wabaId}_modelos`,
		account_review_status: 'APPROVED',
		business_verification_status: 'verified',
		status: restriction ? 'RESTRICTED' : 'ACTIVE',
		country: 'BR',
		health_status: healthOf(simulation, wabaId, []),
		whatsapp_business_manager_messaging_limit: simulation.health.of(
			numbersOf(simulation, wabaId)[0]?.phoneNumberId ?? '',
		).limit,
	};
	return chosen(all, fields ?? 'id,name,timezone_id,message_template_namespace', 'WhatsAppBusinessAccount');
}

export function phoneNumbers(simulation: Simulation, numbers: BusinessNumber[], fields: string | null): AccountAnswer {
	const data: Json[] = [];
	for (const number of numbers) {
		const one = phoneNumber(simulation, number, fields);
		if (!one.ok) return one;
		data.push(one.body);
	}
	return { ok: true, body: { data, paging: { cursors: { before: 'QVFI', after: 'QVFI' } } } };
}

export function listSubscriptions(simulation: Simulation, wabaId: string): AccountAnswer {
	const override = simulation.webhooks.overrides.get(wabaId);
	const appId = numbersOf(simulation, wabaId)[0]?.appId ?? '';
	const own = {
		whatsapp_business_api_data: { id: appId, ...APP },
		...(override ? { override_callback_uri: override } : {}),
	};
	const others = (simulation.apps.foreign.get(wabaId) ?? []).map(({ id, name }) => ({
		whatsapp_business_api_data: { id, name, link: APP.link },
	}));
	const subscribed = !simulation.webhooks.unsubscribed.has(wabaId);
	return { ok: true, body: { data: [...(subscribed ? [own] : []), ...others] } };
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

/** What Graph says about a token; an app token describes itself as one. */
export function debugToken(simulation: Simulation, input: string | null): AccountAnswer {
	const numbers = [...simulation.world.numbers.values()].filter((number) => number.token === input);
	const appId = appOfToken(simulation, input);
	if (input === null || (numbers.length === 0 && appId === null)) {
		const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
		return { ok: true, body: { data: { error, is_valid: false, scopes: [] } } };
	}
	if (numbers.length === 0) {
		const data = { app_id: appId, type: 'APP', application: APP.name, is_valid: true, scopes: [] };
		return { ok: true, body: { data } };
	}
	const { expiresAt, scopes } = simulation.tokens.get(input);
	const expired = simulation.tokens.expired(input, simulation.clock.now());
	const targets = [...new Set(numbers.map((number) => number.wabaId))];
	const error = { code: 190, message: 'Error validating access token: Session has expired', subcode: 463 };
	return {
		ok: true,
		body: {
			data: {
				app_id: numbers[0]!.appId,
				type: 'SYSTEM_USER',
				application: APP.name,
				data_access_expires_at: 0,
				expires_at: expiresAt === null ? 0 : Math.floor(expiresAt / 1000),
				is_valid: !expired,
				...(expired ? { error } : {}),
				issued_at: 1_767_225_600,
				scopes,
				granular_scopes: scopes.map((scope) => ({ scope, target_ids: targets })),
				user_id: '122000000000001',
			},
		},
	};
}

const DEFAULT_FIELDS = 'verified_name,code_verification_status,display_phone_number,quality_rating';

function chosen(all: Json, fields: string, type: string): AccountAnswer {
	const body: Json = {};
	for (const field of [...fields.split(',').map((one) => one.trim()), 'id']) {
		if (!(field in all)) {
			const title = `Tried accessing nonexisting field (${field}) on node type (${type})`;
			return { ok: false, problem: { code: 100, title, details: `Unknown field '${field}'.` } };
		}
		body[field] = all[field];
	}
	return { ok: true, body };
}

function phoneFields(simulation: Simulation, number: BusinessNumber): Json {
	const health = simulation.health.of(number.phoneNumberId);
	const { overrides } = simulation.webhooks;
	const [ofNumber, ofWaba] = [overrides.get(number.phoneNumberId), overrides.get(number.wabaId)];
	const entity = { entity_type: 'PHONE_NUMBER', id: number.phoneNumberId };
	return {
		id: number.phoneNumberId,
		display_phone_number: number.displayPhone,
		verified_name: number.verifiedName,
		quality_rating: health.quality,
		status: health.status,
		name_status: 'APPROVED',
		code_verification_status: 'VERIFIED',
		platform_type: 'CLOUD_API',
		throughput: { level: 'STANDARD' },
		is_on_biz_app: false,
		webhook_configuration: {
			...(ofNumber ? { phone_number: ofNumber } : {}),
			...(ofWaba ? { whatsapp_business_account: ofWaba } : {}),
			application: number.callbackUrl ?? '',
		},
		health_status: healthOf(simulation, number.wabaId, [
			health.spamLimited || health.status === 'FLAGGED'
				? limited(entity, 141_002, 'Too many people blocked or reported this number.')
				: { ...entity, can_send_message: 'AVAILABLE' },
		]),
		whatsapp_business_manager_messaging_limit: health.limit,
	};
}

/** The worst of the entities decides. */
function healthOf(simulation: Simulation, wabaId: string, numbers: Json[]): Json {
	const now = simulation.clock.now();
	const restriction = simulation.health.restriction(wabaId, now);
	const unpaid = numbersOf(simulation, wabaId).some(
		(number) => simulation.health.of(number.phoneNumberId).paymentProblem,
	);
	const waba = { entity_type: 'WABA', id: wabaId };
	const account = unpaid
		? limited(waba, 141_006, 'There is an error with the payment method.', 'BLOCKED')
		: restriction
			? limited(waba, 141_000, `The account has the restriction ${restriction.type}.`)
			: { ...waba, can_send_message: 'AVAILABLE' };
	const entities: Json[] = [...numbers, account];
	const words = entities.map((entity) => entity.can_send_message);
	const worst = ['BLOCKED', 'LIMITED'].find((word) => words.includes(word)) ?? 'AVAILABLE';
	return { can_send_message: worst, entities };
}

function limited(entity: Json, code: number, description: string, word = 'LIMITED'): Json {
	const error = { error_code: code, error_description: description, possible_solution: 'See WhatsApp Manager.' };
	return { ...entity, can_send_message: word, errors: [error] };
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
