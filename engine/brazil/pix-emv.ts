/**
 * How is a Pix code (BR Code, EMV merchant-presented QR) put together? A row of objects `id(2) length(2) value`, some of
 * which hold such rows themselves; the last one, 63, is a check over everything before it. Knows nothing of payments.
 */

export interface EmvObject {
	/** Two digits. */
	id: string;
	value: string;
}

/** The longest value two digits of length can announce. */
export const LONGEST_VALUE = 99;

/** The objects of a row; null when it is not one, or ends in the middle of an object. */
export function readObjects(row: string): EmvObject[] | null {
	const objects: EmvObject[] = [];
	for (let at = 0; at < row.length;) {
		const head = /^(\d\d)(\d\d)/.exec(row.slice(at, at + 4));
		if (!head) return null;
		const [, id, length] = head as unknown as [string, string, string];
		const value = row.slice(at + 4, at + 4 + Number(length));
		if (value.length < Number(length)) return null;
		objects.push({ id, value });
		at += 4 + value.length;
	}
	return objects;
}

/** One object; nothing for an empty value. The value must fit (LONGEST_VALUE). */
export function emvObject(id: string, value: string): string {
	return value === '' ? '' : id + String(value.length).padStart(2, '0') + value;
}

/** CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) in four capital hexadecimal digits. */
export function crc16(bytes: Uint8Array): string {
	let crc = 0xffff;
	for (const byte of bytes) {
		crc ^= byte << 8;
		for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
	}
	return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** The row with its check at the end. */
export function withCrc(row: string): string {
	const checked = `${row}6304`;
	return checked + crc16(Buffer.from(checked, 'utf8'));
}
