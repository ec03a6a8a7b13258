import type { ConsoleRequest } from './http';

/**
 * Does this request come from our own page? n8n lets every website call its webhooks, so whatever changes something must prove it.
 * A page of another site can set neither Origin nor Host nor Sec-Fetch-Site.
 */
export function isOwnPage(request: ConsoleRequest): boolean {
	const origin = originOf(request);
	return origin !== null && saysSameOrigin(request) && ownHosts(request).has(origin.host);
}

/** For reading: browsers send no Origin with a GET of the same origin. */
export function saysSameOrigin({ headers }: ConsoleRequest): boolean {
	const site = headers.get('sec-fetch-site');
	return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether the browser reached the page over https, whatever stands between it and n8n. */
export function isSecure(request: ConsoleRequest): boolean {
	return originOf(request)?.protocol === 'https:';
}

function originOf({ headers }: ConsoleRequest): URL | null {
	const origin = headers.get('origin');
	if (origin === undefined || !/^https?:\/\/[^/]+$/i.test(origin) || !URL.canParse(origin)) return null;
	return new URL(origin);
}

/** Behind a proxy Host may be an inner name: then the public address of n8n counts. */
function ownHosts({ headers, publicUrl }: ConsoleRequest): Set<string> {
	const hosts = new Set<string>();
	const host = headers.get('host');
	if (host !== undefined) {
		// Both schemes: each leaves out a default port of its own.
		for (const scheme of ['http', 'https']) {
			if (URL.canParse(`${scheme}://${host}`)) hosts.add(new URL(`${scheme}://${host}`).host);
		}
	}
	if (publicUrl !== null && URL.canParse(publicUrl)) hosts.add(new URL(publicUrl).host);
	return hosts;
}
