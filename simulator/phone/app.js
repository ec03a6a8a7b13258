import { watch } from './api.js';
import { startBackstage } from './backstage.js';
import { startContacts } from './chats.js';
import { startCompanyPhone } from './company-phone.js';
import { el, icon } from './dom.js';
import { phoneOf } from './format.js';
import { startPanes } from './panes.js';
import { openNewContact } from './sheets.js';
import {
	apply,
	chooseNumber,
	companyOf,
	currentNumber,
	listen,
	loadMessages,
	loadState,
	markOpened,
	store,
} from './store.js';

/** Starts the page: parts first, then the stream; every (re)connection reads everything once. */
const company = document.getElementById('company');
const choice = document.getElementById('number-choice');
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
	const several = store.numbers.length > 1;
	choice.hidden = !several;
	company.hidden = several;
	if (several) showChoice();
	else company.replaceChildren(el('span', {}, number?.verifiedName ?? ''), el('span', {}, number?.displayPhone ?? ''));
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

/** Redrawn only when the numbers change, so that an open list stays open. */
function showChoice() {
	const key = JSON.stringify([store.phoneNumberId, store.numbers]);
	if (choice.dataset.key === key) return;
	const focused = choice.contains(document.activeElement);
	choice.dataset.key = key;
	const select = el(
		'select',
		{ testid: 'number', onchange: () => void chooseNumber(select.value) },
		KINDS.map(([label, linked]) => {
			const numbers = store.numbers.filter((one) => one.linked === linked);
			return numbers.length === 0 ? null : el('optgroup', { label }, numbers.map(option));
		}),
	);
	choice.replaceChildren(el('label', {}, el('span', {}, 'Os clientes escrevem para'), select));
	if (focused) select.focus();
}

const KINDS = [
	['API oficial (Cloud API)', false],
	['Aparelho conectado (QR code)', true],
];

function option({ phoneNumberId, verifiedName, displayPhone, linked }) {
	const shown = linked ? phoneOf(displayPhone.slice(1)) : displayPhone;
	const name = verifiedName === displayPhone ? '' : ` · ${verifiedName}`;
	return el('option', { value: phoneNumberId, selected: phoneNumberId === store.phoneNumberId }, `${shown}${name}`);
}

/** Why nothing would reach n8n; '' when something would. */
function problemOf(number) {
	if (!number?.linked) return store.callbackUrl ? '' : 'Sem endereço de webhook: nada chega ao n8n.';
	const connected = companyOf(number.phoneNumberId)?.devices.some((device) => device.connected);
	return connected ? '' : 'Nenhum aparelho conectado agora: as mensagens ficam no celular da empresa até ele voltar.';
}
