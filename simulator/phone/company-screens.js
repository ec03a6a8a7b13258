import { post } from './api.js';
import { summary } from './bubbles.js';
import { chatScreen } from './company-chat.js';
import { devicesScreen } from './company-devices.js';
import { frame, headButton } from './company-phone.js';
import { avatar, el, icon, tick, toast } from './dom.js';
import { phoneOf, shortDate } from './format.js';
import { sheet } from './sheets.js';
import { chooseNumber, now, statusOf, store } from './store.js';

/** The first screen of the company's phone: its number, its linked devices, its chats. */
export function homeScreen(phone) {
	const card = el('div', { class: 'company-card' });
	const chats = el('ul', { class: 'company-chats', testid: 'company-chats' });
	const node = frame(
		'Celular da empresa',
		{
			actions: [headButton('plus', 'Novo celular da empresa', 'new-phone', () => openNewPhone(phone))],
			onClose: phone.close,
		},
		card,
		el('h3', { class: 'company-label' }, 'Conversas'),
		chats,
	);
	const refresh = (topic) => {
		if (['shown', 'web'].includes(topic)) keepFocus(card, () => card.replaceChildren(...cardOf(phone)));
		if (['shown', 'people', 'clock'].includes(topic)) keepFocus(chats, () => chats.replaceChildren(...rowsOf(phone)));
	};
	return { node, refresh };
}

function cardOf(phone) {
	const { company } = phone;
	if (!company) {
		return [el('p', { class: 'explain' }, 'Nenhum celular ainda. Crie um com o + acima.')];
	}
	const connected = company.devices.filter((device) => device.connected).length;
	return [
		store.web.companies.length > 1 ? phoneChoice(phone) : el('strong', {}, company.name),
		el(
			'p',
			{ class: 'company-number' },
			el('span', { testid: 'company-number' }, phoneOf(company.phone)),
			headButton('copy', 'Copiar o número', 'copy-number', () => void copy(`+${company.phone}`)),
		),
		company.banned ? el('p', { class: 'problem' }, 'Conta banida pelo WhatsApp.') : null,
		el(
			'button',
			{
				class: 'company-link',
				type: 'button',
				testid: 'linked-devices',
				onclick: () => phone.go(devicesScreen(phone)),
			},
			icon('devices'),
			el(
				'span',
				{},
				el('strong', {}, 'Dispositivos conectados'),
				el('small', {}, devicesLine(company.devices.length, connected)),
			),
			icon('next'),
		),
		store.phoneNumberId === phone.id
			? null
			: el(
					'button',
					{
						class: 'secondary',
						type: 'button',
						testid: 'write-here',
						onclick: () => void chooseNumber(phone.id),
					},
					'Clientes escreverem para este número',
				),
	].filter(Boolean);
}

function devicesLine(linked, connected) {
	if (linked === 0) return 'Nenhum: conecte o n8n por aqui';
	if (linked === 1) return connected === 1 ? '1 aparelho, conectado agora' : '1 aparelho, sem conexão agora';
	return `${linked} aparelhos, ${connected} com conexão agora`;
}

function phoneChoice(phone) {
	const choice = el(
		'select',
		{ 'aria-label': 'Qual celular', testid: 'which-phone', onchange: () => void phone.use(choice.value) },
		store.web.companies.map(({ phoneNumberId, name, phone: digits }) =>
			el(
				'option',
				{ value: phoneNumberId, selected: phoneNumberId === phone.id },
				name === `+${digits}` ? phoneOf(digits) : `${name} · ${phoneOf(digits)}`,
			),
		),
	);
	return choice;
}

function rowsOf(phone) {
	const people = [...phone.people.values()].sort((left, right) => right.lastAt - left.lastAt);
	return people.map(({ waId, name, lastAt, lastMessage }) =>
		el(
			'li',
			{ class: 'contact-row', data: { waId } },
			el(
				'button',
				{
					class: 'contact',
					type: 'button',
					testid: `company-chat-${waId}`,
					onclick: () => phone.go(chatScreen(phone, waId)),
				},
				avatar(waId, name),
				el(
					'span',
					{ class: 'contact-text' },
					el(
						'span',
						{ class: 'contact-line' },
						el('strong', {}, name),
						lastAt ? el('time', {}, shortDate(lastAt, now())) : null,
					),
					el('span', { class: 'contact-line' }, previewOf(waId, lastMessage)),
				),
			),
		),
	);
}

function previewOf(waId, message) {
	if (!message) return el('span', { class: 'preview' }, phoneOf(waId));
	const own = message.from !== 'contact';
	return el('span', { class: 'preview' }, own ? tick(statusOf(message)) : null, el('span', {}, summary(message)));
}

function openNewPhone(phone) {
	const dialog = sheet('Novo celular da empresa', 'phone-sheet');
	const number = el('input', { type: 'tel', required: true, placeholder: '+55 11 95555-0200', autocomplete: 'off' });
	const name = el('input', { maxlength: '60', placeholder: 'Filial Centro', autocomplete: 'off' });
	const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
	const save = async (event) => {
		event.preventDefault();
		const typed = number.value.replace(/\D/g, '');
		const digits = typed.length === 10 || typed.length === 11 ? `55${typed}` : typed;
		if (digits.length < 12 || digits.length > 15) {
			problem.textContent = 'Informe o número com DDD, por exemplo +55 11 95555-0200.';
			problem.hidden = false;
			return number.focus();
		}
		if (!(await post('whatsapp-web/phones', { phone: digits, name: name.value.trim() }))) return;
		dialog.close();
		await phone.use(`linked-${digits}`);
	};
	dialog.append(
		el(
			'form',
			{ method: 'dialog', class: 'form', onsubmit: save },
			el('label', {}, el('span', {}, 'Número com DDD'), number),
			el('label', {}, el('span', {}, 'Nome que o cliente vê'), name),
			problem,
			el('button', { class: 'primary', type: 'submit', testid: 'save-phone' }, 'Adicionar celular'),
		),
	);
	dialog.showModal();
	number.focus();
}

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		toast('Número copiado.');
	} catch {
		toast(`O navegador não deixou copiar. O número é ${text}`);
	}
}

/** Redraws a part without taking the focus from where it was. */
function keepFocus(part, draw) {
	const focused = part.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
	draw();
	if (focused) part.querySelector(`[data-testid="${focused}"]`)?.focus();
}
