import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson, readBody, sendJson } from '../http/http';
import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import { appOfToken, bearerOf, checkScope, checkToken, numberFor, numbersOfApp, numbersOfWaba } from './access';
import {
	type AccountAnswer,
	businessAccount,
	configureNumber,
	debugToken,
	listSubscriptions,
	phoneNumber,
	phoneNumbers,
	subscribe,
	unsubscribe,
} from './account';
import { appSubscriptions } from './app-routes';
import { isObject, type Json } from './checks';
import { errorBody, httpStatusOf, type Problem, unknownObject } from './errors';
import { deleteMedia, describeMedia, uploadMedia } from './media-routes';
import { handleMessage } from './message-route';
import { listTemplates, readTemplate } from './template-reads';
import { createTemplate, deleteAll, deleteTemplates, editTemplate, unpauseTemplate } from './template-routes';
import { openUpload, receiveUpload } from './uploads';

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
	const forbidden = checkScope(simulation, token, scopeFor(simulation, id, edge));
	if (forbidden && !appOfToken(simulation, token) && id !== 'debug_token')
		return answerProblem(simulation, response, forbidden);
	if (number && call === 'POST messages') return handleMessage(simulation, number, request, response);

	const answer = await route(simulation, { request, url, token, id, edge, call, number });
	if (answer.ok) sendJson(response, 200, answer.body);
	else answerProblem(simulation, response, answer.problem);
}

/** Messages and their files need one permission, everything else the other (cloud-api.md §2). */
function scopeFor(simulation: Simulation, id: string, edge: string): string {
	const messaging = edge === 'messages' || edge === 'media' || simulation.media.get(id, simulation.clock.now());
	return messaging ? 'whatsapp_business_messaging' : 'whatsapp_business_management';
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

async function route(simulation: Simulation, given: Call): Promise<AccountAnswer> {
	const { request, url, token, id, edge, call, number } = given;
	const fields = url.searchParams.get('fields');
	if (id === 'debug_token') return debugToken(simulation, url.searchParams.get('input_token') ?? token);
	if (id.startsWith('upload:') && request.method === 'POST') return receive(simulation, given);
	if (number) {
		if (call === 'GET ') return phoneNumber(simulation, number, fields);
		if (call === 'POST ') return configureNumber(simulation, number, await jsonOf(request));
		if (call === 'POST media') return upload(simulation, request);
	}
	if (numbersOfApp(simulation, id).length > 0) {
		if (call === 'POST uploads') return openUpload(url.searchParams);
		if (edge === 'subscriptions') {
			const body = { ...Object.fromEntries(url.searchParams), ...(await jsonOf(request)) };
			return appSubscriptions(simulation, request.method ?? 'GET', id, token, body);
		}
	}
	const numbers = numbersOfWaba(simulation, id, token);
	if (numbers.length > 0) {
		if (call === 'GET phone_numbers') return phoneNumbers(simulation, numbers, fields);
		if (call === 'GET ') return businessAccount(simulation, id, fields);
		if (edge === 'subscribed_apps') return subscriptions(simulation, given);
		if (edge === 'message_templates') return templates(simulation, given);
	}
	const template = simulation.templates.byId(id);
	if (template && numbersOfWaba(simulation, template.wabaId, token).length > 0) {
		if (call === 'GET ') return readTemplate(simulation, template, fields);
		if (call === 'POST ') return editTemplate(simulation, template, await jsonOf(request));
		if (call === 'DELETE ') return deleteAll(simulation, [template]);
		if (call === 'POST unpause') return unpauseTemplate(simulation, template);
	}
	if (edge === '' && simulation.media.get(id, simulation.clock.now())) {
		if (request.method === 'GET') return describeMedia(simulation, id, hostOf(given));
		if (request.method === 'DELETE') return deleteMedia(simulation, id);
	}
	return { ok: false, problem: unknownObject(id, request.method ?? 'GET') };
}

async function subscriptions(simulation: Simulation, { request, id, call }: Call): Promise<AccountAnswer> {
	if (call === 'GET subscribed_apps') return listSubscriptions(simulation, id);
	if (call === 'POST subscribed_apps') return subscribe(simulation, id, await jsonOf(request));
	if (call === 'DELETE subscribed_apps') return unsubscribe(simulation, id);
	return { ok: false, problem: unknownObject(id, request.method ?? 'GET') };
}

async function templates(simulation: Simulation, given: Call): Promise<AccountAnswer> {
	const { request, url, id, call } = given;
	const query = url.searchParams;
	if (call === 'GET message_templates') {
		const self = new URL(url.pathname + url.search, hostOf(given));
		return listTemplates(simulation, id, query, self);
	}
	if (call === 'POST message_templates') return createTemplate(simulation, id, await jsonOf(request));
	if (call === 'DELETE message_templates')
		return deleteTemplates(simulation, id, query.get('name'), query.get('hsm_id'));
	return { ok: false, problem: unknownObject(id, request.method ?? 'GET') };
}

function hostOf({ request, url }: Call): string {
	return `http://${request.headers.host ?? url.host}`;
}

async function receive(simulation: Simulation, { request, id }: Call): Promise<AccountAnswer> {
	const body = await readBody(request, MAX_UPLOAD);
	if (body.type === 'tooLarge') return { ok: false, problem: { code: 100, details: 'The file is too large.' } };
	return receiveUpload(simulation, id, Number(request.headers.file_offset ?? 0), body.bytes);
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
	if (simulation.faults.takeMedia('failDownloads')) {
		response.writeHead(simulation.faults.media.status, { 'content-type': 'text/plain' }).end('Injected failure');
		return;
	}
	if (!media || simulation.faults.media.gone) {
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
