import { el, icon, tick } from './dom.js';
import { formatted, timeOf } from './format.js';
import { action, chip, LABELS, mediaBody, textBody } from './parts.js';
import { openList } from './sheets.js';
import { say, statusOf, store } from './store.js';
import { templateActions, templateBody } from './template-bubble.js';

/** Who looks: the customer on their phone, where what the company offers can be tapped. */
const CUSTOMER = {
	owns: (message) => message.from === 'contact',
	find: (waId, id) => store.messages.get(waId)?.get(id),
	sender: (message) =>
		message.from === 'phone' ? el('p', { class: 'sender' }, icon('phone'), 'Celular da empresa') : null,
	canTap: true,
};

/** How each kind of message looks to whoever looks. Built from the stored message only; taps speak through the store. */
export function bubble(waId, message, eyes = CUSTOMER) {
	const mine = eyes.owns(message);
	const part = (message.from === 'contact' ? message.content[message.type] : message.content) ?? {};
	const status = statusOf(message);
	const node = el(
		'div',
		{
			class: `bubble ${mine ? 'mine' : 'theirs'} kind-${message.type}${status === 'failed' ? ' failed' : ''}`,
			testid: 'bubble',
			data: { id: message.id, from: message.from, type: message.type },
		},
		eyes.sender(message),
		quote(waId, message, eyes),
		bodyOf(waId, message, part),
		el(
			'span',
			{ class: 'meta' },
			el('time', {}, timeOf(message.at)),
			el('span', { class: 'tick-slot' }, mine || eyes.canTap ? tick(status) : null),
		),
	);
	const more = eyes.canTap ? actionsOf(waId, message, part) : null;
	return el(
		'div',
		{ class: `row ${mine ? 'mine' : 'theirs'}`, data: { id: message.id } },
		el('div', { class: 'stack' }, node, more, failureNote(message), el('span', { class: 'reactions', hidden: true })),
	);
}

/** Puts a new tick, or the reason of a failure, on a bubble that is shown already. */
export function updateStatus(row, message) {
	const status = statusOf(message);
	row.querySelector('.tick-slot').replaceChildren(tick(status));
	if (status !== 'failed' || row.querySelector('.failure')) return;
	row.querySelector('.bubble').classList.add('failed');
	row.querySelector('.reactions').before(failureNote(message));
}

/** A reaction sits on the message it is about; an empty one takes it away. */
export function showReaction(row, from, emoji) {
	const place = row.querySelector('.reactions');
	place.querySelector(`[data-from="${from}"]`)?.remove();
	if (emoji) place.append(el('span', { testid: 'reaction', data: { from } }, emoji));
	place.hidden = place.childElementCount === 0;
}

/** One line for the list of customers and for quotes. */
export function summary(message) {
	if (message.text) return message.type === 'reaction' ? `Reagiu com ${message.text}` : message.text;
	return LABELS[message.type] ?? `Mensagem (${message.type})`;
}

const MEDIA = ['image', 'video', 'audio', 'document', 'sticker'];

function bodyOf(waId, message, part) {
	if (MEDIA.includes(message.type)) return mediaBody(message.type, part, message.fetchedMediaId);
	switch (message.type) {
		case 'interactive':
			return message.from === 'contact' ? textBody(message.text) : interactiveBody(part, message.fetchedMediaId);
		case 'template':
			return templateBody(message);
		case 'location':
			return chip('pin', part.name || 'Localização', part.address || `${part.latitude}, ${part.longitude}`);
		case 'contacts':
			return contactCards(part.contacts ?? part);
		case 'unsupported':
			return el('p', { class: 'text faded' }, `Mensagem não suportada (${message.content.unsupported?.type ?? '?'})`);
		default:
			return textBody(message.text || summary(message));
	}
}

function interactiveBody(part, fetchedId) {
	const { header } = part;
	return el(
		'div',
		{},
		header?.type === 'text' ? el('p', { class: 'headline' }, formatted(header.text)) : null,
		header && header.type !== 'text' ? mediaBody(header.type, header[header.type] ?? {}, fetchedId) : null,
		textBody(part.body?.text ?? ''),
		part.footer?.text ? el('p', { class: 'footnote' }, part.footer.text) : null,
	);
}

function contactCards(contacts) {
	return el(
		'div',
		{},
		(Array.isArray(contacts) ? contacts : []).map((contact) =>
			chip('person', contact.name?.formatted_name ?? 'Contato', contact.phones?.[0]?.phone ?? ''),
		),
	);
}

function quote(waId, message, eyes) {
	if (!message.contextId) return null;
	const quoted = eyes.find(waId, message.contextId);
	if (!quoted) return null;
	const who = quoted.from === 'contact' ? (store.contacts.get(waId)?.name ?? 'Cliente') : 'Empresa';
	return el('div', { class: 'quote' }, el('strong', {}, who), el('span', {}, formatted(summary(quoted))));
}

function actionsOf(waId, message, part) {
	if (message.from !== 'business') return null;
	if (part.type === 'list' && message.type === 'interactive') {
		const open = () => openList(part, (option) => say(waId, { type: 'tap', option, messageId: message.id }));
		return el('div', { class: 'actions' }, action('open-list', 'list', part.action.button || 'Ver opções', open));
	}
	if (part.type === 'cta_url') {
		const { display_text: label, url } = part.action.parameters;
		return el(
			'div',
			{ class: 'actions' },
			el('a', { class: 'action', href: url, target: '_blank', rel: 'noopener noreferrer' }, icon('link'), label),
		);
	}
	if (part.type === 'location_request_message') {
		const share = () => say(waId, { type: 'location', latitude: -23.5614, longitude: -46.6559, replyTo: message.id });
		return el('div', { class: 'actions' }, action('send-location', 'pin', 'Enviar localização', share));
	}
	if (message.type === 'template') return templateActions(waId, message);
	if (message.options.length === 0) return null;
	return el(
		'div',
		{ class: 'actions' },
		message.options.map(({ id, title }) =>
			action(`option-${id}`, 'reply', title, () => say(waId, { type: 'tap', option: id, messageId: message.id })),
		),
	);
}

function failureNote(message) {
	if (statusOf(message) !== 'failed') return null;
	const code = message.error?.code ?? '?';
	return el(
		'p',
		{ class: 'failure', testid: 'failure' },
		`Não chegou ao cliente: ${REASONS[code] ?? 'recusada'} (${code})`,
	);
}

const REASONS = {
	131009: 'valor inválido',
	131026: 'não está no WhatsApp',
	131042: 'problema de pagamento na conta',
	131047: 'fora da janela de 24 h',
	131049: 'limite de marketing da Meta',
	131050: 'a pessoa saiu do marketing',
	131053: 'arquivo do tipo errado ou link fora do ar',
	132015: 'modelo pausado',
};
