/** Would Graph refuse this content for a documented limit? Judged here first, so that it costs no request (D-19). */
import type { MediaSource, MediaType, OutboundContent } from '../../model';
import {
	checkContacts,
	checkFile,
	checkLink,
	checkLocation,
	checkMediaText,
	checkReaction,
	checkText,
} from '../content-checks';
import { bareMimeType } from '../file-types';
import type { StoredMedia } from '../port';
import { refuse, type Refusal } from '../refusal';
import { LIMITS, MEDIA_LIMITS } from './limits';
import { chooseMenuShape } from './menu';
import { templateFault } from './validate-template';

/** @returns null when nothing forbids sending it */
export function validateContent(content: OutboundContent): Refusal | null {
	switch (content.type) {
		case 'text':
			return checkText(content.text, 'A mensagem', LIMITS.text);
		case 'menu':
			return chooseMenuShape(content).shape === 'text'
				? checkText(content.plainText, 'O menu em texto', LIMITS.text)
				: null;
		case 'media':
			return checkMediaText(content, LIMITS.caption) ?? checkSource(content.source);
		case 'location':
			return checkLocation(content.latitude, content.longitude);
		case 'contacts':
			return checkContacts(content, LIMITS.contacts);
		case 'reaction':
			return checkReaction(content);
		case 'template':
			return checkTemplate(content);
	}
}

/** The limits that need the file itself; asked once its bytes are known. */
export function validateFile(
	mediaType: MediaType,
	file: Pick<StoredMedia, 'bytes' | 'mimeType'>,
	voice = false,
): Refusal | null {
	const refusal = checkFile(mediaType, file, MEDIA_LIMITS);
	if (refusal || !voice || bareMimeType(file.mimeType) === 'audio/ogg') return refusal;
	return refuse(
		'voiceFormat',
		'Mensagem de voz precisa de um arquivo OGG com OPUS. Converta o áudio ou desligue "voz".',
	);
}

function checkSource(source: MediaSource): Refusal | null {
	if ('link' in source) return checkLink(source.link);
	if ('providerMediaId' in source && source.providerMediaId === '') {
		return refuse('noMediaId', 'Falta o id do arquivo na Meta. Informe o id, um link ou o próprio arquivo.');
	}
	return null;
}

function checkTemplate(content: Extract<OutboundContent, { type: 'template' }>): Refusal | null {
	const fault = templateFault(content);
	if (fault) return refuse(fault.code, fault.explanation);
	const { header } = content;
	if (header?.type === 'media') return checkSource(header.source);
	return header?.type === 'location' ? checkLocation(header.latitude, header.longitude) : null;
}
