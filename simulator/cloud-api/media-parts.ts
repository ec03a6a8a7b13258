import type { MediaKind } from '../model';
import { isObject, type Json } from './checks';

/** Which files does a message carry? Its own, a template's header or an interactive header; at most one. */
export interface MediaPart {
	kind: MediaKind;
	id: string | null;
	link: string | null;
	fileName: string | null;
}

const KINDS = new Set(['image', 'video', 'audio', 'document', 'sticker']);

export function mediaPartOf(body: Json): MediaPart | null {
	const type = String(body.type);
	if (KINDS.has(type)) return partOf(type, body[type]);
	if (type === 'interactive' && isObject(body.interactive)) return headerPart(body.interactive.header);
	if (type === 'template' && isObject(body.template) && Array.isArray(body.template.components)) {
		const header: unknown = body.template.components.find((one) => String(one?.type).toLowerCase() === 'header');
		return isObject(header) && Array.isArray(header.parameters) ? headerPart(header.parameters[0]) : null;
	}
	return null;
}

function headerPart(header: unknown): MediaPart | null {
	if (!isObject(header)) return null;
	const kind = String(header.type).toLowerCase();
	return KINDS.has(kind) ? partOf(kind, header[kind]) : null;
}

function partOf(kind: string, part: unknown): MediaPart | null {
	if (!isObject(part)) return null;
	const text = (value: unknown) => (typeof value === 'string' ? value : null);
	return { kind: kind as MediaKind, id: text(part.id), link: text(part.link), fileName: text(part.filename) };
}
