import { accountSection } from './account.js';
import { post } from './api.js';
import { el, icon } from './dom.js';
import { duration, fullDate } from './format.js';
import { linkedSections } from './linked-faults.js';
import { ask } from './sheets.js';
import { changed, companyOf, listen, loadState, now, store } from './store.js';
import { templatesSection, waitingTemplates } from './templates.js';

/** Behind the scenes: the clock, things that go wrong, the company's own phone, starting over. */
const drawer = document.getElementById('backstage');
const chip = document.getElementById('clock-chip');

export function startBackstage() {
	for (const id of ['open-backstage', 'clock-chip']) document.getElementById(id).addEventListener('click', toggle);
	document.getElementById('open-backstage').append(icon('sliders'));
	drawer.addEventListener('keydown', (event) => event.key === 'Escape' && toggle());
	listen((topic, detail) => {
		// One drawer at a time.
		if (topic === 'aside' && detail !== drawer.id && !drawer.hidden) toggle({ takeFocus: false });
		if (topic === 'clock') drawClock();
		if (['faults', 'clock', 'panes', 'web'].includes(topic) && !drawer.hidden) draw();
		if (topic === 'faults') markNews();
	});
	setInterval(drawClock, 10_000);
	drawClock();
}

/** A dot on the button while a template waits for a decision. */
function markNews() {
	const waiting = waitingTemplates();
	const button = document.getElementById('open-backstage');
	const label = waiting > 0 ? `Bastidores: ${waiting} modelo(s) em análise` : 'Bastidores';
	button.classList.toggle('has-news', waiting > 0);
	button.setAttribute('aria-label', label);
	button.title = label;
}

function toggle({ takeFocus = true } = {}) {
	drawer.hidden = !drawer.hidden;
	document.getElementById('app').classList.toggle('with-backstage', !drawer.hidden);
	if (drawer.hidden) return takeFocus && document.getElementById('open-backstage').focus();
	changed('aside', drawer.id);
	void loadState();
	draw();
	drawer.querySelector('button').focus();
}

function drawClock() {
	chip.replaceChildren(icon('clock'), el('span', {}, fullDate(now())), ...(shift() ? [el('em', {}, shift())] : []));
}

/** "+1 h 0 min" when the rehearsal is not on real time. */
function shift() {
	const { offsetMs } = store;
	if (Math.abs(offsetMs) < 30_000) return '';
	return `${offsetMs > 0 ? '+' : '−'}${duration(Math.abs(offsetMs))}`;
}

function draw() {
	const focused = document.activeElement?.dataset?.testid;
	const typed = drawer.querySelector('[data-testid="company-text"]')?.value ?? '';
	const company = companyOf(store.phoneNumberId);
	drawer.replaceChildren(
		el(
			'header',
			{ class: 'backstage-head' },
			el('h2', {}, 'Bastidores'),
			el(
				'button',
				{
					class: 'icon-button',
					type: 'button',
					'aria-label': 'Fechar bastidores',
					testid: 'close-backstage',
					onclick: toggle,
				},
				icon('close'),
			),
		),
		clockPanel(),
		...(company ? linkedSections(company, panel) : cloudSections(typed)),
		resetPanel(),
	);
	if (focused) drawer.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function cloudSections(typed) {
	return [
		panel('Modelos de mensagem', ...templatesSection()),
		webhookPanel(),
		sendPanel(),
		panel('Conta na Meta', ...accountSection()),
		companyPanel(typed),
	];
}

function panel(title, ...children) {
	return el('section', { class: 'panel' }, el('h3', {}, title), ...children);
}

function button(testid, label, onclick) {
	return el('button', { class: 'secondary', type: 'button', testid, onclick }, label);
}

function clockPanel() {
	const advance = (ms) => post('clock', { advanceMs: ms });
	return panel(
		'Relógio do ensaio',
		el('p', { class: 'clock-now' }, fullDate(now()), shift() ? el('em', {}, ` ${shift()}`) : null),
		el(
			'p',
			{ class: 'explain' },
			'Vale para a janela de 24 h, os limites e os horários das mensagens. O n8n continua no horário real.',
		),
		el(
			'div',
			{ class: 'buttons' },
			button('clock-1h', '+1 h', () => advance(3_600_000)),
			button('clock-24h', '+24 h', () => advance(86_400_000)),
			button('clock-reset', 'Horário real', () => post('clock', { reset: true })),
		),
	);
}

const WEBHOOK_FAULTS = [
	['hold', 'Segurar os webhooks', 'Nada chega ao n8n até soltar', true, false],
	['duplicate', 'Entregar tudo duas vezes', 'Como a Meta faz ao repetir', 'after', false],
	['shuffle', 'Embaralhar a ordem', 'O que espera sai fora de ordem', true, false],
	['wrongSignature', 'Assinatura errada', 'O n8n deve recusar', true, false],
	['reverseStatuses', 'Status de trás para a frente', 'Lida chega antes de entregue e enviada', true, false],
	['extraStatuses', 'Status repetidos', 'Cada status chega três vezes', 2, 0],
];

function webhookPanel() {
	const faults = store.faults?.webhooks ?? {};
	const { waiting = 0, retrying = 0, lastFailure = null } = store.webhooks ?? {};
	return panel(
		'Entrega ao n8n',
		el('p', { class: 'explain breakable' }, store.callbackUrl ?? 'Nenhum endereço de webhook configurado.'),
		waiting + retrying > 0
			? el(
					'p',
					{ class: 'explain' },
					[waiting > 0 && `${waiting} esperando`, retrying > 0 && `${retrying} por repetir`].filter(Boolean).join(', '),
				)
			: null,
		lastFailure ? el('p', { class: 'problem' }, `Última falha: ${lastFailure.reason}`) : null,
		WEBHOOK_FAULTS.map(([key, label, detail, on, off]) => {
			const box = el('input', {
				type: 'checkbox',
				role: 'switch',
				testid: `fault-${key}`,
				checked: Boolean(faults[key]),
				onchange: () => post('faults/webhooks', { [key]: box.checked ? on : off }),
			});
			return el('label', { class: 'switch' }, el('span', {}, el('strong', {}, label), el('small', {}, detail)), box);
		}),
	);
}

const SEND_FAULTS = [
	['Erro interno da Meta (131000)', { kind: 'error', code: 131000 }],
	['Limite por contato (131056)', { kind: 'error', code: 131056 }],
	['Limite do número (130429)', { kind: 'error', code: 130429 }],
	['Aceita, mas a resposta não chega', { kind: 'noAnswer' }],
	['Conexão cai antes de aceitar', { kind: 'reset' }],
	['Demora 5 segundos', { kind: 'delay', ms: 5_000 }],
	['Aceita, mas responde erro 503', { kind: 'httpStatus', status: 503, accepted: true }],
	['Aceita e falha depois (131026)', { kind: 'failLater', code: 131026 }],
	['Aceita, limite de marketing (131049)', { kind: 'failLater', code: 131049 }],
];

function sendPanel() {
	const waiting = store.faults?.sends ?? [];
	const choice = el(
		'select',
		{ testid: 'send-fault', 'aria-label': 'Falha do próximo envio' },
		SEND_FAULTS.map(([label], index) => el('option', { value: String(index) }, label)),
	);
	return panel(
		'Próximo envio da empresa',
		choice,
		el(
			'div',
			{ class: 'buttons' },
			button('add-send-fault', 'Provocar', () => post('faults/sends', SEND_FAULTS[Number(choice.value)][1])),
			button('clear-faults', 'Tirar todas', () => post('faults/clear')),
		),
		waiting.length > 0
			? el(
					'p',
					{ class: 'explain' },
					`${waiting.reduce((sum, fault) => sum + (fault.count ?? 1), 0)} falha(s) armada(s)`,
				)
			: null,
	);
}

function companyPanel(typed) {
	const contact = store.contacts.get(store.active);
	const input = el('input', {
		testid: 'company-text',
		placeholder: contact ? `Responder a ${contact.name.split(' ')[0]}` : 'Abra um cliente primeiro',
		disabled: !contact,
		'aria-label': 'Mensagem pelo celular da empresa',
		onkeydown: (event) => event.key === 'Enter' && send(),
	});
	input.value = typed;
	const send = () => {
		const text = input.value.trim();
		if (text === '' || !contact) return;
		input.value = '';
		void post(`contacts/${contact.waId}/echo`, { text, phoneNumberId: store.phoneNumberId });
	};
	return panel(
		'Celular da empresa',
		el('p', { class: 'explain' }, 'Um atendente responde pelo próprio aparelho: o robô deve se calar.'),
		el('div', { class: 'inline' }, input, button('company-send', 'Enviar', send)),
	);
}

function resetPanel() {
	const restart = () =>
		ask(
			'Recomeçar o ensaio?',
			'Apaga clientes criados, mensagens e falhas, e volta ao horário real. As conversas guardadas no n8n ficam.',
			'Recomeçar',
			() => post('reset'),
		);
	return panel('Recomeçar', button('reset', 'Apagar tudo e recomeçar', restart));
}
