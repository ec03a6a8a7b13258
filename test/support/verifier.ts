// An address Meta can verify, as a published Cloud API Webhook is one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Verifier {
	url: string;
	close(): Promise<void>;
}

export async function startVerifier(verifyToken: string): Promise<Verifier> {
	const server = createServer((request, response) => {
		const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
		if (query.get('hub.verify_token') === verifyToken) response.end(query.get('hub.challenge'));
		else response.writeHead(403).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
