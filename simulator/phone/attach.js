import { el, icon } from './dom.js';
import { say } from './store.js';

/** The paper clip: everything a customer can send besides text. Real pictures and files, or a ready-made example. */
const KINDS = [
	['image', 'Imagem', 'image/jpeg,image/png', 'image'],
	['document', 'Documento', '', 'document'],
];

const EXAMPLES = [
	['audio', 'Áudio de voz', { type: 'media', media: 'audio', voice: true }],
	['sticker', 'Figurinha', { type: 'media', media: 'sticker' }],
	[
		'pin',
		'Localização',
		{ type: 'location', latitude: -23.5614, longitude: -46.6559, name: 'Avenida Paulista', address: 'São Paulo, SP' },
	],
	[
		'person',
		'Contato',
		{
			type: 'contacts',
			contacts: [
				{
					name: { formatted_name: 'Dona Neide', first_name: 'Neide' },
					phones: [{ phone: '+55 11 95555-1234', type: 'CELL' }],
				},
			],
		},
	],
	['question', 'Enquete (não suportada)', { type: 'unsupported', unsupportedType: 'poll_creation' }],
];

const MAX_BYTES = 16 * 1024 * 1024;

export function attachMenu(waId) {
	const close = () => menu.removeAttribute('open');
	const picks = KINDS.map(([name, label, accept, media]) => {
		const file = el('input', {
			type: 'file',
			accept,
			hidden: true,
			onchange: () => sendFile(waId, media, file, close),
		});
		return [entry(name, label, `attach-${media}`, () => file.click()), file];
	});
	const examples = EXAMPLES.map(([name, label, message]) =>
		entry(name, label, `attach-${name}`, () => {
			close();
			void say(waId, message);
		}),
	);
	const menu = el(
		'details',
		{ class: 'attach' },
		el('summary', { class: 'icon-button', 'aria-label': 'Anexar', title: 'Anexar', testid: 'attach' }, icon('clip')),
		el('div', { class: 'attach-menu', role: 'group', 'aria-label': 'Anexar' }, picks, examples),
	);
	menu.addEventListener('focusout', (event) => menu.contains(event.relatedTarget) || !event.relatedTarget || close());
	menu.addEventListener('keydown', (event) => event.key === 'Escape' && close());
	document.addEventListener('click', function outside(event) {
		if (!menu.isConnected && !menu.open) return document.removeEventListener('click', outside);
		if (!menu.contains(event.target)) close();
	});
	return menu;
}

function entry(name, label, testid, onclick) {
	return el('button', { type: 'button', testid, onclick }, icon(name), label);
}

function sendFile(waId, media, input, close) {
	const file = input.files?.[0];
	input.value = '';
	close();
	if (!file || file.size > MAX_BYTES) return;
	const reader = new FileReader();
	reader.addEventListener('load', () => {
		const base64 = String(reader.result).split(',')[1] ?? '';
		void say(waId, {
			type: 'media',
			media,
			base64,
			mimeType: file.type || 'application/octet-stream',
			fileName: file.name,
		});
	});
	reader.readAsDataURL(file);
}
