import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson, readBody, sendJson } from '../http/http';
import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import { bearerOf, checkToken, numberFor, numbersOfWaba } from './access';
import {
	type AccountAnswer,
	configureNumber,
	debugToken,
	listSubscriptions,
	phoneNumber,
	phoneNumbers,
	subscribe,
	unsubscribe,
} from './account';
import { isObject, type Json } from './checks';
import { errorBody, httpStatusOf, type Problem, unknownObject } from './errors';
import { deleteMedia, describeMedia, uploadMedia } from './media-routes';
import { handleMessage } from './message-route';

/** Which Graph edge was called? Paths of graph.facebook.com that a WhatsApp integration uses. */
const MAX_UPLOAD = 101 * 1_024 * 1_024;
const MAX_JSON = 1_024 * 1_024;
/** v20 died on 2026-09-24 (cloud-api.md §0). */
const OLDEST_VERSION = 21;

export function isGraphPath(path: string): boolean {
	return /^\/v\d+\.\d+\//.test(path) || path.startsWith('/whatsapp_business/attachments');
}

export async function handleGraph(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
) {
	const token = bearerOf(request, url);
	const refused = checkToken(simulation, token);
	if (refused) return answerProblem(simulation, response, refused);
	if (url.pathname.startsWith('/whatsapp_business/')) return sendMediaBytes(simulation, response, url);

	const [version = '', ...path] = url.pathname.slice(1).split('/');
	if (Number.parseInt(version.slice(1), 10) < OLDEST_VERSION) {
		return answerProblem(simulation, response, { code: 2635, details: `Version ${version} is no longer served.` });
	}
	const [id = '', edge = ''] = path;
	const call = `${request.method} ${edge}`;
	const number = numberFor(simulation, id, token);
	if (number && call === 'POST messages') return handleMessage(simulation, number, request, response);

	const answer = await route(simulation, { request, url, token, id, edge, call, number });
	if (answer.ok) sendJson(response, 200, answer.body);
	else answerProblem(simulation, response, answer.problem);
}

interface Call {
	request: IncomingMessage;
	url: URL;
	token: string | null;
	id: string;
	edge: string;
	call: string;
	number: BusinessNumber | null;
}

async function route(
	simulation: Simulation,
	{ request, url, token, id, edge, call, number }: Call,
): Promise<AccountAnswer> {
	const fields = url.searchParams.get('fields');
	if (id === 'debug_token') return debugToken(simulation, url.searchParams.get('input_token') ?? token);
	if (number) {
		if (call === 'GET ') return phoneNumber(number, fields);
		if (call === 'POST ') return configureNumber(simulation, number, await jsonOf(request));
		if (call === 'POST media') return upload(simulation, request);
	}
	const numbers = numbersOfWaba(simulation, id, token);
	if (numbers.length > 0) {
		if (call === 'GET phone_numbers') return phoneNumbers(numbers, fields);
		if (call === 'GET subscribed_apps') return listSubscriptions(simulation, id);
		if (call === 'POST subscribed_apps') return subscribe(simulation, id, await jsonOf(request));
		if (call === 'DELETE subscribed_apps') return unsubscribe(simulation, id);
		if (call === 'GET ') return { ok: true, body: { id, name: numbers[0]!.verifiedName } };
	}
	if (edge === '' && simulation.media.get(id, simulation.clock.now())) {
		if (request.method === 'GET') return describeMedia(simulation, id, `http://${request.headers.host ?? url.host}`);
		if (request.method === 'DELETE') return deleteMedia(simulation, id);
	}
	return { ok: false, problem: unknownObject(id, request.method ?? 'GET') };
}

export function answerProblem(simulation: Simulation, response: ServerResponse, problem: Problem): void {
	simulation.metrics.refused(problem.code);
	sendJson(response, httpStatusOf(problem), errorBody(problem));
}

async function upload(simulation: Simulation, request: IncomingMessage): Promise<AccountAnswer> {
	const body = await readBody(request, MAX_UPLOAD);
	if (body.type === 'tooLarge') return { ok: false, problem: { code: 131053, details: 'The file is too large.' } };
	return uploadMedia(simulation, body.bytes, request.headers['content-type'] ?? '');
}

// Graph takes JSON and form fields alike.
async function jsonOf(request: IncomingMessage): Promise<Json> {
	const body = await readBody(request, MAX_JSON);
	if (body.type === 'tooLarge') return {};
	if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(body.bytes.toString('utf8')));
	}
	const parsed = parseJson(body.bytes);
	return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

function sendMediaBytes(simulation: Simulation, response: ServerResponse, url: URL): void {
	const media = simulation.media.byLink(url.searchParams.get('key') ?? '', simulation.clock.now());
	if (!media) {
		response.writeHead(404, { 'content-type': 'text/plain' }).end('URL expired or unknown');
		return;
	}
	response.writeHead(200, {
		'content-type': media.mimeType,
		'content-length': media.bytes.length,
		'x-content-type-options': 'nosniff',
	});
	response.end(media.bytes);
}
