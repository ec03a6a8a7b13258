import { el, icon } from './dom.js';
import { formatted } from './format.js';

/** What bubbles are put together from: texts, files, things to tap. */
export const LABELS = {
	image: 'Imagem',
	video: 'Vídeo',
	audio: 'Áudio',
	document: 'Documento',
	sticker: 'Figurinha',
	location: 'Localização',
	contacts: 'Contato',
	reaction: 'Reação retirada',
	unsupported: 'Mensagem não suportada',
	template: 'Modelo de mensagem',
};

export function textBody(text) {
	return el('p', { class: 'text' }, formatted(text));
}

/** A picture when its bytes are here (uploaded, or fetched from its link), else the file it is. */
export function mediaBody(kind, part, fetchedId) {
	const file = () => chip(kind, part.filename || LABELS[kind], part.link ?? part.mime_type ?? '');
	const id = part.id ?? fetchedId;
	const shown = (kind === 'image' || kind === 'sticker') && id ? picture(id, kind, part, file) : file();
	return el('div', {}, shown, part.caption ? textBody(part.caption) : null);
}

/** What cannot be drawn is shown as the file it is. */
function picture(id, kind, part, file) {
	const image = el('img', {
		class: 'thumbnail',
		src: `/admin/media/${id}`,
		alt: part.caption || LABELS[kind],
		onerror: () => image.replaceWith(file()),
	});
	return image;
}

export function chip(name, title, detail) {
	return el(
		'div',
		{ class: 'chip' },
		el('span', { class: 'chip-icon' }, icon(name)),
		el('span', { class: 'chip-text' }, el('strong', {}, title), detail ? el('small', {}, detail) : null),
	);
}

export function action(testid, name, label, onclick) {
	return el('button', { class: 'action', type: 'button', testid, onclick }, icon(name), label);
}
