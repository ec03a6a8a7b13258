import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { ConsoleRequest, ConsoleResponse, Desk } from '../../engine/index';
import { getDesk } from '../shared/desk';

/** What is used of n8n's (express) request and response. */
interface HttpRequest {
	method: string;
	originalUrl?: string;
	ip?: string;
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

interface HttpResponse {
	writeHead(status: number, headers: Record<string, string>): unknown;
	removeHeader?(name: string): void;
	write(text: string): unknown;
	/** Of the compression that n8n puts before every answer. */
	flush?(): void;
	end(body?: string | Buffer): unknown;
	on(event: 'close', listener: () => void): unknown;
}

/** Carries one request of a browser to the desk's pages and their answer back. No run starts. */
export async function serve(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject() as unknown as HttpResponse;
	const { password = '' } = await context.getCredentials<{ password?: string }>('deskConsole');
	const desk = await openOrTell(context, response);
	if (desk) send(await desk.pages.handle(await requestOf(context), password), response);
	return { noWebhookResponse: true };
}

async function openOrTell(context: IWebhookFunctions, response: HttpResponse): Promise<Desk | null> {
	try {
		return await getDesk(context);
	} catch (error) {
		context.logger.error('WhatsApp Desk: its pages cannot be shown.', { cause: String(error) });
		const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
		response.writeHead(503, headers);
		response.end('O banco de dados do WhatsApp Desk não está disponível. O log do n8n diz o motivo.');
		return null;
	}
}

async function requestOf(context: IWebhookFunctions): Promise<ConsoleRequest> {
	const request = context.getRequestObject() as unknown as HttpRequest;
	const isPost = request.method === 'POST';
	if (isPost && !request.rawBody) await request.readRawBody?.();
	return {
		method: isPost ? 'POST' : 'GET',
		path: (request.originalUrl ?? '').split('?')[0]!,
		query: single(context.getQueryData() as Record<string, unknown>),
		headers: single(context.getHeaderData() as Record<string, unknown>),
		body: (isPost && request.rawBody) || new Uint8Array(),
		address: request.ip ?? '',
		publicUrl: context.getNodeWebhookUrl('default') ?? null,
	};
}

/** A name that came twice says nothing reliable. */
function single(values: Record<string, unknown>): Map<string, string> {
	return new Map(
		Object.entries(values).flatMap(([name, value]): Array<[string, string]> =>
			typeof value === 'string' ? [[name, value]] : [],
		),
	);
}

function send(answer: ConsoleResponse, response: HttpResponse): void {
	// n8n allows every website to read what webhooks answer.
	response.removeHeader?.('Access-Control-Allow-Origin');
	if (answer.type === 'answer') {
		response.writeHead(answer.status, { ...answer.headers });
		response.end(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body));
		return;
	}
	response.writeHead(200, { ...answer.headers });
	const stop = answer.open({
		write: (text) => {
			response.write(text);
			response.flush?.();
		},
		end: () => response.end(),
	});
	response.on('close', stop);
}
