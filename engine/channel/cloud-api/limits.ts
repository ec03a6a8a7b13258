/** The documented sizes of what may be sent. Source: Cloud API "send messages" and one page per message type. */
export const LIMITS = {
	text: 4096,
	caption: 1024,
	header: 60,
	footer: 60,
	buttons: { options: 3, title: 20, id: 256, body: 1024 },
	list: { options: 10, title: 24, id: 200, description: 72, body: 4096, openLabel: 20 },
	contacts: 257,
	callbackData: 512,
} as const;

const MB = 1024 * 1024;

/** Upper sizes in bytes and accepted MIME types by media type; a document may be anything. */
export const MEDIA_LIMITS = {
	image: { bytes: 5 * MB, mimeTypes: ['image/jpeg', 'image/png'] },
	video: { bytes: 16 * MB, mimeTypes: ['video/mp4', 'video/3gpp'] },
	audio: {
		bytes: 16 * MB,
		mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
	},
	document: { bytes: 100 * MB, mimeTypes: null },
	/** Animated ones; static stickers are held to 100 KB by Meta. */
	sticker: { bytes: 500 * 1024, mimeTypes: ['image/webp'] },
} as const;
