import { get } from './api.js';
import { homeScreen } from './company-screens.js';
import { el, icon } from './dom.js';
import { changed, listen, store } from './store.js';

/** The company's own phone beside the customers': chats, linked devices, scanning. One screen at a time, as on a phone. */
const place = document.getElementById('company-phone');
const button = document.getElementById('open-company');

/** What the screens share: whose phone it is, who it talks to, and how to move on. */
const phone = {
	/** As chats with this phone are named. */
	id: null,
	/** waId → customer with the last message, as this phone sees them. */
	people: new Map(),
	/** Its company, with devices; null before anything is loaded. */
	get company() {
		return store.web?.companies.find(({ phoneNumberId }) => phoneNumberId === phone.id) ?? null;
	},
	go(screen) {
		current = screen;
		place.replaceChildren(screen.node);
		screen.refresh('shown');
		(screen.focus ?? place.querySelector('button'))?.focus();
	},
	home: () => phone.go(homeScreen(phone)),
	async use(phoneNumberId) {
		phone.id = phoneNumberId;
		phone.people = new Map();
		phone.home();
		await load();
	},
	close: () => show(false),
};

let current = null;

export function startCompanyPhone() {
	button.append(icon('phone'));
	button.addEventListener('click', () => show(place.hidden));
	place.addEventListener('keydown', (event) => event.key === 'Escape' && show(false));
	listen((topic, detail) => {
		if (topic === 'aside' && detail !== place.id) return show(false, false);
		if (topic === 'web') button.hidden = store.web === null;
		if (place.hidden) return;
		if (topic === 'event') follow(detail);
		current?.refresh(topic, detail);
	});
}

/** Opens the phone, at this number's if it is one. */
export function openCompanyPhone(phoneNumberId) {
	if (phoneNumberId) phone.id = phoneNumberId;
	show(true);
}

function show(visible, takeFocus = true) {
	place.hidden = !visible;
	document.getElementById('app').classList.toggle('with-phone', visible);
	button.setAttribute('aria-expanded', String(visible));
	if (!visible) {
		current = null;
		place.replaceChildren();
		return takeFocus && button.focus();
	}
	changed('aside', place.id);
	const known = phone.company ? phone.id : null;
	void phone.use(known ?? store.web?.companies[0]?.phoneNumberId ?? null);
}

async function load() {
	if (phone.id === null) return;
	const asked = phone.id;
	const state = await get(`state?phoneNumberId=${asked}`);
	if (!state || phone.id !== asked) return;
	phone.people = new Map(state.contacts.map((contact) => [contact.waId, contact]));
	current?.refresh('people');
}

/** The stream tells of every number; this phone looks at its own. */
function follow(event) {
	if (event.type === 'reset' || event.type === 'contact') return void load();
	if (event.type !== 'message' || event.phoneNumberId !== phone.id) return;
	const person = phone.people.get(event.waId);
	if (!person) return void load();
	person.lastMessage = event.message;
	person.lastAt = event.message.at;
	current?.refresh('people');
}

/** The frame of every screen: title, way back, what else can be done here. */
export function frame(title, { back, actions = [], onClose }, ...children) {
	return el(
		'div',
		{ class: 'company-screen' },
		el(
			'header',
			{ class: 'company-head' },
			back ? headButton('back', 'Voltar', 'company-back', back) : null,
			el('h2', {}, title),
			actions,
			onClose ? headButton('close', 'Fechar celular da empresa', 'close-company', onClose) : null,
		),
		children,
	);
}

export function headButton(name, label, testid, onclick) {
	return el(
		'button',
		{ class: 'icon-button', type: 'button', testid, 'aria-label': label, title: label, onclick },
		icon(name),
	);
}
