import { el, icon, toast } from './dom.js';
import { formatted } from './format.js';
import { action, chip, mediaBody, textBody } from './parts.js';
import { say } from './store.js';

/** A template as a person gets it: header, text, footer and its buttons, filled already. */
export function templateBody(message) {
	const { template } = message;
	if (!template) return textBody(message.text);
	return el(
		'div',
		{ class: 'template' },
		headerOf(template.header, message.fetchedMediaId),
		textBody(template.body),
		template.footer ? el('p', { class: 'footnote' }, template.footer) : null,
	);
}

export function templateActions(waId, message) {
	const buttons = message.template?.buttons ?? [];
	if (buttons.length === 0) return null;
	return el(
		'div',
		{ class: 'actions' },
		buttons.map((button, index) => buttonOf(waId, message, button, index)),
	);
}

function headerOf(header, fetchedId) {
	if (!header) return null;
	if (header.type === 'text') return el('p', { class: 'headline' }, formatted(header.text));
	if (header.type === 'location') return chip('pin', header.name || 'Localização', header.address);
	return mediaBody(
		header.type,
		{ id: header.id ?? undefined, link: header.link ?? undefined, filename: header.fileName ?? undefined },
		fetchedId,
	);
}

function buttonOf(waId, message, button, index) {
	const testid = `template-button-${index}`;
	switch (button.type) {
		case 'quickReply':
			return action(testid, 'reply', button.text, () =>
				say(waId, { type: 'tap', option: button.payload, messageId: message.id }),
			);
		case 'url':
			return el(
				'a',
				{ class: 'action', testid, href: button.url, target: '_blank', rel: 'noopener noreferrer', title: button.url },
				icon('link'),
				button.text,
			);
		case 'phoneNumber':
			return action(testid, 'phone', button.text, () => toast(`No celular, ligaria para ${button.phone}.`));
		case 'copyCode':
			return action(testid, 'copy', `${button.text} · ${button.code}`, () => copy(button.code));
		default:
			return action(testid, 'question', button.text, () => toast('O simulador não conhece este botão.'));
	}
}

function copy(code) {
	const done = () => toast(`Código copiado: ${code}`);
	// Only pages of this machine may use the clipboard; elsewhere the code is just shown.
	if (navigator.clipboard) void navigator.clipboard.writeText(code).then(done, done);
	else done();
}
