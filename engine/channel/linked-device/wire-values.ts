/** Reads the values a protobuf message holds: bytes and 64-bit numbers, in whichever of their shapes they come. Never fails. */
import { isObject } from '../untrusted';

/** Base64; null when it is no bytes or empty. */
export function base64Of(value: unknown): string | null {
	return value instanceof Uint8Array && value.length > 0
		? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
		: null;
}

/** A number, its digits as text, or a Long ({ low, high }); null when it is none, negative, or beyond what a number holds exactly. */
export function countOf(value: unknown): number | null {
	const found = plainNumber(value);
	return found !== null && Number.isSafeInteger(found) && found >= 0 ? found : null;
}

function plainNumber(value: unknown): number | null {
	if (typeof value === 'number') return value;
	if (typeof value === 'string' && /^\d{1,16}$/.test(value)) return Number(value);
	if (!isObject(value) || typeof value.low !== 'number' || typeof value.high !== 'number') return null;
	return value.high * 2 ** 32 + (value.low >>> 0);
}

const LATEST_SECONDS = 99_999_999_999;

/** Seconds since 1970 as epoch milliseconds; null when there are none. */
export function instantOf(seconds: unknown): number | null {
	const count = countOf(seconds);
	return count === null || count === 0 || count > LATEST_SECONDS ? null : count * 1000;
}

/** Thumbnails and the like say nothing to a workflow. */
const LONGEST_BYTES = 64;
const DEEPEST = 16;
const MOST_VALUES = 4_000;

/** A copy that can be written as JSON: bytes as base64 (long ones only counted), 64-bit numbers as numbers, no circles. */
export function plainCopy(value: unknown): unknown {
	let left = MOST_VALUES;
	return copy(value, 0);

	function copy(from: unknown, depth: number): unknown {
		if (--left < 0) return undefined;
		if (from === null || typeof from === 'boolean' || typeof from === 'string') return from;
		if (typeof from === 'number') return Number.isFinite(from) ? from : null;
		if (from instanceof Uint8Array) {
			return from.length > LONGEST_BYTES ? `(${from.length} bytes)` : Buffer.from(from).toString('base64');
		}
		if (typeof from !== 'object' || depth >= DEEPEST) return undefined;
		if (Array.isArray(from)) return from.slice(0, left + 1).map((each) => copy(each, depth + 1));
		const long = countOf(from);
		if (long !== null) return long;
		const entries = Object.entries(from).map(([name, each]) => [name, copy(each, depth + 1)] as const);
		return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
	}
}
