import { watch } from './api.js';
import { startBackstage } from './backstage.js';
import { startContacts } from './chats.js';
import { el, icon } from './dom.js';
import { startPanes } from './panes.js';
import { openNewContact } from './sheets.js';
import { apply, listen, loadMessages, loadState, markOpened, store } from './store.js';

/** Starts the page: parts first, then the stream; every (re)connection reads everything once. */
const company = document.getElementById('company');
const banner = document.getElementById('banner');

startContacts();
startPanes();
startBackstage();

const newContact = document.getElementById('new-contact');
newContact.append(icon('plus'));
newContact.addEventListener('click', openNewContact);
document.addEventListener('visibilitychange', () => store.open.forEach(markOpened));

listen((topic) => {
	if (topic !== 'contacts') return;
	const number = store.numbers.find((one) => one.phoneNumberId === store.phoneNumberId);
	company.replaceChildren(
		...(store.numbers.length > 1
			? [numberChoice()]
			: [el('span', {}, number?.verifiedName ?? ''), el('span', {}, number?.displayPhone ?? '')]),
	);
	showBanner(store.callbackUrl ? '' : 'Sem endereço de webhook: nada chega ao n8n.');
});

watch(
	apply,
	() => void loadState().then(() => store.open.forEach(loadMessages)),
	() => showBanner('Sem conexão com o simulador. Tentando de novo…'),
);

function showBanner(text) {
	banner.textContent = text;
	banner.hidden = text === '';
}

function numberChoice() {
	const choice = el(
		'select',
		{
			'aria-label': 'Número da empresa',
			testid: 'number',
			onchange: () => {
				store.phoneNumberId = choice.value;
				void loadState().then(() => store.open.forEach(loadMessages));
			},
		},
		store.numbers.map((one) =>
			el(
				'option',
				{ value: one.phoneNumberId, selected: one.phoneNumberId === store.phoneNumberId },
				`${one.verifiedName} · ${one.displayPhone}`,
			),
		),
	);
	return choice;
}
