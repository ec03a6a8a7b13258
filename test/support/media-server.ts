// Graph's two steps to a file, on a local port: where is it, and the bytes. Tests decide how each of them behaves.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedFile {
	bytes: Buffer;
	mimeType?: string;
	/** What Graph says, where it differs from the truth. */
	says?: { url?: string; sha256?: string; file_size?: number };
	/** Answers the look-up instead. */
	lookUp?: (response: ServerResponse) => void;
	/** Answers the download instead. */
	download?: (response: ServerResponse) => void;
}

export interface MediaServer {
	url: string;
	files: Map<string, ServedFile>;
	/** Every request: "GET /path" and the token it carried. */
	asked: Array<{ path: string; token: string | null }>;
	/** Resolves when the n-th download (from 1) has begun. */
	downloads(n: number): Promise<void>;
	close(): Promise<void>;
}

export async function startMediaServer(): Promise<MediaServer> {
	const files: MediaServer['files'] = new Map();
	const asked: MediaServer['asked'] = [];
	let count = 0;
	const waiting: Array<{ n: number; resolve: () => void }> = [];

	const handle = (request: IncomingMessage, response: ServerResponse) => {
		const { pathname } = new URL(request.url!, url);
		asked.push({ path: pathname, token: request.headers.authorization?.replace('Bearer ', '') ?? null });
		const id = pathname.split('/').at(-1)!;
		const file = files.get(id);
		if (pathname.startsWith('/file/')) {
			count++;
			for (const each of waiting) if (each.n <= count) each.resolve();
			if (!file) return void response.writeHead(404).end();
			if (file.download) return file.download(response);
			return void response.writeHead(200, { 'content-length': file.bytes.length }).end(file.bytes);
		}
		if (!file)
			return answer(response, 400, { error: { code: 100, error_subcode: 33, message: 'Unsupported get request' } });
		if (file.lookUp) return file.lookUp(response);
		answer(response, 200, {
			id,
			url: `${url}/file/${id}`,
			mime_type: file.mimeType ?? 'application/octet-stream',
			sha256: createHash('sha256').update(file.bytes).digest('hex'),
			file_size: file.bytes.length,
			...file.says,
		});
	};
	const server = createServer(handle);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		files,
		asked,
		downloads: (n) => (count >= n ? Promise.resolve() : new Promise((resolve) => waiting.push({ n, resolve }))),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
