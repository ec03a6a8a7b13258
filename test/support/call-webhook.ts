/** Sends one HTTP request to a node's webhook() in n8n's own WebhookContext and answers as n8n would. */
import type { IHttpRequestMethods, INodeExecutionData, IWebhookDescription } from 'n8n-workflow';
import { additionalDataFor, n8nCore, storedNode, workflowAround } from './n8n-host';
import type { NodeSpec } from './n8n-host';

export interface WebhookCall {
	method?: IHttpRequestMethods;
	/** Exact bytes; JSON bodies are parsed as n8n does. */
	rawBody?: string | Buffer;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Which of several webhooks of one method: its `path` in the description. */
	path?: string;
	/** 'manual' = the test URL. */
	mode?: 'webhook' | 'manual';
}

export interface WebhookAnswer {
	status: number;
	body: unknown;
	headers: Record<string, string>;
	/** What the node hands to the workflow; null when no execution starts. */
	workflowData: INodeExecutionData[][] | null;
}

export async function callWebhook(spec: NodeSpec & WebhookCall): Promise<WebhookAnswer> {
	const mode = spec.mode ?? 'webhook';
	const node = storedNode(spec);
	const workflow = workflowAround(node, spec.node);
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const description = chooseWebhook(type.description.webhooks ?? [], spec);
	const sent = sentResponse();
	const additionalData = additionalDataFor(spec.credentials ?? {}, mode, {
		httpRequest: request(spec) as never,
		httpResponse: sent.response as never,
	});

	const context = new n8nCore.WebhookContext(
		workflow,
		workflow.getNode(node.name)!,
		additionalData,
		mode,
		{
			httpMethod: spec.method ?? 'GET',
			node: node.name,
			path: description.path,
			webhookDescription: description,
			workflowId: 'workflow1',
			workflowExecuteAdditionalData: additionalData,
			isTest: mode === 'manual',
		},
		[],
		null,
	);
	const result = await type.webhook!.call(context);

	const workflowData = result.workflowData ?? null;
	if (result.noWebhookResponse) return { ...sent.answer(), workflowData };
	const fallback = { message: workflowData ? 'Workflow was started' : 'Webhook call received' };
	const status = typeof description.responseCode === 'number' ? description.responseCode : 200;
	return { status, body: result.webhookResponse ?? fallback, headers: {}, workflowData };
}

function chooseWebhook(webhooks: IWebhookDescription[], { method = 'GET', path }: WebhookCall): IWebhookDescription {
	const found = webhooks.find(
		(webhook) => webhook.httpMethod === method && (path === undefined || webhook.path === path),
	);
	if (!found) throw new Error(`The node has no webhook for ${method}${path === undefined ? '' : ` ${path}`}.`);
	return found;
}

function request({ method = 'GET', rawBody = '', headers = {}, query = {} }: WebhookCall) {
	const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	const bytes = Buffer.from(rawBody as string);
	const contentType = headers['content-type'] ?? headers['Content-Type'] ?? 'application/json';
	const isJson = contentType.includes('json') && bytes.length > 0;
	return {
		method,
		headers: { 'content-type': contentType, ...Object.fromEntries(lowerCase) },
		query,
		params: {},
		ip: '127.0.0.1',
		// n8n refuses broken JSON with 422 before a node sees it, so a test that sends some fails here too.
		body: isJson ? (JSON.parse(bytes.toString('utf8')) as unknown) : {},
		rawBody: bytes,
		readRawBody: async () => {},
		on: () => {},
	};
}

/** An express response that remembers. */
function sentResponse() {
	let status = 200;
	let body: unknown = '';
	const headers: Record<string, string> = {};
	const response = {
		status: (code: number) => {
			status = code;
			return response;
		},
		setHeader: (name: string, value: string) => {
			headers[name.toLowerCase()] = String(value);
			return response;
		},
		set: (name: string, value: string) => response.setHeader(name, value),
		type: (value: string) => response.setHeader('content-type', value),
		writeHead: (code: number, more: Record<string, string> = {}) => {
			for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
			return response.status(code);
		},
		write: (part: unknown) => {
			body = String(body) + String(part);
			return true;
		},
		send: (data: unknown) => {
			body = data;
			return response;
		},
		json: (data: unknown) => response.send(data),
		end: (data?: unknown) => {
			if (data !== undefined) body = data;
			return response;
		},
		sendStatus: (code: number) => response.status(code),
		flush: () => {},
		flushHeaders: () => {},
		on: () => response,
		get statusCode() {
			return status;
		},
		set statusCode(code: number) {
			status = code;
		},
	};
	return { response, answer: () => ({ status, body, headers }) };
}
