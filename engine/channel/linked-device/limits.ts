import type { MediaLimits } from '../content-checks';

/**
 * How much WhatsApp Web takes. The apps document few of these: texts and captions are what they let a person type; a document
 * might have 2 GB, which no desk should hold in memory.
 */
export const LIMITS = { text: 65_536, caption: 1_024, contacts: 257 } as const;

const MB = 1024 * 1024;

export const MEDIA_LIMITS: MediaLimits = {
	image: { bytes: 16 * MB, mimeTypes: ['image/jpeg', 'image/png'] },
	video: { bytes: 64 * MB, mimeTypes: ['video/mp4', 'video/3gpp'] },
	audio: { bytes: 16 * MB, mimeTypes: ['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr'] },
	document: { bytes: 100 * MB, mimeTypes: null },
	sticker: { bytes: 1 * MB, mimeTypes: ['image/webp'] },
};

/** The most that is fetched of a link, whatever it is sent as. */
export const MOST_LINK_BYTES = 100 * MB;
