// A real browser for tests of pages, and pictures of what it shows.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const ARTIFACTS = join(__dirname, '..', 'e2e', 'artifacts');
const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Starts the Chromium that `npm test` found or installed. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM_PATH;
	if (!executablePath) throw new Error('CHROMIUM_PATH is not set. Run these tests through: npm test e2e');
	return await chromium.launch({ executablePath, args: QUIET });
}

/** Saves what the page shows as test/e2e/artifacts/<name>.png and returns the path. */
export async function screenshot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> {
	mkdirSync(ARTIFACTS, { recursive: true });
	const path = join(ARTIFACTS, `${name}.png`);
	await page.screenshot({ path, ...options });
	return path;
}
