import { createHmac } from 'node:crypto';

/** How does a webhook body look on the wire? Escaped like Meta's, signed over exactly those bytes. */

/** JSON whose non-ASCII characters are \u-escaped in lower-case hex, as Meta sends it (cloud-api.md §2). */
export function escapedJson(value: unknown): string {
	const json = JSON.stringify(value);
	return /[\u007f-\uffff]/.test(json) ? json.replace(/[\u007f-\uffff]/g, escapeUnit) : json;
}

/** The value of X-Hub-Signature-256. */
export function signature(rawBody: string | Buffer, appSecret: string): string {
	return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/**
 * One POST body from changes that are JSON already; changes of one WABA share an entry.
 * `time` (unix seconds) is told for news about accounts, not for messages (cloud-api.md §2).
 */
export function envelope(changes: ReadonlyArray<{ wabaId: string; time?: number; json: string }>): string {
	const entries = new Map<string, string[]>();
	for (const { wabaId, time, json } of changes) {
		const head = `"id":${escapedJson(wabaId)}${time === undefined ? '' : `,"time":${time}`}`;
		const list = entries.get(head);
		if (list) list.push(json);
		else entries.set(head, [json]);
	}
	const parts = [...entries].map(([head, list]) => `{${head},"changes":[${list.join(',')}]}`);
	return `{"object":"whatsapp_business_account","entry":[${parts.join(',')}]}`;
}

function escapeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
