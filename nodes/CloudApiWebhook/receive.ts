import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { verifySignature, verifySubscription } from '../../engine/index';
import type { CloudApiCredentials, Desk } from '../../engine/index';
import { useCredentials } from '../shared/desk';

type RawRequest = { rawBody?: Buffer; readRawBody?: () => Promise<void> };

const MINUTE_MS = 60_000;
const ALIVE =
	'This address works. Paste it as callback URL into the Meta app, with the verify token of the credential in n8n.';

/** Meta asks once whether the address is ours (hub.challenge); whoever does not know the verify token gets 403. */
export async function answerVerification(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { credentials } = await useCredentials(context);
	const query = context.getQueryData() as Record<string, unknown>;
	// Somebody opened the address in a browser to see whether it is there.
	if (query['hub.mode'] === undefined && query['hub.challenge'] === undefined) return answer(context, 200, ALIVE);
	const check = verifySubscription(query, credentials.verifyToken);
	if (check.ok) return answer(context, 200, check.challenge);
	return answer(context, 403, 'The verify token is not the one of the credential "WhatsApp Cloud API" in n8n.');
}

/**
 * Takes one webhook: checks the signature over the exact bytes, stores everything durably, then answers 200.
 * 401 wrong signature · 400 not a webhook of Meta · 503 the store cannot be reached (Meta delivers again, for days).
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { desk, credentials, channelId } = await useCredentials(context);
	const request = context.getRequestObject() as unknown as RawRequest;
	if (!request.rawBody) await request.readRawBody?.();
	const body = request.rawBody ?? Buffer.alloc(0);
	const signature = context.getHeaderData()['x-hub-signature-256'];
	if (!verifySignature(body, typeof signature === 'string' ? signature : undefined, credentials.appSecret)) {
		await tellWrongSignature(desk, channelId, signature === undefined);
		return answer(context, 401, 'The signature does not match the app secret of the credential in n8n.');
	}
	const parsed = parse(body);
	if (parsed === undefined) return answer(context, 400, 'The body is not JSON.');
	try {
		await noteAddress(context, desk, credentials);
		await desk.receiveCloudApi(parsed, credentials as CloudApiCredentials);
	} catch (error) {
		context.logger.error('WhatsApp Desk: a webhook could not be stored; Meta will deliver it again.', {
			cause: String(error),
		});
		return answer(context, 503, 'Not stored; please deliver again.');
	}
	return answer(context, 200, '');
}

/** A node that was published before this process started, or by an earlier version, is known by what arrives. */
async function noteAddress(context: IWebhookFunctions, desk: Desk, credentials: CloudApiCredentials): Promise<void> {
	const url = context.getMode() === 'manual' ? undefined : context.getNodeWebhookUrl('default');
	if (url) await desk.webhooks.opened(credentials, url);
}

function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status).type('text/plain').send(text);
	return { noWebhookResponse: true };
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** Told once a minute: a stranger who keeps knocking must not fill the timeline. */
async function tellWrongSignature(desk: Desk, channelId: string, missing: boolean): Promise<void> {
	const now = desk.clock.now();
	await desk
		.tell([
			{
				event: 'webhookRefused',
				at: now,
				channelId,
				text: missing
					? 'Webhook recusado: veio sem assinatura. Só a Meta deve chamar este endereço.'
					: 'Webhook recusado: a assinatura não confere. Verifique o App Secret da credencial no n8n.',
				data: { missing },
				key: `webhookRefused|${channelId}|${missing}|${Math.floor(now / MINUTE_MS)}`,
			},
		])
		.catch(() => undefined);
}
