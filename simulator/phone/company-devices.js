import { attempt } from './api.js';
import { frame } from './company-phone.js';
import { el, icon } from './dom.js';
import { fullDate, phoneOf, timeOf } from './format.js';
import { ask } from './sheets.js';
import { store } from './store.js';

/** Linked devices of the company's phone: who they are, unlinking, and linking another by scanning or typing. */
export function devicesScreen(phone, done = '') {
	const list = el('ul', { class: 'devices', testid: 'devices' });
	const note = el('p', { class: 'company-done', role: 'status', hidden: done === '' }, done);
	const link = el(
		'button',
		{ class: 'primary', type: 'button', testid: 'link-device', onclick: () => phone.go(linkScreen(phone)) },
		'Conectar um dispositivo',
	);
	const node = frame(
		'Dispositivos conectados',
		{ back: phone.home, onClose: phone.close },
		note,
		el('div', { class: 'company-block' }, link),
		el('h3', { class: 'company-label' }, 'Aparelhos'),
		list,
	);
	const refresh = (topic) => {
		if (topic !== 'shown' && topic !== 'web') return;
		const devices = phone.company?.devices ?? [];
		list.replaceChildren(
			...(devices.length > 0
				? devices.map((device) => deviceRow(phone, device))
				: [el('li', { class: 'company-empty' }, 'Nenhum aparelho conectado.')]),
		);
	};
	return { node, refresh, focus: link };
}

function deviceRow(phone, device) {
	const { id, platform, connected, linkedAt, waiting } = device;
	const unlink = () =>
		ask(
			`Desconectar ${platform}?`,
			'O n8n perde o acesso a este WhatsApp e precisa ler um novo QR code.',
			'Desconectar',
			() => void attempt('whatsapp-web/unlink', { phone: phone.company.phone, device: id }),
		);
	return el(
		'li',
		{ class: 'device', testid: `device-${id}` },
		el('span', { class: `device-icon ${connected ? 'is-on' : ''}` }, icon('laptop')),
		el(
			'span',
			{ class: 'device-text' },
			el('strong', {}, platform),
			el(
				'small',
				{ class: connected ? 'is-on' : '' },
				connected ? 'Com conexão agora' : `Sem conexão${waiting > 0 ? ` · ${waiting} esperando por ele` : ''}`,
			),
			el('small', {}, `Conectado em ${fullDate(linkedAt)}`),
		),
		el(
			'button',
			{
				class: 'secondary',
				type: 'button',
				testid: `unlink-${id}`,
				'aria-label': `Desconectar ${platform}`,
				onclick: unlink,
			},
			'Desconectar',
		),
	);
}

export function linkScreen(phone) {
	const waiting = el('ul', { class: 'devices', testid: 'waiting-codes' });
	const problem = el('p', { class: 'problem company-problem', role: 'alert', testid: 'link-problem', hidden: true });
	const qr = el('textarea', {
		class: 'qr-text',
		rows: '3',
		spellcheck: 'false',
		testid: 'qr-text',
		'aria-label': 'Texto do QR code',
		placeholder: 'https://wa.me/settings/linked_devices#2@…',
	});
	const code = el('input', {
		maxlength: '12',
		testid: 'pairing-code',
		autocomplete: 'off',
		autocapitalize: 'characters',
		spellcheck: 'false',
		'aria-label': 'Código de 8 caracteres',
		placeholder: 'ABCD-1234',
	});
	const link = async (call, body) => {
		problem.hidden = true;
		node.setAttribute('aria-busy', 'true');
		const linked = await attempt(`whatsapp-web/${call}`, { phone: phone.company.phone, ...body }, (reason) => {
			problem.textContent = explained(reason);
			problem.hidden = false;
		});
		node.removeAttribute('aria-busy');
		if (linked)
			phone.go(devicesScreen(phone, `${call === 'scan' ? 'QR code lido' : 'Código aceito'}: aparelho conectado.`));
	};
	const node = frame(
		'Conectar um dispositivo',
		{ back: () => phone.go(devicesScreen(phone)), onClose: phone.close },
		problem,
		el('h3', { class: 'company-label' }, 'Na tela agora'),
		waiting,
		el(
			'form',
			{ class: 'company-block', onsubmit: (event) => submit(event, () => link('scan', { qr: qr.value.trim() })) },
			el('h3', {}, 'Colar o texto de um QR code'),
			qr,
			el('button', { class: 'secondary', type: 'submit', testid: 'scan-text' }, 'Escanear este texto'),
		),
		el(
			'form',
			{ class: 'company-block', onsubmit: (event) => submit(event, () => link('code', { code: code.value })) },
			el('h3', {}, 'Conectar com número de telefone'),
			el('p', { class: 'explain' }, 'Digite o código que aparece no Console.'),
			el(
				'div',
				{ class: 'inline' },
				code,
				el('button', { class: 'secondary', type: 'submit', testid: 'enter-code' }, 'Conectar'),
			),
		),
	);
	let drawn = null;
	const refresh = (topic) => {
		if (topic !== 'shown' && topic !== 'web') return;
		const clients = store.web?.unlinked ?? [];
		const key = JSON.stringify(clients);
		if (key === drawn) return;
		drawn = key;
		problem.hidden = true;
		waiting.replaceChildren(
			...(clients.length > 0
				? clients.map((client) => waitingRow(client, () => link('scan', { client: client.client })))
				: [nobodyWaits(phone)]),
		);
	};
	return { node, refresh };
}

function submit(event, act) {
	event.preventDefault();
	void act();
}

/** Who asked for a code shows that one instead of the picture. */
function waitingRow({ platform, since, visible, askedCodeFor }, scan) {
	const canScan = visible && !askedCodeFor;
	const shown = askedCodeFor
		? `Mostra um código para ${phoneOf(askedCodeFor)}: digite-o abaixo`
		: `Mostra um QR code desde ${timeOf(since)}`;
	return el(
		'li',
		{ class: 'device', testid: 'waiting-code' },
		el('span', { class: 'device-icon' }, icon('scan')),
		el(
			'span',
			{ class: 'device-text' },
			el('strong', {}, platform),
			el('small', {}, shown),
			visible || askedCodeFor ? null : el('small', {}, 'Daqui não se vê a tela: cole o texto abaixo'),
		),
		canScan
			? el(
					'button',
					{
						class: 'primary',
						type: 'button',
						testid: 'scan',
						'aria-label': `Escanear o QR code de ${platform}`,
						onclick: scan,
					},
					'Escanear',
				)
			: null,
	);
}

function nobodyWaits({ company }) {
	return el(
		'li',
		{ class: 'company-empty' },
		'Ninguém mostra um QR code. No Console do atendimento, digite ',
		el('strong', {}, phoneOf(company?.phone ?? '')),
		' e clique em Ativar: ele aparece aqui.',
	);
}

const REASONS = [
	[/No client shows this code/, 'Este QR code já foi usado ou expirou. Use o que está na tela agora.'],
	[/do not belong together/, 'Este QR code não é de quem o mostra. Copie o texto de novo.'],
	[/shows no code/, 'Este QR code saiu da tela. Espere o próximo.'],
	[/linked devices already/, 'Este celular já tem 4 aparelhos conectados. Desconecte um antes.'],
	[/is banned/, 'Esta conta está banida: o WhatsApp não aceita novos aparelhos.'],
	[/asked for a code/, 'Ninguém pediu um código para este número. Confira o número no Console e peça outro código.'],
	[/code is wrong/, 'Código errado ou expirado. Confira o que está no Console.'],
	[/sign|went away/, 'O n8n não concluiu a conexão. Tente de novo.'],
	[/required/, 'Preencha o campo antes.'],
];

/** The simulator's refusal in words for the person at the phone. */
function explained(reason) {
	return REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? `O celular recusou: ${reason}`;
}
