/**
 * What happens at Meta when the workflow with this node is published or un-published? n8n stores both addresses of the node
 * before it calls these hooks, so the one Meta verifies already answers. Test mode never touches a subscription (D-29).
 */
import { NodeOperationError, WebhookPathTakenError } from 'n8n-workflow';
import type { IHookFunctions } from 'n8n-workflow';
import type { CloudApiCredentials, Subscribed, SubscriptionWish } from '../../engine/index';
import { CLOUD_API, getDesk, useCredentials } from '../shared/desk';

/** n8n starts or another process took over: nobody is there to read an error. */
const UNATTENDED = new Set(['init', 'leadershipChange']);

/** @throws an error that n8n shows to the person who publishes */
export async function published(context: IHookFunctions): Promise<void> {
	if (context.getMode() === 'manual') return;
	const url = ownUrl(context);
	const wish = readWish(context, url);
	// Knowing the address only serves Diagnose.
	if (!wish) return await noteAddress(context, url).catch(() => undefined);
	const { desk, credentials } = await useCredentials(context);
	await desk.webhooks.opened(credentials, url);
	if (UNATTENDED.has(context.getActivationMode())) return desk.webhooks.subscribeLater(credentials, wish);
	const result = await desk.webhooks.subscribe(credentials, wish);
	if (result.type !== 'subscribed') throw finalError(context, sentence(result, wish));
}

async function noteAddress(context: IHookFunctions, url: string): Promise<void> {
	const { desk, credentials } = await useCredentials(context);
	await desk.webhooks.opened(credentials, url);
}

export async function unpublished(context: IHookFunctions): Promise<void> {
	if (context.getMode() === 'manual') return;
	const url = ownUrl(context);
	const desk = await getDesk(context);
	await desk.webhooks.closed(url);
	if (!readWish(context, url)) return;
	desk.webhooks.leave(await context.getCredentials<CloudApiCredentials>(CLOUD_API), url);
}

function readWish(context: IHookFunctions, url: string): SubscriptionWish | null {
	const mode = context.getNodeParameter('subscribe', 'off');
	if (mode !== 'app' && mode !== 'number') return null;
	return { mode, url, replace: context.getNodeParameter('replaceCallback', false) === true };
}

function ownUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url) return url;
	throw new NodeOperationError(context.getNode(), 'n8n gave this node no webhook URL.');
}

const WHOSE = { app: 'The Meta app', account: 'The WhatsApp account', number: 'This number' };

function sentence(result: Exclude<Subscribed, { type: 'subscribed' }>, { url }: SubscriptionWish): string {
	switch (result.type) {
		case 'taken':
			return `${WHOSE[result.level]} already delivers to ${result.url}, and whoever uses that address would receive nothing any more. Un-publish what receives there, or switch on "Replace Another Callback"${
				result.level === 'number' ? '' : ', or choose "This Number Only"'
			}, then publish again. This node receives at ${url}.`;
		case 'appHearsNothing':
			return 'The Meta app listens to no messages yet, so an address for one number gets none. Choose "App and Account", or subscribe the app to the field "messages" (App dashboard › WhatsApp › Configuration), then publish again.';
		case 'failed':
			return `${result.problem.what} ${result.problem.why} ${result.problem.fix}`;
	}
}

/**
 * The one error n8n does not try again: after a first failure it no longer serves the address Meta verifies, so its further
 * attempts could only fail and would keep the person waiting for a quarter of a minute.
 */
function finalError(context: IHookFunctions, message: string): Error {
	return Object.assign(new WebhookPathTakenError(context.getNode().name), { message });
}
