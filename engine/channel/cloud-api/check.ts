/** Do these credentials work? Asked before they are used: nothing is registered, the connection is closed again. */
import type { ChannelHealth, Problem } from '../port';
import { appProblem } from './check-app';
import { appToken, tidyCredentials, type CloudApiCredentials } from './credentials';
import { openGraph, type Graph, type GraphOptions } from './graph';
import { HEALTH_FIELDS, readHealth } from './health';
import { debugTokenPath } from './token-facts';

const NEEDED: ReadonlyArray<{ field: keyof CloudApiCredentials; label: string; why: string; where: string }> = [
	{
		field: 'accessToken',
		label: 'Access Token',
		why: 'Without it Meta answers no call.',
		where: 'Business settings > System users > Generate token',
	},
	{
		field: 'phoneNumberId',
		label: 'Phone Number ID',
		why: 'It says which number sends.',
		where: 'the app dashboard, WhatsApp > API Setup',
	},
	{
		field: 'appSecret',
		label: 'App Secret',
		why: 'Without it received messages cannot be told from forged ones and are refused.',
		where: 'the app dashboard, App settings > Basic',
	},
];

/** Not the webhook: a credential is made before anything can be published for it. */
const FIELDS = HEALTH_FIELDS.split(',')
	.filter((field) => field !== 'webhook_configuration')
	.join(',');

export async function checkCloudApi(
	given: Partial<CloudApiCredentials>,
	options: GraphOptions = {},
): Promise<ChannelHealth> {
	const credentials = tidyCredentials(given);
	const missing = missingFields(credentials);
	if (missing.length > 0) return { ok: false, phone: null, name: null, quality: 'unknown', problems: missing };
	const graph = openGraph(credentials, options);
	try {
		const path = `/${encodeURIComponent(credentials.phoneNumberId)}?fields=${FIELDS}`;
		const [answer, app] = await Promise.all([graph.get(path), checkApp(credentials, graph, options)]);
		const health = readHealth(answer, graph.host);
		// Without a network both would say the same.
		if (!app || answer.type === 'failed') return health;
		return { ...health, ok: false, problems: [...health.problems, app] };
	} finally {
		graph.close();
	}
}

/** One problem for each value a number cannot be used without. */
export function missingFields(credentials: CloudApiCredentials): Problem[] {
	return NEEDED.filter(({ field }) => !credentials[field]).map(({ label, why, where }) => ({
		what: `${label} is empty.`,
		why,
		fix: `Copy it from ${where}.`,
	}));
}

/** @returns null when App ID, App Secret and Access Token belong together, or no App ID is given */
export async function checkApp(
	credentials: CloudApiCredentials,
	graph: Graph,
	options: GraphOptions = {},
): Promise<Problem | null> {
	const token = appToken(credentials);
	if (token === null) return null;
	const app = openGraph({ ...credentials, accessToken: token }, options);
	try {
		const path = debugTokenPath(credentials.accessToken);
		const [byApp, byItself] = await Promise.all([app.get(path), graph.get(path)]);
		return appProblem(credentials.appId!, { byApp, byItself }, graph.host);
	} finally {
		app.close();
	}
}
