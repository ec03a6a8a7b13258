import type { MediaType, OutboundContent } from '../model';

const MEDIA: Record<MediaType, string> = {
	image: 'imagem',
	video: 'vídeo',
	audio: 'áudio',
	document: 'documento',
	sticker: 'figurinha',
};

/** What a person reads in a list of messages: the text itself, or in brackets what was sent. */
export function summaryOf(content: OutboundContent): string {
	switch (content.type) {
		case 'text':
		case 'template':
			return content.text;
		case 'menu':
			return content.plainText || content.body;
		case 'media': {
			const file = content.fileName ? `${MEDIA[content.mediaType]}: ${content.fileName}` : MEDIA[content.mediaType];
			return content.caption ? `[${file}] ${content.caption}` : `[${file}]`;
		}
		case 'location':
			return `[localização: ${content.name || `${content.latitude}, ${content.longitude}`}]`;
		case 'contacts':
			return `[contato: ${content.contacts.map((card) => card.name).join(', ')}]`;
		case 'reaction':
			return content.emoji === '' ? '[reação removida]' : `[reação: ${content.emoji}]`;
	}
}
