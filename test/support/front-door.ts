// The reverse proxy that the README asks for: it lets webhooks in only while n8n is ready. While it starts, n8n answers everything
// with 200 "n8n is starting up", and whoever delivered takes that for a receipt.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FrontDoor {
	url: string;
	close(): Promise<void>;
}

export async function openFrontDoor(n8nUrl: string): Promise<FrontDoor> {
	const server = createServer((incoming, outgoing) => {
		letIn(n8nUrl, incoming, outgoing).catch(() => outgoing.writeHead(503).end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function letIn(n8nUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	const body = await buffer(incoming);
	if ((await ask(`${n8nUrl}/healthz/readiness`, { method: 'GET' })).status !== 200) throw new Error('not ready');
	const { method, headers, url } = incoming;
	const answer = await ask(`${n8nUrl}${url}`, { method, headers }, body);
	outgoing.writeHead(answer.status).end(answer.body);
}

function ask(
	url: string,
	options: Parameters<typeof request>[1],
	body?: Buffer,
): Promise<{ status: number; body: Buffer }> {
	return new Promise((resolve, reject) => {
		const asked = request(url, options, (response) => {
			buffer(response).then((read) => resolve({ status: response.statusCode ?? 502, body: read }), reject);
		});
		asked.on('error', reject);
		asked.end(body);
	});
}
