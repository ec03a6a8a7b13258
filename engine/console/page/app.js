import { get, keepToken, post } from './api.js';
import { DevicePanel } from './device-panel.js';
import { badgeOf } from './device-status.js';
import { el, icon, notice } from './dom.js';
import { watch } from './live.js';
import { signInView } from './sign-in.js';

/** Starts the page: asks who is there, shows the door or the desk, and keeps the desk up to date. */
const app = document.getElementById('app');
const panels = new Map();
let snapshot = null;
/** What is to be added to this computer's clock to have the server's. */
let clockShift = 0;
let stopWatching = null;
let chosen = decodeURIComponent(location.hash.slice(1));
let parts = null;

await enter();
setInterval(tick, 250);
addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1)), { focus: false }));

async function enter() {
	const state = await get('state');
	if (state.ok) return state.signedIn ? open(state) : close();
	app.replaceChildren(
		el(
			'main',
			{ class: 'door' },
			el('div', { class: 'card door-card' }, notice('danger', state.message), retryButton()),
		),
	);
	app.removeAttribute('aria-busy');
}

function retryButton() {
	return el(
		'button',
		{ class: 'plain wide', type: 'button', onclick: () => void enter() },
		icon('retry'),
		'Tentar de novo',
	);
}

function open({ csrf, ...first }) {
	keepToken(csrf);
	drawFrame();
	show(first);
	stopWatching?.();
	stopWatching = watch({
		onSnapshot: show,
		onLine: (isUp) => line(isUp ? '' : 'Sem conexão com o servidor. Tentando de novo…'),
		onDown: () => line('O servidor está sem acesso ao banco de dados. Tentando de novo…'),
		onSignedOut: () => close('Sua sessão nesta página terminou. Entre de novo.'),
		seen: () => snapshot?.id ?? '',
		check: async () => {
			const state = await get('state');
			const isOut = state.ok && !state.signedIn;
			if (isOut) close('Sua sessão nesta página terminou. Entre de novo.');
			else if (state.ok) keepToken(state.csrf);
			return !isOut;
		},
	});
}

/** Nothing of the desk stays on a page that nobody is signed in to. */
function close(farewell = null) {
	stopWatching?.();
	stopWatching = null;
	panels.clear();
	snapshot = null;
	parts = null;
	app.replaceChildren(signInView(() => void enter(), farewell));
	app.removeAttribute('aria-busy');
	app.querySelector('input')?.focus();
}

async function signOut() {
	await post('signOut');
	close('Você saiu.');
}

function drawFrame() {
	panels.clear();
	parts = {
		line: el('p', { class: 'line', role: 'status', hidden: true, testid: 'line' }),
		tabs: el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Números', onkeydown: onTabKey }),
		place: el('div', { class: 'place' }),
	};
	app.replaceChildren(
		el(
			'header',
			{ class: 'bar' },
			el('p', { class: 'brand' }, el('span', { class: 'mark', 'aria-hidden': 'true' }, icon('qr')), 'WhatsApp Desk'),
			el('nav', { 'aria-label': 'Páginas' }, el('a', { href: '?', 'aria-current': 'page' }, 'Ativação')),
			el(
				'button',
				{ class: 'plain quiet', type: 'button', testid: 'sign-out', onclick: () => void signOut() },
				icon('signOut'),
				'Sair',
			),
		),
		parts.line,
		el(
			'main',
			{ class: 'page' },
			el('h1', {}, 'Ativação'),
			el('p', { class: 'lead' }, 'Conecte o WhatsApp da empresa lendo um QR Code, como no WhatsApp Web.'),
			parts.tabs,
			parts.place,
		),
	);
	app.removeAttribute('aria-busy');
}

function line(text) {
	if (!parts) return;
	parts.line.textContent = text;
	parts.line.hidden = text === '';
}

function show(next) {
	if (!parts) return;
	snapshot = next;
	clockShift = next.now - Date.now();
	const names = next.devices.map(({ sessionName }) => sessionName);
	for (const name of panels.keys()) if (!names.includes(name)) panels.delete(name);
	for (const device of next.devices) {
		const panel = panels.get(device.sessionName);
		if (panel) panel.update(device);
		else panels.set(device.sessionName, new DevicePanel(device));
	}
	if (!names.includes(chosen)) chosen = names[0] ?? '';
	drawTabs(next.devices);
	drawPlace();
	tick();
}

function drawTabs(devices) {
	const focused = parts.tabs.contains(document.activeElement);
	parts.tabs.hidden = devices.length < 2;
	parts.tabs.replaceChildren(
		...devices.map((device) => {
			const { sessionName, phoneText, state } = device;
			const [label, mood] = badgeOf(device);
			const isChosen = sessionName === chosen;
			return el(
				'button',
				{
					class: 'tab',
					type: 'button',
					role: 'tab',
					id: `tab-${sessionName}`,
					'aria-selected': String(isChosen),
					'aria-controls': 'place',
					tabindex: isChosen ? '0' : '-1',
					data: { name: sessionName },
					onclick: () => choose(sessionName, { focus: true }),
				},
				el('span', { class: `dot ${mood}`, 'aria-hidden': 'true' }),
				el('span', { class: 'tab-text' }, el('strong', {}, sessionName), el('small', {}, phoneText ?? label)),
				el('span', { class: 'unseen' }, label),
			);
		}),
	);
	if (focused) parts.tabs.querySelector('[aria-selected="true"]')?.focus();
}

function choose(name, { focus }) {
	if (!parts || !panels.has(name)) return;
	chosen = name;
	history.replaceState(null, '', `#${encodeURIComponent(name)}`);
	drawTabs(snapshot.devices);
	drawPlace();
	tick();
	const tab = parts.tabs.querySelector('[aria-selected="true"]');
	tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	if (focus) tab?.focus();
}

function onTabKey(event) {
	const names = [...panels.keys()];
	const at = names.indexOf(chosen);
	const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
	if (next === undefined) return;
	event.preventDefault();
	choose(names[(next + names.length) % names.length], { focus: true });
}

function drawPlace() {
	const { place } = parts;
	const isTabbed = panels.size > 1;
	place.id = 'place';
	if (isTabbed) {
		place.setAttribute('role', 'tabpanel');
		place.setAttribute('aria-labelledby', `tab-${chosen}`);
	} else {
		place.removeAttribute('role');
		place.removeAttribute('aria-labelledby');
	}
	const node = panels.get(chosen)?.node ?? empty();
	if (place.firstElementChild !== node) place.replaceChildren(node);
}

function empty() {
	return el(
		'section',
		{ class: 'card empty', testid: 'empty' },
		el('div', { class: 'sample', 'aria-hidden': 'true' }, icon('flow')),
		el('h2', {}, 'Nenhum número para ativar ainda'),
		el('p', {}, 'Os números aparecem aqui sozinhos quando um fluxo os usa:'),
		el(
			'ol',
			{ class: 'steps' },
			el('li', {}, 'No n8n, crie uma credencial ', el('strong', {}, 'WhatsApp Linked Device'), '.'),
			el(
				'li',
				{},
				'No nó ',
				el('strong', {}, 'WhatsApp Desk Trigger'),
				' de um fluxo (por exemplo, ',
				el('strong', {}, '01 · Triagem'),
				'), escolha ',
				el('strong', {}, 'Connect Through: Linked Device'),
				' e essa credencial.',
			),
			el('li', {}, 'Publique o fluxo.'),
		),
	);
}

/** Counts down whatever says until when; the last second ends with what happens then. */
function tick() {
	for (const node of app.querySelectorAll('[data-until]')) {
		const seconds = Math.ceil((Number(node.dataset.until) - Date.now() - clockShift) / 1_000);
		const text = seconds > 0 ? node.dataset.words.replace('{s}', String(seconds)) : node.dataset.over;
		if (node.textContent !== text) node.textContent = text;
		node.parentElement.classList.toggle('over', seconds <= 0);
	}
}
