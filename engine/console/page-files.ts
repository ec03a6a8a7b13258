import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pageHeaders } from './headers';
import type { Answer } from './http';

/** The files that the pages are made of: a fixed list, so that no path is ever built from what a browser says. */
const FOLDER = join(__dirname, 'page');

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
const FILES: ReadonlyMap<string, string> = new Map([
	['app.js', SCRIPT],
	['api.js', SCRIPT],
	['device-frame.js', SCRIPT],
	['device-panel.js', SCRIPT],
	['device-status.js', SCRIPT],
	['dom.js', SCRIPT],
	['live.js', SCRIPT],
	['phone-mask.js', SCRIPT],
	['sign-in.js', SCRIPT],
	['test-form.js', SCRIPT],
	['console.css', STYLE],
	['forms.css', STYLE],
	['device.css', STYLE],
	['icon.svg', 'image/svg+xml'],
]);

interface Site {
	html: string;
	/** Name of this version of all files: addresses carry it, so that browsers may keep what they have. */
	version: string;
	files: ReadonlyMap<string, Buffer>;
}

let site: Promise<Site> | null = null;

/** The page itself: the same for everybody, signed in or not. @param path where it was asked for */
export async function servePage(path: string): Promise<Answer> {
	const { html, version, files } = await loaded();
	const nonce = randomBytes(16).toString('base64url');
	// Each script is known by its name, wherever the page is served: "./dom.js" is "./whatsapp-desk?file=dom.js".
	const here = /[^/]*$/.exec(path)![0];
	const self = /^[\w.-]*$/.test(here) ? `./${here}` : '';
	const imports = Object.fromEntries(
		[...files.keys()]
			.filter((name) => name.endsWith('.js'))
			.map((name) => [`./${name}`, self + addressOf(name, version)]),
	);
	const body = html
		.replaceAll('{{imports}}', () => JSON.stringify({ imports }))
		.replace(/\{\{file:([\w.-]+)\}\}/g, (_, name: string) => addressOf(name, version).replaceAll('&', '&amp;'))
		.replaceAll('{{nonce}}', nonce);
	return { type: 'answer', status: 200, headers: pageHeaders(nonce), body };
}

/** Null when there is no such file. */
export async function serveFile(name: string): Promise<Answer | null> {
	const type = FILES.get(name);
	if (type === undefined) return null;
	const { files } = await loaded();
	// There is nothing of anybody in them, and a new version has a new address.
	const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
	return { type: 'answer', status: 200, headers, body: files.get(name)! };
}

function addressOf(name: string, version: string): string {
	return `?file=${name}&v=${version}`;
}

function loaded(): Promise<Site> {
	return (site ??= load().catch((error) => {
		site = null;
		throw error;
	}));
}

async function load(): Promise<Site> {
	const html = await readFile(join(FOLDER, 'index.html'), 'utf8');
	const files = new Map<string, Buffer>();
	const hash = createHash('sha256').update(html);
	for (const name of FILES.keys()) {
		const bytes = await readFile(join(FOLDER, name));
		hash.update(bytes);
		files.set(name, bytes);
	}
	return { html, version: hash.digest('hex').slice(0, 12), files };
}
