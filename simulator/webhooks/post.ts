import * as http from 'node:http';
import * as https from 'node:https';

/** Did the callback answer, and what? One HTTP request over a pool of kept-alive connections. */
export type PostResult = { type: 'answered'; status: number; body: string } | { type: 'noAnswer'; reason: string };

export interface HttpCaller {
	get(url: string, timeoutMs: number): Promise<PostResult>;
	post(url: string, body: string | Buffer, headers: Record<string, string>, timeoutMs: number): Promise<PostResult>;
	close(): void;
}

export function createHttpCaller(): HttpCaller {
	const plain = new http.Agent({ keepAlive: true });
	const secure = new https.Agent({ keepAlive: true });
	let closed = false;

	const call = (method: string, url: string, timeoutMs: number, body?: string | Buffer, headers = {}) =>
		new Promise<PostResult>((resolve) => {
			const target = new URL(url);
			const isSecure = target.protocol === 'https:';
			const attempt = () => {
				const request = (isSecure ? https : http).request(target, {
					method,
					agent: isSecure ? secure : plain,
					headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
					timeout: timeoutMs,
				});
				request.on('response', (response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('end', () =>
						resolve({
							type: 'answered',
							status: response.statusCode ?? 0,
							body: Buffer.concat(chunks).toString('utf8'),
						}),
					);
					response.on('error', (error) => resolve({ type: 'noAnswer', reason: error.message }));
				});
				request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
				request.on('error', (error: NodeJS.ErrnoException) => {
					// The server closed an idle connection just as it was reused: nothing was lost, try a fresh one.
					if (request.reusedSocket && !closed && error.code === 'ECONNRESET') attempt();
					else resolve({ type: 'noAnswer', reason: error.message || String(error.code) });
				});
				request.end(body);
			};
			attempt();
		});

	return {
		get: (url, timeoutMs) => call('GET', url, timeoutMs),
		post: (url, body, headers, timeoutMs) => call('POST', url, timeoutMs, body, headers),
		close: () => {
			closed = true;
			plain.destroy();
			secure.destroy();
		},
	};
}
