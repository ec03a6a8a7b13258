/** How do Baileys' credentials and keys become text and back? JSON with bytes in base64, readable by Baileys' own BufferJSON. */

export function secretToJson(value: unknown): string {
	return JSON.stringify(value, writeBytes);
}

/** Bytes come back as Buffers; everything is made anew, so that nobody changes what somebody else holds. */
export function secretFromJson(text: string): unknown {
	// Most secrets (Signal sessions) hold base64 text only, and reading those needs no function called for every value.
	return text.includes('"Buffer"') ? JSON.parse(text, readBytes) : JSON.parse(text);
}

// ---------------------------------------------------------------- helpers

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
