/**
 * Do type, name and content of a file agree? Graph refuses an upload where they do not (131053), or the customer gets a
 * file that does not open. What can be put right is put right; a real contradiction is refused with what to do.
 */
import type { MediaType } from '../model';
import { cleanFileName, fileNameFor } from './file-name';
import { mayBe, signedType } from './file-signature';
import { bareMimeType, carriesExtension, extensionOf, isUnknownType, typeOfExtension } from './file-types';
import type { StoredMedia } from './port';
import { refuse, type Refusal } from './refusal';

export interface SettledFile {
	type: 'file';
	bytes: Buffer;
	/** As Meta spells it, without parameters. */
	mimeType: string;
	/** With the extension of its type. */
	fileName: string;
}

const FALLBACK_NAME = 'arquivo';

/** @param file as it was given: its type may be missing or wrong, its name may lack an extension */
export function settleFile(mediaType: MediaType, file: StoredMedia): SettledFile | Refusal {
	const declared = bareMimeType(file.mimeType);
	const mimeType = actualType(declared, file);
	if (file.bytes.length > 0 && !mayBe(mimeType, file.bytes)) return otherContent(mimeType, signedType(file.bytes));
	const settled = { type: 'file' as const, bytes: file.bytes, mimeType };
	// Only documents show their name.
	if (mediaType !== 'document') return { ...settled, fileName: fileNameFor(null, mimeType, FALLBACK_NAME) };
	if (file.fileName !== null && contradicts(file.fileName, mimeType)) return otherName(file.fileName, mimeType);
	return { ...settled, fileName: documentName(file.fileName ?? '', mimeType) };
}

/** A known extension stays (a CSV may well travel as a text or a spreadsheet); one that is missing is appended. */
function documentName(fileName: string, mimeType: string): string {
	const cleaned = cleanFileName(fileName);
	if (cleaned !== null && typeOfExtension(extensionOf(cleaned)) !== null) return cleaned;
	return fileNameFor(cleaned, mimeType, FALLBACK_NAME);
}

/** What the bytes say where nothing was said, and where two kinds of images were mixed up; else what was said. */
function actualType(declared: string, file: StoredMedia): string {
	const signed = signedType(file.bytes);
	if (isUnknownType(declared)) {
		const promised = typeOfExtension(extensionOf(file.fileName ?? ''));
		// The office formats are zip files, and only their names tell them apart.
		if (signed !== null && signed !== 'application/zip') return signed;
		return promised ?? signed ?? declared;
	}
	return declared.startsWith('image/') && signed?.startsWith('image/') ? signed : declared;
}

/** The name promises one type, the file is another, and at least one of both is sure about itself. */
function contradicts(fileName: string, mimeType: string): boolean {
	const extension = extensionOf(fileName);
	const promised = typeOfExtension(extension);
	if (promised === null || carriesExtension(mimeType, extension) !== false) return false;
	return SURE.has(promised) || SURE.has(mimeType);
}

/** Types nobody confuses by habit, unlike text and spreadsheets. */
const SURE: ReadonlySet<string> = new Set([
	...['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif'],
	...['video/mp4', 'video/3gpp', 'audio/ogg', 'audio/mpeg'],
]);

const LABELS: Record<string, string> = {
	'application/pdf': 'um PDF',
	'image/jpeg': 'uma imagem JPEG',
	'image/png': 'uma imagem PNG',
	'image/webp': 'uma imagem WebP',
	'image/gif': 'uma imagem GIF',
	'video/mp4': 'um vídeo MP4',
	'video/3gpp': 'um vídeo 3GP',
	'audio/mp4': 'um áudio M4A',
	'audio/ogg': 'um áudio OGG',
	'audio/mpeg': 'um áudio MP3',
	'application/zip': 'um arquivo ZIP ou do Office',
	'text/html': 'uma página da web (HTML), como uma tela de erro ou de login',
};

const labelOf = (mimeType: string) => LABELS[mimeType] ?? `um arquivo ${mimeType}`;

function otherContent(mimeType: string, actual: string | null): Refusal {
	const found = actual ? `é ${labelOf(actual)}` : `não é`;
	return refuse(
		'fileContent',
		`O arquivo diz ser ${labelOf(mimeType)}, mas o conteúdo ${found}. Confira de onde ele vem, ou corrija o tipo do arquivo.`,
	);
}

function otherName(fileName: string, mimeType: string): Refusal {
	return refuse(
		'fileName',
		`O nome "${fileName}" não combina com o arquivo, que é ${labelOf(mimeType)}. Corrija a extensão do nome ou envie o arquivo certo.`,
	);
}
