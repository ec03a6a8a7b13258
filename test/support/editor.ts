// n8n's editor as a supervisor uses it in the browser. Selectors are n8n's own test ids, as of the pinned version.
import type { Page } from 'playwright-core';
import type { RealN8n } from './real-n8n';

/** Whatever path comes first, the login page brings the browser there. */
export async function logIn(page: Page, n8n: RealN8n, path = '/'): Promise<void> {
	await page.goto(`${editorUrl(n8n)}/signin?redirect=${encodeURIComponent(path)}`);
	await fillLogin(page, n8n);
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
}

/** On the login page, however the browser got there. */
export async function fillLogin(page: Page, { owner }: RealN8n): Promise<void> {
	await page.locator('input[autocomplete="email"]').fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.keyboard.press('Enter');
}

/** Shows the whole workflow on the canvas, at rest. */
export async function openWorkflow(page: Page, n8n: RealN8n, id: string): Promise<void> {
	await page.goto(`${editorUrl(n8n)}/workflow/${id}`);
	await canvasNode(page).first().waitFor();
	await showAll(page);
}

export async function showAll(page: Page): Promise<void> {
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await page.mouse.move(0, 0);
	// The canvas glides there: wait until it has not moved for a while.
	await page.waitForFunction(`(() => {
		const { transform } = getComputedStyle(document.querySelector('.vue-flow__transformationpane'));
		window.calmFrames = transform === window.lastTransform ? window.calmFrames + 1 : 0;
		window.lastTransform = transform;
		return window.calmFrames > 8;
	})()`);
}

export function canvasNode(page: Page, name?: string) {
	return page.locator(`[data-test-id="canvas-node"]${name === undefined ? '' : `[data-node-name="${name}"]`}`);
}

/** The address people use; n8n builds its own links with it, and cookies belong to it. */
export function editorUrl({ url }: Pick<RealN8n, 'url'>): string {
	return url.replace('127.0.0.1', 'localhost');
}

/** Collects what the browser complains about: errors of scripts, refused by policy, failed requests to the page's own server. */
export function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('response', (response) => {
		if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
	});
	return complaints;
}
