import { avatar, el, icon, tick } from './dom.js';
import { phoneOf, shortDate } from './format.js';
import { summary } from './bubbles.js';
import { listen, now, openChat, statusOf, store } from './store.js';

/** The column of customers: newest first, with the last message, unread count and who is typing. */
const list = document.getElementById('contacts');
let planned = false;

export function startContacts() {
	listen((topic) => {
		if (!['contacts', 'panes', 'typing', 'clock'].includes(topic) || planned) return;
		// Many events in one frame are drawn once.
		planned = true;
		requestAnimationFrame(() => {
			planned = false;
			draw();
		});
	});
}

function draw() {
	const focused = document.activeElement?.closest('[data-wa-id]')?.dataset.waId;
	const contacts = [...store.contacts.values()].sort((left, right) => right.lastAt - left.lastAt);
	list.replaceChildren(...contacts.map(row));
	if (focused) list.querySelector(`[data-wa-id="${focused}"] .contact`)?.focus();
	const unread = contacts.reduce((sum, contact) => sum + contact.unread, 0);
	document.title = unread > 0 ? `(${unread}) Simulador de WhatsApp` : 'Simulador de WhatsApp';
}

function row(contact) {
	const { waId, name, unread } = contact;
	const isOpen = store.open.includes(waId);
	return el(
		'li',
		{ class: `contact-row${isOpen ? ' open' : ''}${waId === store.active ? ' active' : ''}`, data: { waId } },
		el(
			'button',
			{
				class: 'contact',
				type: 'button',
				testid: `customer-${waId}`,
				'aria-current': waId === store.active ? 'true' : null,
				onclick: (event) => openChat(waId, event.ctrlKey || event.metaKey),
			},
			avatar(waId, name),
			el(
				'span',
				{ class: 'contact-text' },
				el(
					'span',
					{ class: 'contact-line' },
					el('strong', {}, name),
					contact.lastAt ? el('time', {}, shortDate(contact.lastAt, now())) : null,
				),
				el(
					'span',
					{ class: 'contact-line' },
					preview(contact),
					unread > 0
						? el(
								'span',
								{ class: 'badge', testid: `unread-${waId}`, 'aria-label': `${unread} não lidas` },
								String(unread),
							)
						: null,
				),
			),
		),
		isOpen
			? null
			: el(
					'button',
					{
						class: 'icon-button beside',
						type: 'button',
						testid: `beside-${waId}`,
						'aria-label': `Abrir ${name} ao lado`,
						title: 'Abrir ao lado',
						onclick: () => openChat(waId, true),
					},
					icon('columns'),
				),
	);
}

function preview(contact) {
	if (contact.typing) return el('span', { class: 'preview typing' }, 'digitando…');
	const message = contact.lastMessage;
	if (!message) return el('span', { class: 'preview' }, phoneOf(contact.waId));
	const own = message.from === 'contact';
	return el('span', { class: 'preview' }, own ? tick(statusOf(message)) : null, el('span', {}, summary(message)));
}
