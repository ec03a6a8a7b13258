// Pages of a workflow's forms, as somebody with an account of this n8n opens them.
import type { Page } from 'playwright-core';
import { editorUrl, fillLogin } from './editor';
import type { RealN8n } from './real-n8n';

/** Opens a form of a published workflow; n8n asks to log in and to allow the access when it has to. */
export async function openForm(page: Page, n8n: RealN8n, path: string): Promise<void> {
	await page.goto(`${editorUrl(n8n)}/form/${path}`);
	const login = page.locator('input[type="password"]');
	const allow = page.getByText('Allow access');
	await page.locator('form').or(login).or(allow).first().waitFor();
	if (await login.isVisible()) {
		await fillLogin(page, n8n);
		await allow.or(page.locator('input[type="submit"], button[type="submit"]')).first().waitFor();
	}
	if (await allow.isVisible()) await allow.click();
	await page.locator('form#n8n-form').waitFor();
}

/** Waits for the page that answers the form. */
export async function heading(page: Page, text: string | RegExp): Promise<void> {
	await page.getByRole('heading', { name: text }).waitFor({ timeout: 25_000 });
}

/** The cells of the table on the page, a line break as one space. */
export async function tableRows(page: Page): Promise<string[][]> {
	const rows: string[][] = [];
	for (const row of await page.locator('tbody tr').all()) {
		const cells = await row.locator('td').allInnerTexts();
		rows.push(cells.map((cell) => cell.replace(/\s+/g, ' ').trim()));
	}
	return rows;
}
