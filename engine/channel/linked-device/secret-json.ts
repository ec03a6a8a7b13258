/** How do Baileys' credentials and keys become text and back? JSON with bytes in base64, readable by Baileys' own BufferJSON. */

export function secretToJson(value: unknown): string {
	// A function called for every value is slow, and most secrets (Signal sessions) are base64 text already.
	return isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, writeBytes);
}

/** Bytes come back as Buffers; everything is made anew, so that nobody changes what somebody else holds. */
export function secretFromJson(text: string): unknown {
	return text.includes('"Buffer"') ? JSON.parse(text, readBytes) : JSON.parse(text);
}

// ---------------------------------------------------------------- helpers

function isPlain(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	if (ArrayBuffer.isView(value) || 'toJSON' in value) return false;
	for (const key in value) if (!isPlain((value as Record<string, unknown>)[key])) return false;
	return true;
}

/** Looks at the object itself: a Buffer has turned into a list of numbers before its value gets here. */
function writeBytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
	const raw = this[key];
	if (!ArrayBuffer.isView(raw)) return value;
	return { type: 'Buffer', data: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64') };
}

function readBytes(_key: string, value: unknown): unknown {
	const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
	return type === 'Buffer' && typeof data === 'string' ? Buffer.from(data, 'base64') : value;
}
