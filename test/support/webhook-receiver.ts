import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A callback that keeps what it was sent and answers as told. */
export interface Delivery {
	/** The address it came to, without the host. */
	path: string;
	raw: string;
	body: any;
	headers: IncomingHttpHeaders;
}

export interface WebhookReceiver {
	url: string;
	deliveries: Delivery[];
	/** Called for each POST before it is answered; the HTTP status to answer with. */
	answer: (delivery: Delivery, index: number) => number | Promise<number>;
	/** Every change of every delivery, in order of arrival. */
	changes(): Array<{ field: string; value: any }>;
	/** Resolves once `count` deliveries arrived. */
	arrived(count: number): Promise<void>;
	close(): Promise<void>;
}

export async function startWebhookReceiver(verifyToken = 'demo-verify-token'): Promise<WebhookReceiver> {
	let waiting: Array<{ count: number; resolve: () => void }> = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', async () => {
			const url = new URL(request.url ?? '/', 'http://receiver');
			if (request.method === 'GET') {
				const known = url.searchParams.get('hub.verify_token') === verifyToken;
				response.writeHead(known ? 200 : 403).end(known ? url.searchParams.get('hub.challenge') : 'no');
				return;
			}
			const raw = Buffer.concat(chunks).toString('utf8');
			const delivery = { path: url.pathname, raw, body: parse(raw), headers: request.headers };
			receiver.deliveries.push(delivery);
			const { length } = receiver.deliveries;
			waiting = waiting.filter(({ count, resolve }) => (length >= count ? (resolve(), false) : true));
			const status = await receiver.answer(delivery, length - 1);
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const receiver: WebhookReceiver = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
		deliveries: [],
		answer: () => 200,
		changes: () => receiver.deliveries.flatMap(({ body }) => body.entry.flatMap((entry: any) => entry.changes)),
		arrived: (count) =>
			receiver.deliveries.length >= count
				? Promise.resolve()
				: new Promise((resolve) => waiting.push({ count, resolve })),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return receiver;
}

function parse(raw: string): unknown {
	try {
		return JSON.parse(raw);
	} catch {
		return null;
	}
}
