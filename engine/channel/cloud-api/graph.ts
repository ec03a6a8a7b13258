/**
 * The wire to Graph: one request, one honest answer about what happened to it.
 * Knows HTTP and the token; knows nothing about messages. Errors are rebuilt from their code alone,
 * because axios' own carry the request with its Authorization header.
 */
import http from 'node:http';
import https from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import axios, { AxiosHeaders, isAxiosError, type InternalAxiosRequestConfig } from 'axios';
import type { CloudApiCredentials } from './credentials';
import { mayReceiveToken } from './token-host';

export type GraphAnswer =
	/** The server answered; `body` is undefined when it was not JSON. `date` is its own clock, as HTTP writes it. */
	| { type: 'answered'; status: number; body: unknown; date?: string }
	/** No answer. `left`: the request may have been written, so the server may have acted. */
	| { type: 'failed'; left: boolean; cause: string };

/** The beginning of a file's answer; whoever gets a body reads or destroys it. */
export type FileAnswer =
	| { type: 'answered'; status: number; body: Readable }
	/** The token is not sent to this host, so nothing was asked. */
	| { type: 'foreignHost' }
	| { type: 'failed'; cause: string };

export interface Graph {
	/** Where requests go, for sentences: `graph.facebook.com`. */
	readonly host: string;
	get(path: string): Promise<GraphAnswer>;
	post(path: string, body: unknown): Promise<GraphAnswer>;
	delete(path: string): Promise<GraphAnswer>;
	upload(path: string, form: FormData): Promise<GraphAnswer>;
	/** The whole of a file to an open upload session. */
	postBytes(path: string, bytes: Buffer): Promise<GraphAnswer>;
	/** Asks for a file at an address that Graph named. */
	download(address: string): Promise<FileAnswer>;
	close(): void;
}

export interface GraphOptions {
	timeoutMs?: number;
	uploadTimeoutMs?: number;
	/** Larger files are not fetched; default 100 MB, the most that WhatsApp carries. */
	mostMediaBytes?: number;
}

/** One number may send 80 to 1,000 messages per second at a few hundred milliseconds each. */
const MAX_SOCKETS = 256;
/** Idle sockets are dropped before the far end does it under a request of ours. */
const IDLE_MS = 20_000;
const LARGEST_ANSWER = 2 * 1024 * 1024;

export function openGraph(credentials: CloudApiCredentials, options: GraphOptions = {}): Graph {
	const { timeoutMs = 20_000, uploadTimeoutMs = 120_000 } = options;
	const ready = new WeakSet<object>();
	const opened = new WeakSet<object>();
	const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS, maxFreeSockets: 64, timeout: IDLE_MS };
	const httpAgent = watched(new http.Agent(agentOptions), opened, ready);
	const httpsAgent = watched(new https.Agent(agentOptions), opened, ready);
	const origin = `${credentials.baseUrl}/${credentials.graphVersion}`;

	async function call(method: string, path: string, data?: unknown, timeout = timeoutMs): Promise<GraphAnswer> {
		const headers = new AxiosHeaders({
			Authorization: `Bearer ${credentials.accessToken}`,
			Accept: 'application/json',
		});
		if (typeof data === 'string') headers.set('Content-Type', 'application/json');
		if (Buffer.isBuffer(data)) {
			// Upload sessions know the token under another word only.
			headers.set('Authorization', `OAuth ${credentials.accessToken}`);
			headers.set('Content-Type', 'application/octet-stream');
			headers.set('file_offset', '0');
		}
		try {
			const response = await overHttp({
				...PLAIN_CALL,
				...{ method, url: origin + path, data, headers, timeout, httpAgent, httpsAgent },
			});
			const { date } = response.headers as { date?: string };
			return { type: 'answered', status: response.status, body: parseJson(response.data), ...(date ? { date } : {}) };
		} catch (error) {
			return { type: 'failed', left: mayHaveLeft(error, opened, ready), cause: causeOf(error) };
		}
	}

	async function download(address: string): Promise<FileAnswer> {
		if (!mayReceiveToken(address, credentials.baseUrl)) return { type: 'foreignHost' };
		// As it is, without compression: only then its length and hash are those that were announced.
		const headers = new AxiosHeaders({
			Authorization: `Bearer ${credentials.accessToken}`,
			'Accept-Encoding': 'identity',
		});
		try {
			const response = await overHttp({
				...PLAIN_CALL,
				...{ method: 'get', url: address, headers, timeout: timeoutMs, httpAgent, httpsAgent },
				...{ responseType: 'stream' as const, decompress: false, maxContentLength: -1 },
			});
			return { type: 'answered', status: response.status, body: response.data as Readable };
		} catch (error) {
			return { type: 'failed', cause: causeOf(error) };
		}
	}

	return {
		host: URL.canParse(credentials.baseUrl) ? new URL(credentials.baseUrl).host : credentials.baseUrl,
		get: (path) => call('get', path),
		post: (path, body) => call('post', path, JSON.stringify(body)),
		delete: (path) => call('delete', path),
		upload: (path, form) => call('post', path, form, uploadTimeoutMs),
		postBytes: (path, bytes) => call('post', path, bytes, uploadTimeoutMs),
		download,
		close: () => {
			httpAgent.destroy();
			httpsAgent.destroy();
		},
	};
}

/**
 * axios' own HTTP adapter, called directly: merging configurations and running transforms and interceptors for a JSON
 * call that needs none of them costs as much CPU again as the call (170 against 100 µs per send).
 */
const overHttp = axios.getAdapter('http');

const PLAIN_CALL: Omit<InternalAxiosRequestConfig, 'headers'> = {
	maxRedirects: 0,
	maxContentLength: LARGEST_ANSWER,
	responseType: 'text',
	validateStatus: () => true,
};

/** Remembers which sockets an agent opened and which of them became ready to carry a request. */
function watched<A extends http.Agent>(agent: A, opened: WeakSet<object>, ready: WeakSet<object>): A {
	const create = agent.createConnection.bind(agent);
	agent.createConnection = (options, callback) => {
		const socket = create(options, callback) as Duplex | undefined;
		if (socket) {
			opened.add(socket);
			socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => ready.add(socket));
		}
		return socket;
	};
	return agent;
}

const BEFORE_CONNECTING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL', 'ERR_INVALID_CHAR']);

/** In doubt it may have left: only what surely did not may be tried again. */
function mayHaveLeft(error: unknown, opened: WeakSet<object>, ready: WeakSet<object>): boolean {
	if (!isAxiosError(error)) return false; // thrown while the request was being put together
	if (BEFORE_CONNECTING.has(error.code ?? '')) return false;
	const request = error.request as { socket?: object | null } | undefined;
	if (!request) return true;
	if (!request.socket) return !('socket' in request); // still waiting for a free socket
	return !opened.has(request.socket) || ready.has(request.socket);
}

function causeOf(error: unknown): string {
	const code = (error as { code?: unknown }).code;
	return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'UNKNOWN';
}

function parseJson(text: unknown): unknown {
	if (typeof text !== 'string') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
