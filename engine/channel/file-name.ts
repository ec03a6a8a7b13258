/**
 * Under which name may a file be kept and passed on? Names come from strangers: they may climb out of a folder, hide their
 * extension behind right-to-left marks, or be longer than a file system takes.
 */
import { carriesExtension, extensionOf, usualExtension } from './file-types';

/** File systems take 255 bytes; some room is left for whoever adds a number or a suffix. */
const MOST_BYTES = 180;
/** Names Windows keeps for devices, whatever the extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name without anything dangerous; null when nothing is left of it. */
export function cleanFileName(name: string): string | null {
	const cleaned = name
		.normalize('NFC')
		// Controls, invisible format marks (right-to-left overrides among them), line separators, halves of characters.
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
		.split(/[/\\]/)
		.at(-1)!
		.replace(/[<>:"|?*]/g, '_')
		.replace(/\s+/g, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	if (cleaned === '') return null;
	return shorten(DEVICES.test(cleaned) ? `_${cleaned}` : cleaned);
}

/**
 * A name whose extension agrees with the type: "boleto" of a PDF is "boleto.pdf", and so is "boleto.exe" "boleto.exe.pdf".
 * @param fallback the name without extension of a file that has none
 */
export function fileNameFor(name: string | null | undefined, mimeType: string, fallback: string): string {
	const cleaned = (name && cleanFileName(name)) || fallback;
	const usual = usualExtension(mimeType);
	if (usual === null || carriesExtension(mimeType, extensionOf(cleaned))) return cleaned;
	return shorten(`${cleaned}.${usual}`);
}

/** Cuts in the middle of the name, never in its extension. */
function shorten(name: string): string {
	if (Buffer.byteLength(name) <= MOST_BYTES) return name;
	const extension = extensionOf(name);
	const end = extension === '' ? '' : `.${extension}`;
	const letters = [...name.slice(0, name.length - end.length)];
	while (Buffer.byteLength(letters.join('')) > MOST_BYTES - end.length) {
		const tooMany = Buffer.byteLength(letters.join('')) - (MOST_BYTES - end.length);
		letters.splice(letters.length - Math.max(1, Math.floor(tooMany / 4)));
	}
	return letters.join('').trimEnd() + end;
}
