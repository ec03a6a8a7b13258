/** What does the body of a request hold? Reads JSON and reaches into it; whatever is not there is undefined or null. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { ErpFact, ErpReading, ErpRequest } from './types';

export type JsonObject = Readonly<Record<string, unknown>>;

export type ParsedBody = { ok: true; value: JsonObject } | { ok: false; reason: string };

/** The JSON object of a request. Old ERPs write Windows-1252: bytes that are no UTF-8 are read as that. */
export function parseBody(body: Buffer): ParsedBody {
	const text = decodeBody(body);
	if (text.trim() === '') return { ok: false, reason: 'the body is empty; a JSON object is expected' };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		const xml = /^\s*</.test(text) ? ' (it looks like XML: set the sender to JSON)' : '';
		return { ok: false, reason: `the body is not valid JSON${xml}` };
	}
	return isObject(value) ? { ok: true, value } : { ok: false, reason: 'the body is not a JSON object' };
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; {} when there is none, so that its fields are simply missing. */
export function objectAt(value: unknown, key: string): JsonObject {
	const found = valueAt(value, key);
	return isObject(found) ? found : {};
}

/** The list under a key; a single object counts as a list of one. */
export function listAt(value: unknown, key: string): unknown[] {
	const found = valueAt(value, key);
	return Array.isArray(found) ? found : isObject(found) ? [found] : [];
}

/** What a dotted path leads to: `charge.customer.name`, `pix[0].valor`. Own fields only. */
export function valueAt(value: unknown, path: string): unknown {
	let found: unknown = value;
	for (const step of path.replace(/\[(\d{1,4})\]/g, '.$1').split('.')) {
		if (step === '') continue;
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
		found = (found as Record<string, unknown>)[step];
	}
	return found;
}

/** Reads a JSON object with the given reader, or says why the body is none. */
export function readJson(request: ErpRequest, reader: (body: JsonObject) => ErpReading): ErpReading {
	const body = parseBody(request.body);
	return body.ok ? reader(body.value) : unreadable(body.reason);
}

export function readOf(deliveryKey: string, ...facts: ErpFact[]): ErpReading {
	return { type: 'read', deliveryKey, facts };
}

export function unreadable(reason: string): ErpReading {
	return { type: 'unreadable', reason };
}

/**
 * A short name for a delivery that brings none: the same parts always give the same one. Bytes count as they are; of
 * other objects nothing is expected, and writing a deeply nested one would throw.
 */
export function digestOf(...parts: readonly unknown[]): string {
	const plain = parts.map((part) =>
		Buffer.isBuffer(part) ? digestOfBytes(part) : typeof part === 'object' ? null : part,
	);
	return digestOfBytes(JSON.stringify(plain));
}

export function digestOfBytes(bytes: string | Buffer): string {
	return `sha256-${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;
}

/**
 * The text of a body: UTF-8, else Windows-1252.
 * @param atMost bytes; a character that this would cut in two is left out
 */
export function decodeBody(body: Buffer, atMost = body.length): string {
	const encoding = isUtf8(body) ? 'utf-8' : 'windows-1252';
	return new TextDecoder(encoding).decode(body.subarray(0, atMost), { stream: true });
}
