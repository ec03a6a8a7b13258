/**
 * Where does Meta deliver what happens to a number? Three addresses decide, the first that is set wins: one of the number,
 * one of its WhatsApp account, the app's. Reading only. Source: https://developers.facebook.com/docs/graph-api/webhooks/subscriptions-edge
 * and Cloud API "override callback URL".
 */
import { z } from 'zod/v4';
import type { Problem } from '../../port';
import { appProblem } from '../check-app';
import { appToken, type CloudApiCredentials } from '../credentials';
import { describeFailure } from '../describe-test';
import { readGraphError } from '../errors';
import { openGraph, type Graph, type GraphAnswer, type GraphOptions } from '../graph';
import { optionalText } from '../webhook-fields';

/** What was read, or why it could not be. `passing`: the same question may be answered in a minute. */
export type Reading<T> = { type: 'ok'; value: T } | { type: 'failed'; problem: Problem; passing: boolean };

export interface AppCallback {
	url: string;
	active: boolean;
	fields: string[];
}

export interface SubscribedApp {
	id: string;
	name: string | null;
	/** Where this app wants the account's messages instead of its own callback. */
	override: string | null;
}

/** The addresses in their order; null when there is none. */
export interface Overrides {
	number: string | null;
	account: string | null;
	/** The app's own, which needs no App ID to be seen here. */
	app: string | null;
}

export interface GraphOfNumber {
	credentials: CloudApiCredentials;
	/** Speaks with the access token. */
	graph: Graph;
	/** Speaks with the app's own token; null without an App ID. */
	app: Graph | null;
	close(): void;
}

export const WHATSAPP_OBJECT = 'whatsapp_business_account';

export function openGraphOfNumber(credentials: CloudApiCredentials, options: GraphOptions = {}): GraphOfNumber {
	const graph = openGraph(credentials, options);
	const token = appToken(credentials);
	const app = token === null ? null : openGraph({ ...credentials, accessToken: token }, options);
	return {
		credentials,
		graph,
		app,
		close: () => {
			graph.close();
			app?.close();
		},
	};
}

const appSchema = z.object({
	data: z.array(
		z.object({
			object: z.string(),
			callback_url: optionalText,
			active: z.boolean().catch(true),
			fields: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).catch([]),
		}),
	),
});

/** `value` is null when the app has no callback for WhatsApp. */
export async function readAppCallback({ credentials, app }: GraphOfNumber): Promise<Reading<AppCallback | null>> {
	if (!app) return { type: 'failed', problem: NO_APP_ID, passing: false };
	const answer = await app.get(`/${encodeURIComponent(credentials.appId!)}/subscriptions`);
	const body = bodyOf(answer, appSchema);
	if (!body) return appFailure(credentials, answer, app.host);
	const own = body.data.find(({ object }) => object === WHATSAPP_OBJECT);
	if (!own?.callback_url) return { type: 'ok', value: null };
	return { type: 'ok', value: { url: own.callback_url, active: own.active, fields: own.fields } };
}

const appsSchema = z.object({
	data: z.array(
		z.object({
			whatsapp_business_api_data: z.object({ id: z.coerce.string(), name: optionalText }),
			override_callback_uri: optionalText,
		}),
	),
});

/** The apps that hear of the account; without one nothing arrives. */
export async function readSubscribedApps({ credentials, graph }: GraphOfNumber): Promise<Reading<SubscribedApp[]>> {
	const answer = await graph.get(`/${encodeURIComponent(credentials.wabaId)}/subscribed_apps`);
	const body = bodyOf(answer, appsSchema);
	if (!body) return accountFailure(answer, graph.host);
	const value = body.data.map(({ whatsapp_business_api_data: { id, name }, override_callback_uri: override }) => ({
		id,
		name: name ?? null,
		override: override || null,
	}));
	return { type: 'ok', value };
}

const overridesSchema = z.object({
	webhook_configuration: z
		.object({ phone_number: optionalText, whatsapp_business_account: optionalText, application: optionalText })
		.optional()
		.catch(undefined),
});

export async function readOverrides({ credentials, graph }: GraphOfNumber): Promise<Reading<Overrides>> {
	const path = `/${encodeURIComponent(credentials.phoneNumberId)}?fields=webhook_configuration`;
	const answer = await graph.get(path);
	const body = bodyOf(answer, overridesSchema);
	if (!body) return plainFailure(answer, graph.host);
	const { phone_number: number, whatsapp_business_account: account, application } = body.webhook_configuration ?? {};
	return { type: 'ok', value: { number: number || null, account: account || null, app: application || null } };
}

export const NO_APP_ID: Problem = {
	what: 'App ID is empty in the credential.',
	why: 'Only the app itself may read and change where its webhooks go.',
	fix: 'Copy App ID from the app dashboard (App settings > Basic) into the credential.',
};

export function appFailure({ appId }: CloudApiCredentials, answer: GraphAnswer, host: string) {
	const byItself: GraphAnswer = { type: 'failed', left: false, cause: 'UNKNOWN' };
	const problem = appProblem(appId ?? '', { byApp: answer, byItself }, host) ?? describeFailure(answer, host);
	return { type: 'failed' as const, problem, passing: isPassing(answer) };
}

export function accountFailure(answer: GraphAnswer, host: string) {
	const error = answer.type === 'answered' ? readGraphError(answer.body) : null;
	const unknown = error && (error.code === 33 || (error.code === 100 && error.subcode === 33));
	const problem = unknown
		? {
				what: 'Meta does not know this WhatsApp Business Account ID for this token.',
				why: 'The id is wrong, or the system user of the token was not given the account.',
				fix: 'Copy it from the app dashboard (WhatsApp > API Setup) and assign the account to the system user.',
			}
		: describeFailure(answer, host);
	return { type: 'failed' as const, problem, passing: isPassing(answer) };
}

export function plainFailure(answer: GraphAnswer, host: string) {
	return { type: 'failed' as const, problem: describeFailure(answer, host), passing: isPassing(answer) };
}

/** Codes of Graph that pass by themselves: outages and limits. */
const PASSING = new Set([1, 2, 4, 80007, 80008, 131000, 131016, 131057, 133004]);

function isPassing(answer: GraphAnswer): boolean {
	if (answer.type === 'failed') return true;
	const error = readGraphError(answer.body);
	return error ? error.transient || PASSING.has(error.code) : answer.status >= 500;
}

function bodyOf<T>(answer: GraphAnswer, schema: z.ZodType<T>): T | null {
	const parsed = answer.type === 'answered' && answer.status < 300 ? schema.safeParse(answer.body) : null;
	return parsed?.success ? parsed.data : null;
}
