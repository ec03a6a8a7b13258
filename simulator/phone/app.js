import { watch } from './api.js';
import { startBackstage } from './backstage.js';
import { startContacts } from './chats.js';
import { startCompanyPhone } from './company-phone.js';
import { el, icon } from './dom.js';
import { phoneOf } from './format.js';
import { startPanes } from './panes.js';
import { openNewContact } from './sheets.js';
import { apply, companyOf, currentNumber, listen, loadMessages, loadState, markOpened, store } from './store.js';

/** Starts the page: parts first, then the stream; every (re)connection reads everything once. */
const company = document.getElementById('company');
const banner = document.getElementById('banner');

startContacts();
startPanes();
startBackstage();
startCompanyPhone();

const newContact = document.getElementById('new-contact');
newContact.append(icon('plus'));
newContact.addEventListener('click', openNewContact);
document.addEventListener('visibilitychange', () => store.open.forEach(markOpened));

listen((topic) => {
	if (topic !== 'contacts') return;
	const number = currentNumber();
	company.replaceChildren(
		...(store.numbers.length > 1
			? [numberChoice()]
			: [el('span', {}, number?.verifiedName ?? ''), el('span', {}, number?.displayPhone ?? '')]),
	);
	showBanner(problemOf(number));
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
		KINDS.map(([label, linked]) => {
			const numbers = store.numbers.filter((one) => one.linked === linked);
			return numbers.length === 0 ? null : el('optgroup', { label }, numbers.map(option));
		}),
	);
	return choice;
}

const KINDS = [
	['API oficial (Cloud API)', false],
	['Aparelho conectado (QR code)', true],
];

function option({ phoneNumberId, verifiedName, displayPhone, linked }) {
	const shown = linked ? phoneOf(displayPhone.slice(1)) : displayPhone;
	const name = verifiedName === displayPhone ? '' : `${verifiedName} · `;
	return el('option', { value: phoneNumberId, selected: phoneNumberId === store.phoneNumberId }, `${name}${shown}`);
}

/** Why nothing would reach n8n; '' when something would. */
function problemOf(number) {
	if (!number?.linked) return store.callbackUrl ? '' : 'Sem endereço de webhook: nada chega ao n8n.';
	const connected = companyOf(number.phoneNumberId)?.devices.some((device) => device.connected);
	return connected ? '' : 'Nenhum aparelho conectado agora: as mensagens ficam só no celular da empresa.';
}
