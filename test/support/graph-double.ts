// A Graph API of the answers a test gives it; for what the simulator does not play: foreign errors, silence, a wrong clock.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

export interface GraphCall {
	/** e.g. 'POST /77/subscriptions' */
	call: string;
	token: string;
	query: Record<string, string>;
	body: Json | null;
}

/** A body for 200, an error with its code, or silence. */
export type GraphReply = { body: unknown } | { error: number; message?: string; subcode?: number } | 'silence';

export interface GraphDouble {
	url: string;
	calls: GraphCall[];
	/** By 'METHOD /path' without version and query; what is missing answers error 100. A list gives one answer per call. */
	answers: Record<string, GraphReply | GraphReply[] | ((call: GraphCall) => GraphReply)>;
	/** How far its clock is ahead of ours. */
	aheadMs: number;
	close(): Promise<void>;
}

export async function startGraphDouble(answers: GraphDouble['answers'] = {}): Promise<GraphDouble> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://localhost');
			const path = url.pathname.replace(/^\/v[\d.]+/, '');
			const text = Buffer.concat(parts).toString();
			const call: GraphCall = {
				call: `${request.method} ${path}`,
				token: (request.headers.authorization ?? '').replace(/^Bearer /, ''),
				query: Object.fromEntries(url.searchParams),
				body: text === '' ? null : (JSON.parse(text) as Json),
			};
			double.calls.push(call);
			response.setHeader('Date', new Date(Date.now() + double.aheadMs).toUTCString());
			reply(response, replyTo(call));
		});
	});
	const replyTo = (call: GraphCall): GraphReply => {
		const known = double.answers[call.call];
		if (typeof known === 'function') return known(call);
		if (!Array.isArray(known)) return known ?? { error: 100 };
		return known.length > 1 ? known.shift()! : known[0]!;
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const double: GraphDouble = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls: [],
		answers,
		aheadMs: 0,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return double;
}

function reply(response: ServerResponse, answer: GraphReply): void {
	if (answer === 'silence') return;
	if ('body' in answer) return void response.writeHead(200).end(JSON.stringify(answer.body));
	const { error: code, message = 'no', subcode } = answer;
	response.writeHead(400).end(JSON.stringify({ error: { code, message, error_subcode: subcode } }));
}
