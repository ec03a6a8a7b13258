import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readBody, sendJson } from '../http/http';
import type { WebFaults } from './faults';
import { throwAwayCertificate } from './throw-away-certificate';

/** Where sealed files are uploaded to and fetched from; https, because the client speaks nothing else. */
const MOST_BYTES = 200 * 1_024 * 1_024;
/** Old files make room for new ones above this. */
const KEEP_BYTES = 256 * 1_024 * 1_024;

export class MediaHost {
	/** What an upload has to show. */
	readonly token = randomBytes(16).toString('base64url');
	/** PEM; to be trusted by who up- and downloads. */
	readonly certificate: string;
	readonly #server: Server;
	readonly #faults: WebFaults;
	readonly #files = new Map<string, Buffer>();
	#bytes = 0;

	constructor(faults: WebFaults) {
		const { cert, key } = throwAwayCertificate();
		this.certificate = cert;
		this.#faults = faults;
		this.#server = createServer({ cert, key }, (request, response) => {
			this.#serve(request, response).catch(() => response.destroy());
		});
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(0, '127.0.0.1', () => resolve());
		});
	}

	/** Host and port, as media_conn tells it. */
	get host(): string {
		return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Keeps a file that a phone uploaded; returns its direct path. */
	keep(cipher: Buffer): string {
		const path = `/v/t62.7118-24/${randomBytes(16).toString('hex')}`;
		this.#files.set(path, cipher);
		this.#bytes += cipher.length;
		for (const [oldest, bytes] of this.#files) {
			if (this.#bytes <= KEEP_BYTES || oldest === path) break;
			this.#files.delete(oldest);
			this.#bytes -= bytes.length;
		}
		return path;
	}

	blob(directPath: string): Buffer | null {
		return this.#files.get(directPath) ?? null;
	}

	clear(): void {
		this.#files.clear();
		this.#bytes = 0;
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'https://media');
		const { mediaUpload, mediaDownload } = this.#faults.line;
		if (request.method === 'POST' && /^\/(mms|pps|product)\//.test(url.pathname)) {
			const body = await readBody(request, MOST_BYTES);
			if (mediaUpload !== null) return sendJson(response, mediaUpload, { error: 'simulated' });
			if (url.searchParams.get('auth') !== this.token) return sendJson(response, 401, { error: 'unauthorized' });
			if (body.type === 'tooLarge') return sendJson(response, 413, { error: 'too large' });
			const path = this.keep(body.bytes);
			return sendJson(response, 200, { url: `https://${this.host}${path}`, direct_path: path });
		}
		const file = this.blob(url.pathname);
		if (mediaDownload !== null) return sendJson(response, mediaDownload, { error: 'simulated' });
		if (!file) return sendJson(response, 404, { error: 'not found' });
		response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length });
		response.end(file);
	}
}
