import type { IncomingMessage, ServerResponse } from 'node:http';

/** The few things both HTTP layers need: bodies within limits, and JSON answers. */
export type Body = { type: 'body'; bytes: Buffer } | { type: 'tooLarge' };

export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			// The rest is read and thrown away, so that the answer reaches the sender.
			if (size <= maxBytes) chunks.push(chunk);
		});
		request.on('end', () =>
			resolve(size > maxBytes ? { type: 'tooLarge' } : { type: 'body', bytes: Buffer.concat(chunks) }),
		);
		request.on('error', reject);
	});
}

export function parseJson(bytes: Buffer): { ok: true; value: unknown } | { ok: false } {
	try {
		return { ok: true, value: bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8')) };
	} catch {
		return { ok: false };
	}
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
	const text = JSON.stringify(value);
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': Buffer.byteLength(text),
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
	});
	response.end(text);
}
