/**
 * What does Meta say about an access token? Pure reading of `GET /debug_token`.
 * Source: https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
import { z } from 'zod/v4';
import type { Instant } from '../../model';
import type { GraphAnswer } from './graph';
import { optionalText } from './webhook-fields';

export interface TokenFacts {
	valid: boolean;
	/** The app it was created for. */
	appId: string | null;
	appName: string | null;
	/** Null: it never ends. */
	expiresAt: Instant | null;
	scopes: string[];
	/** WhatsApp accounts a permission is limited to; a permission that is not named here is not limited. */
	targets: Record<string, string[]>;
	/** Why it is not valid, as Meta says it. */
	reason: string | null;
}

export const MESSAGING = 'whatsapp_business_messaging';
export const MANAGEMENT = 'whatsapp_business_management';

/** The address carries the token, so it belongs into no message. */
export function debugTokenPath(token: string): string {
	return `/debug_token?input_token=${encodeURIComponent(token)}`;
}

const seconds = z.coerce.number().int().nonnegative().catch(0);
const tokenSchema = z.object({
	data: z.object({
		is_valid: z.boolean(),
		app_id: z.coerce.string().optional().catch(undefined),
		application: optionalText,
		expires_at: seconds,
		data_access_expires_at: seconds,
		scopes: z.array(z.string()).catch([]),
		granular_scopes: z
			.array(z.object({ scope: z.string(), target_ids: z.array(z.coerce.string()).optional() }))
			.catch([]),
		error: z.object({ message: optionalText }).optional().catch(undefined),
	}),
});

/** @returns null when the answer is not what debug_token says */
export function readTokenFacts(answer: GraphAnswer): TokenFacts | null {
	const parsed = answer.type === 'answered' && answer.status < 300 ? tokenSchema.safeParse(answer.body) : null;
	if (!parsed?.success) return null;
	const { data } = parsed.data;
	const ends = [data.expires_at, data.data_access_expires_at].filter((at) => at > 0);
	const limited = data.granular_scopes.filter(({ target_ids }) => (target_ids?.length ?? 0) > 0);
	return {
		valid: data.is_valid,
		appId: data.app_id ?? null,
		appName: data.application ?? null,
		expiresAt: ends.length > 0 ? Math.min(...ends) * 1000 : null,
		scopes: data.scopes,
		targets: Object.fromEntries(limited.map(({ scope, target_ids }) => [scope, target_ids!])),
		reason: data.error?.message ?? null,
	};
}
