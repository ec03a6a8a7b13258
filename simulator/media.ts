import { createHash, randomBytes } from 'node:crypto';
import type { MediaKind } from './model';

/** Which bytes hide behind a media id, and until when? Ids and links expire on the virtual clock. */
export interface StoredMedia {
	id: string;
	mimeType: string;
	sha256: string;
	bytes: Buffer;
	fileName: string | null;
	/** Uploads of the business live 30 days, what a contact sent lives 7 (cloud-api.md §1). */
	expiresAt: number;
}

const DAY = 86_400_000;
const LINK_LIFE = 5 * 60_000;
const FETCHED_LIFE = 10 * 60_000;
const MEGABYTE = 1_024 * 1_024;
/** Old bytes make room for new ones above this. */
const KEEP_BYTES = 256 * MEGABYTE;

/** The types and sizes each kind of message may carry (cloud-api.md §1). */
const RULES: Record<MediaKind, { types: RegExp; maxBytes: number }> = {
	image: { types: /^image\/(jpeg|png)$/, maxBytes: 5 * MEGABYTE },
	video: { types: /^video\/(mp4|3gpp)$/, maxBytes: 16 * MEGABYTE },
	audio: { types: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, maxBytes: 16 * MEGABYTE },
	document: {
		types:
			/^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)))$/,
		maxBytes: 100 * MEGABYTE,
	},
	sticker: { types: /^image\/webp$/, maxBytes: 500 * 1_024 },
};

export class MediaStore {
	readonly #media = new Map<string, StoredMedia>();
	readonly #links = new Map<string, { id: string; diesAt: number }>();
	/** What Meta keeps of a fetched link for ten minutes. */
	readonly #fetched = new Map<string, { id: string; diesAt: number }>();
	#bytes = 0;
	#nextId = 1_000_000_000_000_000 + Math.floor(Math.random() * 1_000_000_000);

	add(bytes: Buffer, mimeType: string, fileName: string | null, now: number, days: 7 | 30): StoredMedia {
		const media: StoredMedia = {
			id: String(this.#nextId++),
			mimeType,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			bytes,
			fileName,
			expiresAt: now + days * DAY,
		};
		this.#media.set(media.id, media);
		this.#bytes += bytes.length;
		for (const oldest of this.#media.values()) {
			if (this.#bytes <= KEEP_BYTES || oldest.id === media.id) break;
			this.remove(oldest.id);
		}
		return media;
	}

	get(id: string, now: number): StoredMedia | null {
		const media = this.#media.get(id);
		return media && now < media.expiresAt ? media : null;
	}

	remove(id: string): boolean {
		const media = this.#media.get(id);
		if (!media) return false;
		this.#bytes -= media.bytes.length;
		return this.#media.delete(id);
	}

	/** A new download key of a media; each dies after five minutes. */
	link(id: string, now: number): string {
		const key = randomBytes(12).toString('base64url');
		this.#links.set(key, { id, diesAt: now + LINK_LIFE });
		for (const [old, link] of this.#links) {
			if (link.diesAt > now) break;
			this.#links.delete(old);
		}
		return key;
	}

	byLink(key: string, now: number): StoredMedia | null {
		const link = this.#links.get(key);
		return link && now < link.diesAt ? this.get(link.id, now) : null;
	}

	/** The file of a link that was fetched less than ten minutes ago. */
	fetched(link: string, now: number): StoredMedia | null {
		const known = this.#fetched.get(link);
		return known && now < known.diesAt ? this.get(known.id, now) : null;
	}

	keepFetched(link: string, id: string, now: number): void {
		this.#fetched.set(link, { id, diesAt: now + FETCHED_LIFE });
	}

	clear(): void {
		this.#media.clear();
		this.#links.clear();
		this.#fetched.clear();
		this.#bytes = 0;
	}
}

/** A fresh download address, without the host. */
export function mediaLinkPath(media: MediaStore, id: string, now: number): string {
	return `/whatsapp_business/attachments/?mid=${id}&key=${media.link(id, now)}`;
}

/** Why this file cannot be uploaded at all, or null. */
export function uploadRefusal(mimeType: string, size: number): string | null {
	const kinds = Object.values(RULES).filter((rule) => rule.types.test(baseType(mimeType)));
	if (kinds.length === 0) return `Param file must be a file of a supported type. Received file of type '${mimeType}'.`;
	const max = Math.max(...kinds.map((rule) => rule.maxBytes));
	return size > max ? `File of ${size} bytes is larger than the ${max} bytes allowed for ${mimeType}.` : null;
}

/** Why this file cannot travel as this kind of message, or null. */
export function kindRefusal(kind: MediaKind, media: Pick<StoredMedia, 'mimeType' | 'bytes'>): string | null {
	const rule = RULES[kind];
	if (!rule.types.test(baseType(media.mimeType))) return `A file of type ${media.mimeType} cannot be sent as ${kind}.`;
	return media.bytes.length > rule.maxBytes ? `The file is larger than the ${rule.maxBytes} bytes of a ${kind}.` : null;
}

/** Why name and type of a file contradict each other, or null; unknown extensions say nothing. */
export function extensionRefusal(fileName: string, mimeType: string): string | null {
	const extension = /\.([a-z0-9]{2,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
	const types = EXTENSIONS[extension];
	if (!types || types.includes(baseType(mimeType))) return null;
	return `The extension .${extension} does not belong to a file of type ${mimeType}.`;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const EXTENSIONS: Record<string, string[]> = {
	jpg: ['image/jpeg'],
	jpeg: ['image/jpeg'],
	png: ['image/png'],
	webp: ['image/webp'],
	mp4: ['video/mp4', 'audio/mp4'],
	'3gp': ['video/3gpp'],
	aac: ['audio/aac'],
	amr: ['audio/amr'],
	mp3: ['audio/mpeg'],
	m4a: ['audio/mp4'],
	ogg: ['audio/ogg'],
	opus: ['audio/ogg'],
	pdf: ['application/pdf'],
	txt: ['text/plain'],
	doc: ['application/msword'],
	xls: ['application/vnd.ms-excel'],
	ppt: ['application/vnd.ms-powerpoint'],
	docx: [`${OFFICE}wordprocessingml.document`],
	xlsx: [`${OFFICE}spreadsheetml.sheet`],
	pptx: [`${OFFICE}presentationml.presentation`],
};

function baseType(mimeType: string): string {
	return mimeType.split(';')[0]!.trim().toLowerCase();
}
