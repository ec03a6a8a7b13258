import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

/** The phone page: a fixed list of files, served under a strict content security policy. */
const FOLDER = join(__dirname, '..', 'phone');

const FILES: Record<string, string> = {
	'/phone/app.js': 'text/javascript',
	'/phone/api.js': 'text/javascript',
	'/phone/attach.js': 'text/javascript',
	'/phone/backstage.js': 'text/javascript',
	'/phone/bubbles.js': 'text/javascript',
	'/phone/chats.js': 'text/javascript',
	'/phone/dom.js': 'text/javascript',
	'/phone/format.js': 'text/javascript',
	'/phone/panes.js': 'text/javascript',
	'/phone/company-phone.js': 'text/javascript',
	'/phone/company-screens.js': 'text/javascript',
	'/phone/company-devices.js': 'text/javascript',
	'/phone/company-chat.js': 'text/javascript',
	'/phone/linked-faults.js': 'text/javascript',
	'/phone/sheets.js': 'text/javascript',
	'/phone/account.js': 'text/javascript',
	'/phone/contact-sheet.js': 'text/javascript',
	'/phone/parts.js': 'text/javascript',
	'/phone/template-bubble.js': 'text/javascript',
	'/phone/templates.js': 'text/javascript',
	'/phone/store.js': 'text/javascript',
	'/phone/layout.css': 'text/css',
	'/phone/panels.css': 'text/css',
	'/phone/bubbles.css': 'text/css',
	'/phone/templates.css': 'text/css',
	'/phone/chat.css': 'text/css',
	'/phone/company-phone.css': 'text/css',
	'/phone/icon.svg': 'image/svg+xml',
};

/** False when the path is not part of the page. */
export async function servePage(response: ServerResponse, path: string): Promise<boolean> {
	if (path === '/') {
		const nonce = randomBytes(16).toString('base64url');
		const html = await readFile(join(FOLDER, 'index.html'), 'utf8');
		response.writeHead(200, { ...HEADERS, ...pagePolicy(nonce), 'content-type': 'text/html; charset=utf-8' });
		response.end(html.replaceAll('{{nonce}}', nonce));
		return true;
	}
	const type = FILES[path];
	if (!type) return false;
	const bytes = await readFile(join(FOLDER, path.slice('/phone/'.length)));
	response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
	response.end(bytes);
	return true;
}

const HEADERS = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cross-origin-resource-policy': 'same-origin',
};

// A nonce on the entry module covers what it imports.
function pagePolicy(nonce: string): Record<string, string> {
	return {
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
		'x-frame-options': 'DENY',
	};
}
