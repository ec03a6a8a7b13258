/**
 * Does what happens to the number reach this desk (D-29, D-30)? Compares what Meta was told with where webhooks of the desk
 * receive. Pure.
 */
import { fine, problem, wrong } from '../../findings';
import type { Finding } from '../../port';
import { FIELDS, OPTIONAL_FIELDS } from '../webhook/plan';
import type { AppCallback, Overrides, Reading, SubscribedApp } from '../webhook/routes';

const CONFIGURATION = 'App dashboard > WhatsApp > Configuration';
const PASTE = `Publish a workflow with a Cloud API Webhook and paste its production URL and the Verify Token of the credential into ${CONFIGURATION}, or let the node subscribe (Subscribe Automatically).`;
const UNCHECKED = 'Not checked: App ID is empty in the credential.';

export function accountFindings(apps: Reading<SubscribedApp[]>, appId: string | null): Finding[] {
	if (apps.type === 'failed') return [problem('accountSubscription', apps.problem)];
	const named = apps.value.map(({ id, name }) => (name ? `${name} (${id})` : id)).join(', ');
	const fix = `Set Subscribe Automatically of the Cloud API Webhook to App and Account and publish it again, or call POST /{WhatsApp Business Account ID}/subscribed_apps with the token.`;
	if (apps.value.length === 0) {
		return [wrong('accountSubscription', 'No app is subscribed to the WhatsApp account, so nothing arrives.', fix)];
	}
	if (appId !== null && !apps.value.some(({ id }) => id === appId)) {
		const found = `The WhatsApp account is subscribed to ${named}, but not to the app of this credential (${appId}).`;
		return [wrong('accountSubscription', found, fix)];
	}
	return [fine('accountSubscription', `The WhatsApp account is subscribed to ${named}.`)];
}

export function callbackFindings(overrides: Reading<Overrides>, receivingAt: readonly string[]): Finding[] {
	if (overrides.type === 'failed') return [problem('callback', overrides.problem)];
	const { app, number, account } = overrides.value;
	const isOurs = (url: string | null) => url !== null && receivingAt.includes(url);
	const [messages, level] = number ? [number, 'number'] : account ? [account, 'WhatsApp account'] : [app, 'app'];
	return [callback(), override()];

	function callback(): Finding {
		if (messages === null) return wrong('callback', 'Meta has no callback URL, so nothing arrives.', PASTE);
		if (isOurs(messages)) return fine('callback', `Meta delivers messages to ${messages}, where this desk receives.`);
		if (receivingAt.length === 0) {
			return wrong(
				'callback',
				`Meta delivers messages to ${messages}, but this desk knows of no published Cloud API Webhook.`,
				'Publish the workflow with the Cloud API Webhook. If it is published already, publish it once more so that the desk learns its address.',
			);
		}
		return wrong(
			'callback',
			`Meta delivers messages to ${messages} (set for the ${level}), but this desk receives at ${receivingAt.join(' and ')}.`,
			`If that other address is yours and no longer needed, replace it in ${CONFIGURATION} or publish the Cloud API Webhook with Replace Another Callback. If others use it, choose This Number Only.`,
		);
	}

	function override(): Finding {
		if (!number && !account) return fine('override', 'No override takes messages away from the callback of the app.');
		const rest = app ? `; news of templates and the account still go to ${app}` : '';
		if (isOurs(messages)) return fine('override', `An override of the ${level} brings messages here${rest}.`);
		return wrong(
			'override',
			`An override of the ${level} sends messages to ${messages}, past the callback of the app.`,
			number
				? 'Publish the Cloud API Webhook with Replace Another Callback, or remove it: POST /{Phone Number ID} with webhook_configuration.override_callback_uri = "".'
				: 'Publish the Cloud API Webhook with Replace Another Callback, or remove it: POST /{WhatsApp Business Account ID}/subscribed_apps without a body.',
		);
	}
}

/** `app` is null without an App ID. */
export function fieldFindings(app: Reading<AppCallback | null> | null): Finding[] {
	if (app === null) return [fine('fields', UNCHECKED)];
	if (app.type === 'failed') return [problem('fields', app.problem)];
	if (app.value === null) return [wrong('fields', 'The app has no webhook for WhatsApp.', PASTE)];
	if (!app.value.active) return [wrong('fields', 'The webhook of the app is switched off.', PASTE)];
	const { fields } = app.value;
	const missing = FIELDS.filter((field) => !OPTIONAL_FIELDS.has(field) && !fields.includes(field));
	const fix = `Subscribe to ${missing.length === 1 ? 'it' : 'them'} in ${CONFIGURATION} > Webhook fields.`;
	if (missing.includes('messages')) {
		return [
			wrong('fields', 'The app does not listen to "messages": neither messages nor delivery reports arrive.', fix),
		];
	}
	if (missing.length > 0) return [wrong('fields', `The app does not listen to ${missing.join(', ')}.`, fix)];
	return [fine('fields', 'The app listens to messages and to all news the desk understands.')];
}
