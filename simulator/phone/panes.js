import { bubble, showReaction, updateStatus } from './bubbles.js';
import { avatar, el, icon } from './dom.js';
import { dayOf, duration, phoneOf, startOfDay } from './format.js';
import { closeChat, currentNumber, listen, now, openChat, say, store } from './store.js';
import { attachMenu } from './attach.js';
import { openContactSheet } from './contact-sheet.js';

/** The open chats, each a customer's phone: header, messages, composer. Messages are appended, not redrawn. */
const place = document.getElementById('panes');
const panes = new Map();
let shownActive = null;

export function startPanes() {
	listen((topic, detail) => {
		const pane = detail && panes.get(detail.waId);
		if (topic === 'panes') arrange();
		else if (topic === 'messages' && pane) fill(pane);
		else if (topic === 'message' && pane) add(pane, detail.message, true);
		else if (topic === 'status' && pane && detail.message) setStatus(pane, detail.message);
		else if (topic === 'clock') panes.forEach(relabelDays);
		if (topic === 'clock' || topic === 'contacts' || topic === 'typing') panes.forEach(refreshHead);
	});
	setInterval(() => panes.forEach(refreshHead), 30_000);
	arrange();
}

function arrange() {
	for (const [waId, pane] of panes) {
		if (store.open.includes(waId)) continue;
		pane.node.remove();
		panes.delete(waId);
	}
	for (const waId of store.open) if (!panes.has(waId)) panes.set(waId, create(waId));
	const wanted = store.open.map((waId) => panes.get(waId).node);
	const shown = wanted.length > 0 ? wanted : [welcome()];
	// Moving a node loses its focus and scroll, so only a real change moves anything.
	if (shown.length !== place.children.length || shown.some((node, i) => node !== place.children[i])) {
		place.replaceChildren(...shown);
		panes.forEach(({ log }) => (log.scrollTop = log.scrollHeight));
	}
	panes.forEach(({ node }, waId) => node.classList.toggle('active', waId === store.active));
	document.getElementById('app').dataset.view = store.active ? 'chat' : 'list';
	place.dataset.count = String(wanted.length);
	// The focus goes where someone just went, never away from what they are doing.
	if (store.active === shownActive) return;
	shownActive = store.active;
	if (store.active && matchMedia('(min-width: 761px)').matches) panes.get(store.active).input.focus();
}

function create(waId) {
	const head = el('header', { class: 'pane-head' });
	const log = el('div', {
		class: 'log',
		role: 'log',
		'aria-live': 'polite',
		'aria-label': 'Mensagens',
		testid: 'log',
		tabindex: '0',
	});
	const input = el('textarea', {
		class: 'composer',
		testid: 'composer',
		rows: '1',
		placeholder: 'Mensagem',
		'aria-label': `Mensagem de ${store.contacts.get(waId)?.name ?? waId}`,
		oninput: grow,
		onkeydown: (event) => {
			if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
			event.preventDefault();
			send();
		},
	});
	const send = () => {
		const text = input.value.trim();
		if (text === '') return;
		input.value = '';
		grow.call(input);
		void say(waId, { type: 'text', text }).then((answer) => answer || (input.value = text));
	};
	const sendButton = el(
		'button',
		{ class: 'send', type: 'button', testid: 'send', 'aria-label': 'Enviar', onclick: send },
		icon('send'),
	);
	const node = el(
		'section',
		{ class: 'pane', testid: `pane-${waId}`, 'aria-label': `Telefone de ${store.contacts.get(waId)?.name ?? waId}` },
		head,
		log,
		el('footer', { class: 'compose' }, attachMenu(waId), input, sendButton),
	);
	node.addEventListener('focusin', () => store.active !== waId && openChat(waId));
	const pane = { waId, node, head, log, input, rows: new Map(), lastDay: 0 };
	refreshHead(pane);
	return pane;
}

function grow() {
	this.style.setProperty('height', 'auto');
	this.style.setProperty('height', `${Math.min(this.scrollHeight + 2, 122)}px`);
}

function fill(pane) {
	pane.rows.clear();
	pane.lastDay = 0;
	pane.log.replaceChildren();
	const messages = [...store.messages.get(pane.waId).values()];
	if (messages.length === 0) pane.log.append(invitation(pane.waId));
	for (const message of messages) add(pane, message, false);
	pane.log.scrollTop = pane.log.scrollHeight;
	refreshHead(pane);
}

function add(pane, message, fresh) {
	if (pane.rows.has(message.id)) return;
	pane.log.querySelector('.invitation')?.remove();
	if (message.type === 'reaction') {
		const part = message.from === 'contact' ? message.content.reaction : message.content;
		const row = pane.rows.get(part.message_id);
		if (row) return showReaction(row, message.from, part.emoji ?? '');
	}
	const nearEnd = pane.log.scrollHeight - pane.log.scrollTop - pane.log.clientHeight < 160;
	if (startOfDay(message.at) !== pane.lastDay) {
		pane.lastDay = startOfDay(message.at);
		pane.log.append(el('p', { class: 'day', data: { at: message.at } }, dayOf(message.at, now())));
	}
	const row = bubble(pane.waId, message);
	if (fresh) row.classList.add('fresh');
	pane.rows.set(message.id, row);
	pane.log.append(row);
	if (fresh && (nearEnd || message.from === 'contact')) pane.log.scrollTop = pane.log.scrollHeight;
}

/** Yesterday was today before the clock moved. */
function relabelDays(pane) {
	for (const day of pane.log.querySelectorAll('.day')) day.textContent = dayOf(Number(day.dataset.at), now());
}

function setStatus(pane, message) {
	const row = pane.rows.get(message.id);
	if (row) updateStatus(row, message);
}

function refreshHead(pane) {
	const contact = store.contacts.get(pane.waId);
	if (!contact) return;
	const company = currentNumber();
	// Redrawn only when it says something new, so that buttons keep their focus.
	const key = JSON.stringify([contact.name, contact.typing, subtitle(contact), windowText(contact), company]);
	if (pane.headKey === key) return;
	pane.headKey = key;
	pane.head.replaceChildren(
		...[
			el(
				'button',
				{
					class: 'icon-button back',
					type: 'button',
					testid: 'back',
					'aria-label': 'Voltar aos clientes',
					onclick: () => closeChat(pane.waId),
				},
				icon('back'),
			),
			el(
				'button',
				{
					class: 'pane-person',
					type: 'button',
					testid: `profile-${contact.waId}`,
					title: 'Ajustes deste cliente',
					onclick: () => openContactSheet(contact.waId),
				},
				avatar(contact.waId, contact.name),
				el(
					'span',
					{ class: 'pane-title' },
					el('strong', {}, contact.name),
					contact.typing
						? el(
								'small',
								{ class: 'typing', testid: 'typing' },
								`${company?.verifiedName ?? 'Empresa'} está digitando…`,
							)
						: el('small', {}, subtitle(contact)),
				),
			),
			// Linked phones know no 24-hour window.
			company?.linked
				? null
				: el(
						'span',
						{
							class: `window ${windowText(contact).open ? 'is-open' : ''}`,
							testid: 'window',
							title: 'Janela de atendimento de 24 horas',
						},
						icon('clock'),
						windowText(contact).text,
					),
			el(
				'button',
				{
					class: 'icon-button close',
					type: 'button',
					testid: `close-${pane.waId}`,
					'aria-label': `Fechar ${contact.name}`,
					onclick: () => closeChat(pane.waId),
				},
				icon('close'),
			),
		].filter(Boolean),
	);
}

/** The phone, and what is unusual about this customer. */
function subtitle(contact) {
	const quirks = [
		!contact.onWhatsApp && 'fora do WhatsApp',
		!contact.online && 'celular desligado',
		contact.marketingStopped && 'parou promoções',
	];
	return [phoneOf(contact.waId), ...quirks].filter(Boolean).join(' · ');
}

function windowText(contact) {
	const left = (contact.windowEndsAt ?? 0) - now();
	if (contact.windowEndsAt === null) return { open: false, text: 'Ainda não escreveu' };
	return left > 0 ? { open: true, text: `Janela: ${duration(left)}` } : { open: false, text: 'Janela fechada' };
}

/** An empty chat offers its first words. */
function invitation(waId) {
	const name = store.contacts.get(waId)?.name.split(' ')[0] ?? 'o cliente';
	return el(
		'div',
		{ class: 'invitation' },
		el('p', {}, `Este é o WhatsApp de ${name}. Escreva como se fosse o cliente:`),
		el(
			'div',
			{ class: 'starters' },
			['Oi', 'Bom dia!', 'Preciso da segunda via do boleto'].map((text) =>
				el('button', { class: 'starter', type: 'button', onclick: () => say(waId, { type: 'text', text }) }, text),
			),
		),
	);
}

function welcome() {
	return el(
		'div',
		{ class: 'welcome', testid: 'welcome' },
		el('span', { class: 'welcome-icon' }, icon('chat')),
		el('h2', {}, 'Ensaie o atendimento'),
		el(
			'p',
			{},
			'Escolha um cliente à esquerda e mande um “Oi”. O seu fluxo no n8n responde aqui, como no WhatsApp de verdade.',
		),
		store.web === null
			? null
			: el(
					'p',
					{ class: 'hint' },
					'Para conectar o n8n por QR code, abra o ',
					el('strong', {}, 'Celular da empresa'),
					' no alto da lista.',
				),
		el(
			'p',
			{ class: 'hint' },
			'Abra até três clientes lado a lado, adiante o relógio e provoque falhas nos Bastidores.',
		),
	);
}
