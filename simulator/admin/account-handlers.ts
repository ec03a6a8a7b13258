import { digitsOf } from '../phones';
import { numbersOf, type Simulation } from '../simulation';
import { preferenceChange } from '../webhooks/payloads';
import type { Handler } from './handlers';
import { chatOf, numberOf, ok, refusal, UNKNOWN_CHAT } from './requests';

/** What Meta decides about an account, a number, a token, and what a person decides about promotions. */
const NEVER = 365 * 86_400_000;

/** `quality`, `limit`, `spamLimited`, `paymentProblem`; an `event` is told by phone_number_quality_update. */
export const setNumberHealth: Handler = (simulation, { params, body }) => {
	const number = simulation.world.numbers.get(params.id ?? '');
	if (!number) return refusal('No such number.', 404);
	const before = simulation.health.of(number.phoneNumberId);
	const { event, ...patch } = body;
	if (event === 'FLAGGED') Object.assign(patch, { status: 'FLAGGED', quality: patch.quality ?? 'RED' });
	if (event === 'UNFLAGGED') Object.assign(patch, { status: 'CONNECTED', quality: patch.quality ?? 'GREEN' });
	const health = simulation.health.change(number.phoneNumberId, patch);
	const told = event ?? eventFor(before.limit, health.limit);
	if (told) {
		tell(simulation, number.wabaId, 'phone_number_quality_update', {
			display_phone_number: digitsOf(number.displayPhone),
			event: told,
			...(before.limit === health.limit ? {} : { old_limit: before.limit }),
			current_limit: health.limit,
			max_daily_conversations_per_business: health.limit,
		});
	}
	simulation.events.emit({ type: 'settings' });
	return ok(health);
};

/** `type` null lifts it; `forMs` on the virtual clock. */
export const restrictAccount: Handler = (simulation, { params, body }) => {
	const wabaId = params.wabaId ?? '';
	if (numbersOf(simulation, wabaId).length === 0) return refusal('No such WABA.', 404);
	if (body.type === null) {
		simulation.health.restrict(wabaId, null);
		simulation.events.emit({ type: 'settings' });
		return ok();
	}
	const type = String(body.type ?? 'RESTRICTED_BIZ_INITIATED_MESSAGING');
	const until = simulation.clock.now() + Number(body.forMs ?? NEVER);
	simulation.health.restrict(wabaId, { type, until });
	tell(simulation, wabaId, 'account_update', {
		event: 'ACCOUNT_RESTRICTION',
		restriction_info: [{ restriction_type: type, expiration: Math.floor(until / 1000) }],
		violation_info: { violation_type: String(body.violation ?? 'SPAM') },
	});
	simulation.events.emit({ type: 'settings' });
	return ok({ type, until });
};

export const changeCapability: Handler = (simulation, { params, body }) => {
	const wabaId = params.wabaId ?? '';
	const numbers = numbersOf(simulation, wabaId);
	if (numbers.length === 0) return refusal('No such WABA.', 404);
	const limit = String(body.limit ?? 'TIER_10K');
	for (const { phoneNumberId } of numbers) simulation.health.change(phoneNumberId, { limit });
	tell(simulation, wabaId, 'business_capability_update', {
		max_daily_conversations_per_business: limit,
		max_phone_numbers_per_business: Number(body.maxNumbers ?? 20),
	});
	simulation.events.emit({ type: 'settings' });
	return ok();
};

/** Any other news: exactly this field and value, with the account's id and the time around it. */
export const sendNews: Handler = (simulation, { params, body }) => {
	const wabaId = params.wabaId ?? '';
	if (numbersOf(simulation, wabaId).length === 0) return refusal('No such WABA.', 404);
	if (typeof body.field !== 'string') return refusal('field and value are required.');
	tell(simulation, wabaId, body.field, body.value ?? {});
	return ok();
};

/** The contact taps "stop promotions" (or takes it back) inside WhatsApp. */
export const setPreferences: Handler = (simulation, { params, body }) => {
	const chat = chatOf(simulation, params.waId ?? '', body.phoneNumberId);
	if (!chat) return refusal(UNKNOWN_CHAT, 404);
	if (body.marketing !== 'stop' && body.marketing !== 'resume') return refusal("marketing must be 'stop' or 'resume'.");
	const { number, contact } = chat;
	contact.marketingStopped = body.marketing === 'stop';
	const at = simulation.clock.now();
	simulation.webhooks.sendToApp([number], preferenceChange(number, contact, body.marketing, at), at);
	simulation.events.emit({ type: 'contact', waId: contact.waId });
	return ok(contact);
};

/** `expired` true ends the number's token now, `expiresInMs` later, false heals it; `scopes` are what it may do. */
export const setToken: Handler = (simulation, { params, body }) => {
	const number = params.id === undefined ? numberOf(simulation, null) : simulation.world.numbers.get(params.id);
	if (!number) return refusal('No such number.', 404);
	const now = simulation.clock.now();
	const expiresAt =
		body.expired === true
			? { expiresAt: now }
			: typeof body.expiresInMs === 'number'
				? { expiresAt: now + body.expiresInMs }
				: body.expired === false
					? { expiresAt: null }
					: {};
	const scopes = Array.isArray(body.scopes) ? { scopes: body.scopes.map(String) } : {};
	const state = simulation.tokens.change(number.token, { ...expiresAt, ...scopes });
	simulation.events.emit({ type: 'settings' });
	return ok(state);
};

/** Somebody else's app listens to the WABA too. */
export const addForeignApp: Handler = (simulation, { params, body }) => {
	const wabaId = params.wabaId ?? '';
	if (numbersOf(simulation, wabaId).length === 0) return refusal('No such WABA.', 404);
	const app = {
		id: String(body.id ?? '300000000000001'),
		name: String(body.name ?? 'Outro aplicativo'),
		callbackUrl: typeof body.callbackUrl === 'string' ? body.callbackUrl : null,
		appSecret: String(body.appSecret ?? 'other-app-secret'),
	};
	simulation.apps.addForeign(wabaId, app);
	return ok(app);
};

/** Which limit event a change of tier is; none when it stays. */
function eventFor(before: string, after: string): 'UPGRADE' | 'DOWNGRADE' | null {
	if (before === after) return null;
	const tiers = ['TIER_50', 'TIER_250', 'TIER_1K', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'];
	return tiers.indexOf(after) > tiers.indexOf(before) ? 'UPGRADE' : 'DOWNGRADE';
}

function tell(simulation: Simulation, wabaId: string, field: string, value: Record<string, unknown>): void {
	simulation.webhooks.sendToApp(numbersOf(simulation, wabaId), { field, value }, simulation.clock.now());
}
