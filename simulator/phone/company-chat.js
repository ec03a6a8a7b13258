import { get, post } from './api.js';
import { bubble, showReaction, updateStatus } from './bubbles.js';
import { frame } from './company-phone.js';
import { el, icon } from './dom.js';
import { dayOf, phoneOf, startOfDay } from './format.js';
import { now, takeStatus } from './store.js';

/** One chat on the company's phone: what the customer, n8n and the people at this phone wrote, and a place to type. */
export function chatScreen(phone, waId) {
	const messages = new Map();
	const rows = new Map();
	let lastDay = 0;
	const person = phone.people.get(waId);
	const eyes = {
		owns: (message) => message.from !== 'contact',
		find: (_, id) => messages.get(id),
		sender: (message) =>
			message.from === 'business' ? el('p', { class: 'sender' }, icon('laptop'), 'Aparelho conectado') : null,
		canTap: false,
	};
	const log = el('div', {
		class: 'log',
		role: 'log',
		tabindex: '0',
		'aria-label': `Conversa com ${person?.name ?? waId} no celular da empresa`,
		testid: 'company-log',
	});
	const input = el('textarea', {
		class: 'composer',
		rows: '1',
		testid: 'company-composer',
		placeholder: 'Mensagem',
		'aria-label': `Responder a ${person?.name ?? waId} pelo celular da empresa`,
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
		const body = { text, phoneNumberId: phone.id };
		void post(`contacts/${waId}/echo`, body).then((answer) => answer || (input.value = text));
	};
	const node = frame(
		person?.name ?? phoneOf(waId),
		{ back: phone.home, onClose: phone.close },
		el('p', { class: 'company-hint' }, 'O que você digita aqui é um atendente no aparelho: o robô deve se calar.'),
		log,
		el(
			'footer',
			{ class: 'compose' },
			input,
			el(
				'button',
				{
					class: 'send',
					type: 'button',
					testid: 'company-send-phone',
					'aria-label': 'Enviar pelo celular da empresa',
					onclick: send,
				},
				icon('send'),
			),
		),
	);

	function add(message) {
		if (rows.has(message.id)) return;
		messages.set(message.id, message);
		if (message.type === 'reaction') {
			const part = message.from === 'contact' ? message.content.reaction : message.content;
			const row = rows.get(part?.message_id);
			if (row) return showReaction(row, message.from, part.emoji ?? '');
		}
		if (startOfDay(message.at) !== lastDay) {
			lastDay = startOfDay(message.at);
			log.append(el('p', { class: 'day' }, dayOf(message.at, now())));
		}
		const row = bubble(waId, message, eyes);
		rows.set(message.id, row);
		log.append(row);
		log.scrollTop = log.scrollHeight;
	}

	async function load() {
		const answer = await get(`contacts/${waId}/messages?phoneNumberId=${phone.id}`);
		answer?.messages.forEach(add);
	}

	/** Only what the stream tells about this chat. */
	function follow(event) {
		if (event.type === 'reset') return phone.home();
		if (event.waId !== waId || event.phoneNumberId !== phone.id) return;
		if (event.type === 'message') return add(event.message);
		const message = messages.get(event.id);
		if (event.type !== 'status' || !message || message.from === 'contact') return;
		takeStatus(message, event);
		updateStatus(rows.get(event.id), message);
	}

	const refresh = (topic, detail) => {
		if (topic === 'shown') void load();
		if (topic === 'event') follow(detail);
	};
	return { node, refresh, focus: input };
}
