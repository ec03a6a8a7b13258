/**
 * The secrets of a sender, without asking n8n's database for every notice: under load that would cost more than all the rest.
 * A changed secret works at once, because they are loaded anew before anybody is refused; an old one works for a few seconds.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import type { ErpSecrets } from '../../engine/index';

const FRESH_MS = 5_000;

const loaded = new Map<string, { at: number; secrets: Promise<ErpSecrets> }>();

/** @param source the node they are for */
export function recentSecrets(context: IWebhookFunctions, source: string): Promise<ErpSecrets> {
	const known = loaded.get(keyOf(context, source));
	return known && performance.now() - known.at < FRESH_MS ? known.secrets : loadSecrets(context, source);
}

export function loadSecrets(context: IWebhookFunctions, source: string): Promise<ErpSecrets> {
	const key = keyOf(context, source);
	const secrets = readSecrets(context);
	loaded.set(key, { at: performance.now(), secrets });
	secrets.catch(() => loaded.delete(key));
	return secrets;
}

/** Another credential chosen in the same node is another entry. */
function keyOf(context: IWebhookFunctions, source: string): string {
	return `${source}|${context.getNode().credentials?.['erpWebhook']?.id}`;
}

async function readSecrets(context: IWebhookFunctions): Promise<ErpSecrets> {
	const { secret = '', account = '' } = await context.getCredentials<Partial<ErpSecrets>>('erpWebhook');
	return { secret: secret.trim(), account: account.trim() };
}
