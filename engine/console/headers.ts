import type { ConsoleResponse } from './http';

/**
 * What tells browsers to distrust: these pages share the origin of n8n's editor, so a script that got in here could act as
 * whoever is logged in there (design D11).
 */
const ALWAYS: Readonly<Record<string, string>> = {
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
	'cross-origin-resource-policy': 'same-origin',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
};

/** The response with every header it must have; its own win. */
export function guarded<R extends ConsoleResponse>(response: R): R {
	return { ...response, headers: { ...ALWAYS, ...response.headers } };
}

/** A page that runs our scripts and nobody else's. The nonce on the first script covers what it imports. */
export function pageHeaders(nonce: string): Record<string, string> {
	return {
		'content-type': 'text/html; charset=utf-8',
		'content-security-policy': [
			"default-src 'none'",
			`script-src 'nonce-${nonce}'`,
			`style-src 'nonce-${nonce}'`,
			"img-src 'self'",
			"connect-src 'self'",
			"form-action 'none'",
			"base-uri 'none'",
			"frame-ancestors 'none'",
			"require-trusted-types-for 'script'",
			"trusted-types 'none'",
		].join('; '),
		'cross-origin-opener-policy': 'same-origin',
		'permissions-policy': 'camera=(), microphone=(), geolocation=()',
	};
}
