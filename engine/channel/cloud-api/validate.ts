/**
 * Would Graph refuse this content for a documented limit? Judged here first, so that the answer comes at once,
 * costs no request, and says in Portuguese what to change (D-19).
 */
import type { MediaSource, MediaType, OutboundContent } from '../../model';
import { bareMimeType } from '../file-types';
import type { StoredMedia } from '../port';
import { isLongerThan, megabytes, refuse, type Refusal } from '../refusal';
import { LIMITS, MEDIA_LIMITS } from './limits';
import { chooseMenuShape } from './menu';
import { templateFault } from './validate-template';

/** @returns null when nothing forbids sending it */
export function validateContent(content: OutboundContent): Refusal | null {
	switch (content.type) {
		case 'text':
			return checkText(content.text, 'A mensagem');
		case 'menu':
			return chooseMenuShape(content).shape === 'text' ? checkText(content.plainText, 'O menu em texto') : null;
		case 'media':
			return checkMedia(content);
		case 'location':
			return checkLocation(content.latitude, content.longitude);
		case 'contacts':
			return checkContacts(content);
		case 'reaction':
			return content.messageId === ''
				? refuse('reactionTarget', 'A reação não diz a qual mensagem se refere. Informe o id da mensagem recebida.')
				: null;
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
	const limit = MEDIA_LIMITS[mediaType];
	const mimeType = bareMimeType(file.mimeType);
	if (file.bytes.length === 0) return refuse('emptyFile', 'O arquivo está vazio. Envie outro arquivo.');
	if (file.bytes.length > limit.bytes) {
		const size = megabytes(file.bytes.length);
		return refuse(
			'fileTooLarge',
			`O arquivo tem ${size} e o WhatsApp aceita até ${megabytes(limit.bytes)} para ${labels[mediaType]}. ` +
				'Reduza o arquivo ou envie um link no texto.',
		);
	}
	const accepted: readonly string[] | null = limit.mimeTypes;
	if (accepted !== null && !accepted.includes(mimeType)) {
		return refuse(
			'mimeType',
			`O WhatsApp não aceita ${mimeType || 'arquivo sem tipo'} como ${labels[mediaType]}; aceita ${accepted.join(', ')}. ` +
				'Converta o arquivo ou envie-o como documento.',
		);
	}
	if (voice && mimeType !== 'audio/ogg') {
		return refuse(
			'voiceFormat',
			'Mensagem de voz precisa de um arquivo OGG com OPUS. Converta o áudio ou desligue "voz".',
		);
	}
	return null;
}

const labels: Record<MediaType, string> = {
	image: 'imagem',
	video: 'vídeo',
	audio: 'áudio',
	document: 'documento',
	sticker: 'figurinha',
};

function checkText(text: string, what: string): Refusal | null {
	if (text.trim() === '') return refuse('emptyText', `${what} está sem texto. Escreva algo antes de enviar.`);
	if (!isLongerThan(text, LIMITS.text)) return null;
	return refuse('textTooLong', `${what} passa de ${LIMITS.text} caracteres. Divida em mensagens menores.`);
}

function checkMedia(content: Extract<OutboundContent, { type: 'media' }>): Refusal | null {
	const { mediaType, source, caption, voice } = content;
	if (caption && (mediaType === 'audio' || mediaType === 'sticker')) {
		return refuse(
			'noCaption',
			`O WhatsApp não aceita legenda em ${labels[mediaType]}. Envie o texto em outra mensagem.`,
		);
	}
	if (caption && isLongerThan(caption, LIMITS.caption)) {
		return refuse(
			'captionTooLong',
			`A legenda passa de ${LIMITS.caption} caracteres. Envie o texto em outra mensagem.`,
		);
	}
	if (voice && mediaType !== 'audio') {
		return refuse('voiceType', 'Só um áudio pode ser enviado como mensagem de voz. Desligue "voz".');
	}
	return checkSource(source);
}

function checkSource(source: MediaSource): Refusal | null {
	if ('link' in source && !isWebLink(source.link)) {
		return refuse('badLink', 'O link do arquivo não é um endereço http(s) válido e público. Corrija o link.');
	}
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

function checkLocation(latitude: number, longitude: number): Refusal | null {
	const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
	return valid
		? null
		: refuse('badLocation', 'Latitude vai de -90 a 90 e longitude de -180 a 180, em graus. Corrija-as.');
}

function checkContacts({ contacts }: Extract<OutboundContent, { type: 'contacts' }>): Refusal | null {
	if (contacts.length === 0) return refuse('noContacts', 'Nenhum contato foi informado. Inclua ao menos um.');
	if (contacts.length > LIMITS.contacts) {
		return refuse('tooManyContacts', `O WhatsApp aceita até ${LIMITS.contacts} contatos por mensagem. Divida o envio.`);
	}
	return contacts.some((card) => card.name.trim() === '')
		? refuse('contactName', 'Há um contato sem nome. Preencha o nome de cada contato.')
		: null;
}

function isWebLink(link: string): boolean {
	if (!URL.canParse(link)) return false;
	const { protocol, hostname } = new URL(link);
	return (protocol === 'https:' || protocol === 'http:') && hostname !== '';
}
