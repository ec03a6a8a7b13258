import type { IncomingMessage } from 'node:http';

/**
 * May this request use the admin API? It has no password, so it must come from this machine's own page or from a
 * program: browsers of other sites are told apart by Origin, Host (DNS rebinding) and the content type.
 */
export function adminRefusal(request: IncomingMessage, loopbackOnly: boolean): string | null {
	const host = request.headers.host ?? '';
	if (loopbackOnly && !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) {
		return `The host '${host}' is not this machine; open the simulator by 127.0.0.1 or localhost.`;
	}
	const origin = request.headers.origin;
	if (origin !== undefined && origin !== `http://${host}`) return 'Calls from other sites are refused.';
	const site = request.headers['sec-fetch-site'];
	if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Calls from other sites are refused.';
	if (request.method !== 'GET' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
		return 'State-changing calls need Content-Type: application/json.';
	}
	return null;
}
