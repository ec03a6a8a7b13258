import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { ERP_PRESETS } from '../../engine/index';
import { getDesk } from '../shared/desk';
import { readReception, sourceOf } from './read-options';
import { loadSecrets, recentSecrets } from './recent-secrets';

type RawRequest = { rawBody?: Buffer; readRawBody?: () => Promise<void> };
type Values = Readonly<Record<string, string | undefined>>;

const ALIVE = 'This address works. Register it at your ERP: it delivers with POST.';

/** Somebody opened the address in a browser to see whether it is there. */
export function tellItWorks(context: IWebhookFunctions): IWebhookResponseData {
	return answer(context, 200, ALIVE);
}

/**
 * Takes one notice: checked, stored, answered. Production starts no run from here; a manual test begins with the first notice
 * that could be read.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const test = context.getMode() === 'manual';
	const source = sourceOf(context);
	const { system, checked, kinds, options } = readReception(context);
	const request = context.getRequestObject() as unknown as RawRequest;
	if (!request.rawBody) await request.readRawBody?.();
	const notStored = (cause: string) =>
		context.logger.error('WhatsApp Desk: a notice of an ERP was not stored in time; it should deliver again.', {
			cause,
		});
	const desk = await getDesk(context).catch((error: unknown) => notStored(String(error)));
	if (!desk) return answer(context, 503, 'Not stored; please deliver again.');
	const result = await desk.receiveErp({
		source,
		preset: ERP_PRESETS[system],
		request: {
			headers: single(context.getHeaderData() as Record<string, unknown>),
			query: single(context.getQueryData() as Record<string, unknown>),
			body: request.rawBody ?? Buffer.alloc(0),
		},
		secrets: checked ? await recentSecrets(context, source) : null,
		reloadSecrets: () => loadSecrets(context, source),
		options,
		kinds,
		test,
	});
	if (result.type === 'notStored') notStored('The database did not take it in time.');
	const answered = answer(context, result.status, result.text);
	// n8n then starts trigger() for the test, which finds what was stored for it.
	return test && result.type === 'taken' ? { ...answered, workflowData: [[{ json: {} }]] } : answered;
}

/** A name that came twice says nothing reliable. */
function single(values: Record<string, unknown>): Values {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
	);
}

function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status);
	if (text === '') response.end();
	else response.type('text/plain').send(text);
	return { noWebhookResponse: true };
}
