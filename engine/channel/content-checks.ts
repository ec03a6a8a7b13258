/**
 * What no channel of WhatsApp can send, judged before anything is sent: the answer comes at once and says in Portuguese what to
 * change (D-19). Each check gives null when nothing speaks against sending; how much a channel takes is its own.
 */
import type { MediaType, OutboundContent } from '../model';
import { bareMimeType } from './file-types';
import type { StoredMedia } from './port';
import { isLongerThan, megabytes, refuse, type Refusal } from './refusal';

/** By media type: upper size in bytes, and accepted MIME types; null = any. */
export type MediaLimits = Record<MediaType, { bytes: number; mimeTypes: readonly string[] | null }>;

const LABELS: Record<MediaType, string> = {
	image: 'imagem',
	video: 'vídeo',
	audio: 'áudio',
	document: 'documento',
	sticker: 'figurinha',
};

/** @param what e.g. "A mensagem" */
export function checkText(text: string, what: string, most: number): Refusal | null {
	if (text.trim() === '') return refuse('emptyText', `${what} está sem texto. Escreva algo antes de enviar.`);
	if (!isLongerThan(text, most)) return null;
	return refuse('textTooLong', `${what} passa de ${most} caracteres. Divida em mensagens menores.`);
}

/** Which texts and options go with which kind of file. */
export function checkMediaText(
	{ mediaType, caption, voice }: Extract<OutboundContent, { type: 'media' }>,
	mostCaption: number,
): Refusal | null {
	if (caption && (mediaType === 'audio' || mediaType === 'sticker')) {
		return refuse(
			'noCaption',
			`O WhatsApp não aceita legenda em ${LABELS[mediaType]}. Envie o texto em outra mensagem.`,
		);
	}
	if (caption && isLongerThan(caption, mostCaption)) {
		return refuse('captionTooLong', `A legenda passa de ${mostCaption} caracteres. Envie o texto em outra mensagem.`);
	}
	if (voice && mediaType !== 'audio') {
		return refuse('voiceType', 'Só um áudio pode ser enviado como mensagem de voz. Desligue "voz".');
	}
	return null;
}

export function checkLink(link: string): Refusal | null {
	return isWebLink(link)
		? null
		: refuse('badLink', 'O link do arquivo não é um endereço http(s) válido e público. Corrija o link.');
}

/** Needs the file itself; asked once its bytes are known. */
export function checkFile(
	mediaType: MediaType,
	file: Pick<StoredMedia, 'bytes' | 'mimeType'>,
	limits: MediaLimits,
): Refusal | null {
	const limit = limits[mediaType];
	const mimeType = bareMimeType(file.mimeType);
	if (file.bytes.length === 0) return refuse('emptyFile', 'O arquivo está vazio. Envie outro arquivo.');
	if (file.bytes.length > limit.bytes) {
		const size = megabytes(file.bytes.length);
		return refuse(
			'fileTooLarge',
			`O arquivo tem ${size} e o WhatsApp aceita até ${megabytes(limit.bytes)} para ${LABELS[mediaType]}. ` +
				'Reduza o arquivo ou envie um link no texto.',
		);
	}
	const accepted = limit.mimeTypes;
	if (accepted === null || accepted.includes(mimeType)) return null;
	return refuse(
		'mimeType',
		`O WhatsApp não aceita ${mimeType || 'arquivo sem tipo'} como ${LABELS[mediaType]}; aceita ${accepted.join(', ')}. ` +
			'Converta o arquivo ou envie-o como documento.',
	);
}

export function checkLocation(latitude: number, longitude: number): Refusal | null {
	const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
	return valid
		? null
		: refuse('badLocation', 'Latitude vai de -90 a 90 e longitude de -180 a 180, em graus. Corrija-as.');
}

export function checkContacts(
	{ contacts }: Extract<OutboundContent, { type: 'contacts' }>,
	most: number,
): Refusal | null {
	if (contacts.length === 0) return refuse('noContacts', 'Nenhum contato foi informado. Inclua ao menos um.');
	if (contacts.length > most) {
		return refuse('tooManyContacts', `O WhatsApp aceita até ${most} contatos por mensagem. Divida o envio.`);
	}
	return contacts.some((card) => card.name.trim() === '')
		? refuse('contactName', 'Há um contato sem nome. Preencha o nome de cada contato.')
		: null;
}

export function checkReaction({ messageId }: Extract<OutboundContent, { type: 'reaction' }>): Refusal | null {
	return messageId === ''
		? refuse('reactionTarget', 'A reação não diz a qual mensagem se refere. Informe o id da mensagem recebida.')
		: null;
}

/** The file of a message is no longer in the store. */
export function fileGone(): Refusal {
	return refuse('fileGone', 'O arquivo desta mensagem não está mais guardado. Envie o arquivo de novo.');
}

function isWebLink(link: string): boolean {
	if (!URL.canParse(link)) return false;
	const { protocol, hostname } = new URL(link);
	return (protocol === 'https:' || protocol === 'http:') && hostname !== '';
}
