/**
 * Where does one frame end? Each is a 3-byte length and a body; websocket messages may hold half of one or several.
 * The client's first bytes are a header that is not framed, in front of it perhaps the routing it was given earlier.
 */
export const HEADER = Buffer.from([0x57, 0x41, 0x06, 0x03]);
const ROUTING = Buffer.from([0x45, 0x44, 0x00, 0x01]);

export class FrameReader {
	#bytes: Buffer = Buffer.alloc(0);
	#begun = false;

	/** The frames that are complete now. Throws when the first bytes are not WhatsApp's. */
	push(bytes: Buffer): Buffer[] {
		this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
		if (!this.#begun && !this.#begin()) return [];
		const frames: Buffer[] = [];
		while (this.#bytes.length >= 3) {
			const end = 3 + this.#bytes.readUIntBE(0, 3);
			if (this.#bytes.length < end) break;
			frames.push(this.#bytes.subarray(3, end));
			this.#bytes = this.#bytes.subarray(end);
		}
		return frames;
	}

	#begin(): boolean {
		let at = 0;
		if (startsWith(this.#bytes, ROUTING)) {
			if (this.#bytes.length < 7) return false;
			at = 7 + this.#bytes.readUIntBE(4, 3);
		}
		if (this.#bytes.length < at + HEADER.length) return false;
		if (!startsWith(this.#bytes.subarray(at), HEADER))
			throw new Error('These are not the first bytes of WhatsApp Web.');
		this.#bytes = this.#bytes.subarray(at + HEADER.length);
		this.#begun = true;
		return true;
	}
}

export function framed(body: Uint8Array): Buffer {
	const frame = Buffer.allocUnsafe(3 + body.length);
	frame.writeUIntBE(body.length, 0, 3);
	frame.set(body, 3);
	return frame;
}

function startsWith(bytes: Buffer, wanted: Buffer): boolean {
	return bytes.subarray(0, wanted.length).equals(wanted);
}
