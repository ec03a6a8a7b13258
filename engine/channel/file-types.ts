/**
 * Which MIME type and which extension belong together? A small table of what people send over WhatsApp; what is not in it
 * is left as it is. Source of the types that the Cloud API takes: its media reference.
 */

/** Extensions by MIME type, the usual one first. */
const EXTENSIONS: Record<string, readonly string[]> = {
	'application/pdf': ['pdf'],
	'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
	'image/png': ['png'],
	'image/webp': ['webp'],
	'image/gif': ['gif'],
	'image/heic': ['heic'],
	'image/bmp': ['bmp'],
	'image/tiff': ['tif', 'tiff'],
	'image/svg+xml': ['svg'],
	'video/mp4': ['mp4', 'm4v'],
	'video/3gpp': ['3gp', '3gpp'],
	'video/quicktime': ['mov'],
	'video/webm': ['webm'],
	'audio/aac': ['aac'],
	'audio/amr': ['amr'],
	'audio/mpeg': ['mp3', 'mpga'],
	'audio/mp4': ['m4a', 'mp4'],
	'audio/ogg': ['ogg', 'oga', 'opus'],
	'audio/wav': ['wav'],
	'text/plain': ['txt', 'log'],
	'text/csv': ['csv'],
	'text/html': ['html', 'htm'],
	'text/calendar': ['ics'],
	'text/vcard': ['vcf'],
	'application/json': ['json'],
	'application/xml': ['xml'],
	'application/zip': ['zip'],
	'application/rtf': ['rtf'],
	'application/msword': ['doc'],
	'application/vnd.ms-excel': ['xls'],
	'application/vnd.ms-powerpoint': ['ppt'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
	'application/vnd.oasis.opendocument.text': ['odt'],
	'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
};

/** Names other programs give to types under another name. */
const ALIASES: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'audio/mp3': 'audio/mpeg',
	'audio/x-m4a': 'audio/mp4',
	'audio/m4a': 'audio/mp4',
	'audio/opus': 'audio/ogg',
	'application/ogg': 'audio/ogg',
	'audio/x-wav': 'audio/wav',
	'application/x-pdf': 'application/pdf',
	'text/xml': 'application/xml',
	'application/x-zip-compressed': 'application/zip',
};

const TYPES = new Map(
	Object.entries(EXTENSIONS)
		.reverse()
		.flatMap(([type, extensions]) => extensions.map((extension) => [extension, type] as const)),
);

/** The type as Meta spells it: lower case, without parameters; '' when there is none. */
export function bareMimeType(mimeType: string | null | undefined): string {
	const bare = (mimeType ?? '').split(';')[0]!.trim().toLowerCase();
	return Object.hasOwn(ALIASES, bare) ? ALIASES[bare]! : bare;
}

/** Whether the type says nothing about the content. */
export function isUnknownType(mimeType: string): boolean {
	return mimeType === '' || mimeType === 'application/octet-stream' || mimeType === 'binary/octet-stream';
}

/** 'boleto.PDF' → 'pdf'; '' when the name has none. */
export function extensionOf(fileName: string): string {
	return /[^.]\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** The usual extension of a type, without dot; null when the table does not know it. */
export function usualExtension(mimeType: string): string | null {
	return EXTENSIONS[bareMimeType(mimeType)]?.[0] ?? null;
}

/** Whether files of this type carry this extension; null when the table knows nothing about the type. */
export function carriesExtension(mimeType: string, extension: string): boolean | null {
	const known = EXTENSIONS[bareMimeType(mimeType)];
	return known ? known.includes(extension) : null;
}

/** The type that an extension promises; null when the table does not know it. */
export function typeOfExtension(extension: string): string | null {
	return TYPES.get(extension) ?? null;
}
