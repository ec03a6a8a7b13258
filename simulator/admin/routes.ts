import type { IncomingMessage, ServerResponse } from 'node:http';
import { adminRefusal } from '../http/guard';
import { parseJson, readBody, sendJson } from '../http/http';
import type { Simulation } from '../simulation';
import * as account from './account-handlers';
import * as handlers from './handlers';
import type { Handler } from './handlers';
import { stormStatuses } from './storm';
import * as templates from './template-handlers';
import * as web from './whatsapp-web-handlers';

/** The admin API: every call in one list, `:name` segments become parameters. */
const ROUTES: Array<[method: string, path: string, handler: Handler]> = [
	['GET', '/admin/state', handlers.getState],
	['POST', '/admin/numbers', handlers.setNumber],
	['POST', '/admin/numbers/:id/verify', handlers.verifyNumber],
	['POST', '/admin/numbers/:id/health', account.setNumberHealth],
	['POST', '/admin/numbers/:id/token', account.setToken],
	['POST', '/admin/accounts/:wabaId/restriction', account.restrictAccount],
	['POST', '/admin/accounts/:wabaId/capability', account.changeCapability],
	['POST', '/admin/accounts/:wabaId/news', account.sendNews],
	['POST', '/admin/accounts/:wabaId/apps', account.addForeignApp],
	['GET', '/admin/templates', templates.listTemplates],
	['POST', '/admin/templates', templates.addTemplate],
	['POST', '/admin/templates/:id/decide', templates.decideTemplate],
	['POST', '/admin/pacing', templates.settlePacing],
	['POST', '/admin/settings', handlers.setSettings],
	['POST', '/admin/contacts', handlers.addContact],
	['GET', '/admin/contacts/:waId/messages', handlers.listMessages],
	['POST', '/admin/contacts/:waId/say', handlers.sayOne],
	['POST', '/admin/contacts/:waId/echo', handlers.typeEcho],
	['POST', '/admin/contacts/:waId/open', handlers.open],
	['POST', '/admin/contacts/:waId/preferences', account.setPreferences],
	['POST', '/admin/say', handlers.sayMany],
	['POST', '/admin/clock', handlers.setClock],
	['POST', '/admin/faults/sends', handlers.addSendFaults],
	['POST', '/admin/faults/webhooks', handlers.setWebhookFaults],
	['POST', '/admin/faults/media', handlers.setMediaFaults],
	['POST', '/admin/faults/clear', handlers.clearFaults],
	['POST', '/admin/webhooks/raw', handlers.sendRaw],
	['POST', '/admin/webhooks/storm', stormStatuses],
	['GET', '/admin/webhooks/idle', handlers.webhooksIdle],
	['GET', '/admin/metrics', handlers.getMetrics],
	['POST', '/admin/metrics/clear', handlers.clearMetrics],
	['GET', '/admin/whatsapp-web', web.getWeb],
	['POST', '/admin/whatsapp-web/phones', web.addPhone],
	['POST', '/admin/whatsapp-web/screens', web.showScreen],
	['POST', '/admin/whatsapp-web/scan', web.scan],
	['POST', '/admin/whatsapp-web/code', web.enterCode],
	['POST', '/admin/whatsapp-web/unlink', web.unlink],
	['POST', '/admin/whatsapp-web/ban', web.ban],
	['POST', '/admin/whatsapp-web/cut', web.cut],
	['POST', '/admin/whatsapp-web/faults', web.setFaults],
	['POST', '/admin/whatsapp-web/faults/sends', web.failSends],
	['POST', '/admin/whatsapp-web/faults/clear', web.clearFaults],
	['POST', '/admin/whatsapp-web/contacts/:waId', web.setContact],
	['POST', '/admin/reset', handlers.reset],
];

/** Batches of a load test and files a contact sends fit in. */
const MAX_BODY = 64 * 1_024 * 1_024;

export async function handleAdmin(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	loopbackOnly: boolean,
): Promise<void> {
	const refusal = adminRefusal(request, loopbackOnly);
	if (refusal) return sendJson(response, 403, { error: refusal });
	if (url.pathname === '/admin/events') return simulation.events.attach(response);
	if (url.pathname.startsWith('/admin/media/')) return sendMedia(simulation, response, url.pathname.slice(13));

	const route = findRoute(request.method ?? 'GET', url.pathname);
	if (!route) return sendJson(response, 404, { error: `No admin call ${request.method} ${url.pathname}.` });
	const body = await readBody(request, MAX_BODY);
	const parsed = body.type === 'body' ? parseJson(body.bytes) : ({ ok: false } as const);
	if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) {
		return sendJson(response, 400, { error: 'The body must be JSON of at most 64 MB.' });
	}
	const reply = await route.handler(simulation, {
		params: route.params,
		query: url.searchParams,
		body: parsed.value,
	});
	sendJson(response, reply.status, reply.body);
}

function findRoute(method: string, path: string): { handler: Handler; params: Record<string, string> } | null {
	const given = path.split('/');
	for (const [wantedMethod, pattern, handler] of ROUTES) {
		const wanted = pattern.split('/');
		if (wantedMethod !== method || wanted.length !== given.length) continue;
		const params: Record<string, string> = {};
		const fits = wanted.every((segment, index) => {
			if (!segment.startsWith(':')) return segment === given[index];
			params[segment.slice(1)] = given[index]!;
			return true;
		});
		if (fits) return { handler, params };
	}
	return null;
}

// Only plain pictures are shown by the page; everything else is a download.
function sendMedia(simulation: Simulation, response: ServerResponse, id: string): void {
	const media = simulation.media.get(id, simulation.clock.now());
	if (!media) return sendJson(response, 404, { error: 'This file has expired or never existed.' });
	const picture = /^image\/(png|jpeg|webp)$/.test(media.mimeType);
	response.writeHead(200, {
		'content-type': picture ? media.mimeType : 'application/octet-stream',
		'content-disposition': picture ? 'inline' : 'attachment',
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store',
	});
	response.end(media.bytes);
}
