/** Do these credentials work? Asked before they are used: nothing is registered, the connection is closed again. */
import type { ChannelHealth, Problem } from '../port';
import { tidyCredentials, type CloudApiCredentials } from './credentials';
import { openGraph, type GraphOptions } from './graph';
import { HEALTH_FIELDS, readHealth } from './health';

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
	const missing = NEEDED.filter(({ field }) => credentials[field] === '').map(({ label, why, where }): Problem => ({
		what: `${label} is empty.`,
		why,
		fix: `Copy it from ${where}.`,
	}));
	if (missing.length > 0) return { ok: false, phone: null, name: null, quality: 'unknown', problems: missing };
	const graph = openGraph(credentials, options);
	try {
		const path = `/${encodeURIComponent(credentials.phoneNumberId)}?fields=${FIELDS}`;
		return readHealth(await graph.get(path), graph.host);
	} finally {
		graph.close();
	}
}
