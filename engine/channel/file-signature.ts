/**
 * What is in a file, going by its first bytes? Knows the types that are often sent under a wrong name: a web page saved as
 * "boleto.pdf", a PNG called ".jpg". Answers null when the bytes tell nothing.
 */

export type SignedType =
	| 'application/pdf'
	| 'image/jpeg'
	| 'image/png'
	| 'image/webp'
	| 'image/gif'
	| 'video/mp4'
	| 'video/3gpp'
	| 'audio/mp4'
	| 'audio/ogg'
	| 'application/zip'
	| 'text/html';

/** A PDF may begin with other bytes; readers look for its mark in the first kilobyte. */
const LOOKED_AT = 1_024;

export function signedType(bytes: Uint8Array): SignedType | null {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOKED_AT)).toString('latin1');
	if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
	if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
	if (head.startsWith('GIF8')) return 'image/gif';
	if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
	if (head.startsWith('OggS')) return 'audio/ogg';
	if (head.slice(4, 8) === 'ftyp') return typeOfBrand(head.slice(8, 12));
	if (head.startsWith('PK\x03\x04')) return 'application/zip';
	if (head.includes('%PDF-')) return 'application/pdf';
	if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html)[\s>]/i.test(head)) return 'text/html';
	return null;
}

/** Types whose files always begin with a known mark. */
const ALWAYS_SIGNED: ReadonlySet<string> = new Set([
	'application/pdf',
	'image/jpeg',
	'image/png',
	'image/webp',
	'image/gif',
	'video/mp4',
	'video/3gpp',
	'audio/mp4',
	'audio/ogg',
]);

/** One container, three uses: only the brand tells, and programs are careless about it. */
const IN_MP4: ReadonlySet<string> = new Set(['video/mp4', 'video/3gpp', 'audio/mp4', 'video/quicktime']);
/** Containers from before the mark became usual. */
const OLD_MP4 = /^.{4}(moov|mdat|free|skip|wide|pnot)/s;

/**
 * Can a file with these bytes be of this type? Only what is certain is denied.
 * @param mimeType bare, lower case
 */
export function mayBe(mimeType: string, bytes: Uint8Array): boolean {
	const actual = signedType(bytes);
	if (actual === mimeType) return true;
	if (IN_MP4.has(mimeType)) {
		return actual === null
			? OLD_MP4.test(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8)).toString('latin1'))
			: IN_MP4.has(actual);
	}
	// Office files are zip files.
	if (actual === 'application/zip') return !ALWAYS_SIGNED.has(mimeType);
	// An HTML page is a text; what it is not is an office file or an image.
	if (actual === 'text/html') return mimeType.startsWith('text/') || mimeType.endsWith('xml');
	return !ALWAYS_SIGNED.has(mimeType);
}

function typeOfBrand(brand: string): SignedType {
	if (brand.startsWith('M4A') || brand.startsWith('M4B')) return 'audio/mp4';
	return brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4';
}
