/**
 * Makes Meta deliver to our address, or takes that back; a few calls to Graph, each at most a few times.
 * Meta asks the address for its verify token before it agrees (GET hub.challenge), so it must already answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../port';
import type { CloudApiCredentials } from '../credentials';
import { readGraphError } from '../errors';
import type { GraphAnswer, GraphOptions } from '../graph';
import { debugTokenPath, readTokenFacts } from '../token-facts';
import { OPTIONAL_FIELDS, planLeaving, planSubscription, type Plan, type Step, type SubscriptionWish } from './plan';
import {
	WHATSAPP_OBJECT,
	accountFailure,
	appFailure,
	openGraphOfNumber,
	plainFailure,
	readAppCallback,
	readOverrides,
	readSubscribedApps,
	type GraphOfNumber,
	type Reading,
} from './routes';

export type Subscribed =
	/** `changed`: something had to be done. */
	{ type: 'subscribed'; changed: boolean } | Exclude<Plan, { type: 'steps' }> | ({ type: 'failed' } & Failure);

export type Left = { type: 'left'; changed: boolean } | Extract<Subscribed, { type: 'failed' }>;

export interface SubscribeOptions extends GraphOptions {
	/** Before Meta is asked again to verify an address it could not reach. */
	pausesMs?: readonly number[];
}

const PAUSES_MS = [1_000, 3_000];
/** Cloud API "override callback URL". */
const LONGEST_OVERRIDE = 200;

export async function subscribeWebhook(
	credentials: CloudApiCredentials,
	wish: SubscriptionWish,
	options: SubscribeOptions = {},
): Promise<Subscribed> {
	if (credentials.verifyToken === '') return { type: 'failed', problem: NO_VERIFY_TOKEN, passing: false };
	const number = openGraphOfNumber(credentials, options);
	try {
		const needsApp = wish.mode === 'app';
		const [app, apps, overrides, appId] = await Promise.all([
			needsApp || number.app ? readAppCallback(number) : undefined,
			readSubscribedApps(number),
			readOverrides(number),
			ownAppId(number),
		]);
		for (const reading of [app, apps, overrides]) if (reading?.type === 'failed') return reading;
		const plan = planSubscription(wish, {
			app: valueOf(app),
			apps: valueOf(apps)!,
			overrides: valueOf(overrides)!,
			appId,
		});
		if (plan.type !== 'steps') return plan;
		for (const step of plan.steps) {
			const failure = await patiently(() => takeStep(number, wish, step), options.pausesMs ?? PAUSES_MS);
			if (failure) return { type: 'failed', ...failure };
		}
		return { type: 'subscribed', changed: plan.steps.length > 0 };
	} finally {
		number.close();
	}
}

/** Takes back what names this address; somebody else's callback stays as it is. */
export async function leaveWebhook(
	credentials: CloudApiCredentials,
	url: string,
	options: GraphOptions = {},
): Promise<Left> {
	const number = openGraphOfNumber(credentials, options);
	try {
		const [app, overrides] = await Promise.all([
			number.app ? readAppCallback(number) : undefined,
			readOverrides(number),
		]);
		for (const reading of [app, overrides]) if (reading?.type === 'failed') return reading;
		const steps = planLeaving(url, { app: valueOf(app), overrides: valueOf(overrides)! });
		for (const step of steps) {
			const failure =
				step.type === 'deleteAppCallback' ? await deleteAppCallback(number) : await setOverride(number, '');
			if (failure) return { type: 'failed', ...failure };
		}
		return { type: 'left', changed: steps.length > 0 };
	} finally {
		number.close();
	}
}

const NO_VERIFY_TOKEN: Problem = {
	what: 'Verify Token is empty in the credential.',
	why: 'Meta asks the address for it before it delivers anything there.',
	fix: 'Make one up and enter it in the credential: any words nobody can guess.',
};

interface Failure {
	problem: Problem;
	/** It may work in a minute, with nobody mending anything. */
	passing: boolean;
	/** Meta could not reach the address: it may have just been published. */
	unverified?: boolean;
}

async function patiently(act: () => Promise<Failure | null>, pausesMs: readonly number[]): Promise<Failure | null> {
	let failure = await act();
	for (const pause of pausesMs) {
		if (!failure || !(failure.unverified || failure.passing)) break;
		await sleep(pause);
		failure = await act();
	}
	return failure;
}

async function takeStep(number: GraphOfNumber, wish: SubscriptionWish, step: Step): Promise<Failure | null> {
	const { credentials, graph } = number;
	switch (step.type) {
		case 'setAppCallback':
			return setAppCallback(number, wish.url, step.fields);
		case 'setNumberOverride':
			if (wish.url.length > LONGEST_OVERRIDE) return tooLong(wish.url);
			return setOverride(number, wish.url);
		case 'clearNumberOverride':
			return setOverride(number, '');
		// The same call without an address subscribes the account and takes an earlier address of the app back.
		case 'subscribeAccount':
		case 'clearAccountOverride': {
			const answer = await graph.post(`/${encodeURIComponent(credentials.wabaId)}/subscribed_apps`, {});
			return isDone(answer) ? null : accountFailure(answer, graph.host);
		}
	}
}

async function setAppCallback(number: GraphOfNumber, url: string, fields: readonly string[]): Promise<Failure | null> {
	const { credentials, app } = number;
	const path = `/${encodeURIComponent(credentials.appId!)}/subscriptions`;
	const ask = (names: readonly string[]) =>
		app!.post(path, {
			object: WHATSAPP_OBJECT,
			callback_url: url,
			verify_token: credentials.verifyToken,
			fields: names.join(','),
			include_values: true,
		});
	let answer = await ask(fields);
	if (codeOf(answer) === 100) answer = await ask(fields.filter((name) => !OPTIONAL_FIELDS.has(name)));
	if (isDone(answer)) return null;
	return unverified(answer, url) ?? appFailure(credentials, answer, app!.host);
}

async function deleteAppCallback({ credentials, app }: GraphOfNumber): Promise<Failure | null> {
	const path = `/${encodeURIComponent(credentials.appId!)}/subscriptions?object=${WHATSAPP_OBJECT}`;
	const answer = await app!.delete(path);
	return isDone(answer) ? null : appFailure(credentials, answer, app!.host);
}

async function setOverride({ credentials, graph }: GraphOfNumber, url: string): Promise<Failure | null> {
	const verify = url === '' ? {} : { verify_token: credentials.verifyToken };
	const answer = await graph.post(`/${encodeURIComponent(credentials.phoneNumberId)}`, {
		webhook_configuration: { override_callback_uri: url, ...verify },
	});
	if (isDone(answer)) return null;
	return unverified(answer, url) ?? plainFailure(answer, graph.host);
}

/** Without an App ID the token says whose it is; null when even that is not to be had. */
async function ownAppId({ credentials, graph }: GraphOfNumber): Promise<string | null> {
	if (credentials.appId) return credentials.appId;
	return readTokenFacts(await graph.get(debugTokenPath(credentials.accessToken)))?.appId ?? null;
}

const VERIFICATION_FAILED = 2200;

function unverified(answer: GraphAnswer, url: string): Failure | null {
	const error = answer.type === 'answered' ? readGraphError(answer.body) : null;
	const speaksOfIt = error && /callback/i.test(error.details) && /verif/i.test(error.details);
	if (!error || !(error.code === VERIFICATION_FAILED || speaksOfIt)) return null;
	return {
		problem: {
			what: `Meta could not verify the address ${url}.`,
			why: error.details,
			fix: 'Meta must reach n8n from the internet under this address, over HTTPS: set WEBHOOK_URL of n8n to its public address (or start the tunnel), then publish again.',
		},
		passing: false,
		unverified: true,
	};
}

function tooLong(url: string): Failure {
	return {
		problem: {
			what: 'The address of this node is too long for one number.',
			why: `Meta takes at most ${LONGEST_OVERRIDE} characters; it has ${url.length}.`,
			fix: 'Choose App and Account, or give n8n a shorter WEBHOOK_URL.',
		},
		passing: false,
	};
}

function codeOf(answer: GraphAnswer): number | null {
	return (answer.type === 'answered' && readGraphError(answer.body)?.code) || null;
}

function isDone(answer: GraphAnswer): boolean {
	return answer.type === 'answered' && answer.status < 300;
}

function valueOf<T>(reading: Reading<T> | undefined): T | undefined {
	return reading?.type === 'ok' ? reading.value : undefined;
}
