import type { BinaryNode } from './baileys';

/** Building and reading the stanzas of WhatsApp Web. Content that is not in its dictionary arrives as bytes. */
export const SERVER = 's.whatsapp.net';

type Attrs = Record<string, string | number | undefined>;

/** Attributes without a value are left out. */
export function node(tag: string, attrs: Attrs = {}, content?: BinaryNode['content']): BinaryNode {
	const written: Record<string, string> = {};
	for (const [name, value] of Object.entries(attrs)) if (value !== undefined) written[name] = String(value);
	return { tag, attrs: written, content };
}

export function children(of: BinaryNode | undefined, tag?: string): BinaryNode[] {
	const all = Array.isArray(of?.content) ? of.content : [];
	return tag === undefined ? all : all.filter((one) => one.tag === tag);
}

export function child(of: BinaryNode | undefined, tag: string): BinaryNode | undefined {
	return children(of, tag)[0];
}

/** The bytes of a node, or of its child of this name; empty when there are none. */
export function bytesOf(of: BinaryNode | undefined, tag?: string): Buffer {
	const content = (tag === undefined ? of : child(of, tag))?.content;
	if (typeof content === 'string') return Buffer.from(content);
	return content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0);
}

export function textOf(of: BinaryNode | undefined, tag?: string): string {
	return bytesOf(of, tag).toString('utf8');
}

/** Big-endian, as registration and key ids travel. */
export function numberOf(of: BinaryNode | undefined, tag: string): number {
	return bytesOf(of, tag).reduce((sum, byte) => sum * 256 + byte, 0);
}

export function bigEndian(value: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntBE(value, 0, bytes);
	return buffer;
}
