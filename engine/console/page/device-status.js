import { drawing, el, icon, notice } from './dom.js';

/** What a session is at, in words, and the picture of it. Built from the session alone; `act` does what its buttons say. */

export const BADGES = {
	inactive: ['Inativo', 'quiet'],
	waiting: ['Aguardando o n8n', 'waiting'],
	starting: ['Começando', 'waiting'],
	connecting: ['Conectando', 'waiting'],
	scan: ['Aguardando leitura', 'waiting'],
	linking: ['QR Code lido', 'waiting'],
	connected: ['Conectado', 'good'],
	reconnecting: ['Reconectando', 'waiting'],
	stopped: ['Parado', 'bad'],
};

/** [words, mood]. "Reconectando" would say that waiting helps. */
export function badgeOf({ state, problem }) {
	if (problem === 'outdated' && (state === 'reconnecting' || state === 'connecting')) return ['Desatualizado', 'bad'];
	return BADGES[state] ?? [state, 'quiet'];
}

/** What the one button that helps is called: its explanation speaks of "Ativar". */
const HELP = {
	codeExpired: 'Ativar com novo QR Code',
	otherNumber: 'Ativar com novo QR Code',
	replaced: 'Ativar aqui',
	loggedOut: 'Ativar com novo QR Code',
	mustRelink: 'Ativar com novo QR Code',
	wrongKey: 'Tentar de novo',
	corruptState: 'Tentar de novo',
};

export const helpFor = (device) => (device.state === 'stopped' ? (HELP[device.problem] ?? 'Ativar') : null);

/** One sentence for whoever cannot see the page. */
export function spoken(device) {
	if (device.state === 'scan' && device.pairingCode)
		return `Código para digitar no celular: ${spaced(device.pairingCode)}.`;
	if (device.state === 'scan') return 'QR Code pronto. Leia-o com o celular.';
	if (device.state === 'connected') return 'QR Code lido. WhatsApp conectado.';
	if (device.state === 'linking') return 'QR Code lido. Conectando o aparelho.';
	return [`${badgeOf(device)[0]}.`, device.explanation].filter(Boolean).join(' ');
}

/** Changes when the picture must be drawn anew. */
export function pictureKey({ state, problem, explanation, qr, pairingCode, name, linkedAt, nextAttemptAt }, mode) {
	return JSON.stringify([
		state,
		problem,
		explanation,
		qr?.number,
		qr?.code,
		pairingCode,
		name,
		linkedAt,
		nextAttemptAt,
		mode,
	]);
}

/** @param mode 'code' when the person would rather type a code than scan; 'starting' right after activation */
export function picture(device, mode, act) {
	switch (device.state) {
		case 'waiting':
			if (mode === 'starting') return [spinner('Começando…')];
			return [
				step('flow', 'Aguardando o n8n'),
				device.problem ? problemOf(device) : el('p', {}, 'Nenhum fluxo publicado no n8n cuida deste número agora.'),
				el(
					'ol',
					{ class: 'steps' },
					el(
						'li',
						{},
						'No n8n, abra o fluxo que atende este número (por exemplo, ',
						el('strong', {}, '01 · Triagem'),
						').',
					),
					el(
						'li',
						{},
						'No nó ',
						el('strong', {}, 'WhatsApp Desk Trigger'),
						', escolha ',
						el('strong', {}, 'Connect Through: Linked Device'),
						' e a credencial da sessão ',
						el('strong', {}, device.sessionName),
						'.',
					),
					el('li', {}, 'Publique o fluxo. A conexão começa sozinha e o QR Code aparece aqui.'),
				),
			];
		case 'connecting':
			if (device.nextAttemptAt !== null) return waitingPicture(device, act);
			return [
				spinner(device.linkedAt === null ? 'Preparando o QR Code…' : 'Conectando ao WhatsApp…'),
				problemOf(device),
			];
		case 'scan':
			return mode === 'code' ? codePicture(device, act) : qrPicture(device, act);
		case 'linking':
			return [
				el('div', { class: 'big-mark good', 'aria-hidden': 'true' }, icon('check')),
				el('h3', { class: 'center', testid: 'read' }, 'QR Code lido'),
				spinner('Conectando o aparelho… Mantenha o WhatsApp aberto no celular.'),
			];
		case 'connected':
			return connectedPicture(device);
		case 'reconnecting':
			return waitingPicture(device, act);
		case 'stopped':
			return [step('alert', 'Não está conectado', 'bad'), problemOf(device)];
		default:
			return [
				device.explanation ? notice('warning', device.explanation) : null,
				el('div', { class: 'sample', 'aria-hidden': 'true' }, icon('qr')),
				el(
					'p',
					{ class: 'center' },
					'Informe o número e clique em ',
					el('strong', {}, 'Ativar'),
					'. O QR Code aparece aqui.',
				),
			];
	}
}

function waitingPicture(device, act) {
	const { nextAttemptAt, linkedAt, problem } = device;
	return [
		problem === 'outdated'
			? step('alert', 'Cliente do WhatsApp desatualizado', 'bad')
			: step('retry', 'Sem conexão com o WhatsApp'),
		problemOf(device) ?? el('p', {}, 'A conexão caiu e volta sozinha.'),
		nextAttemptAt === null
			? spinner('Tentando de novo…')
			: el('p', {
					class: 'count',
					role: 'timer',
					data: { until: nextAttemptAt, words: whenText(nextAttemptAt), over: 'Tentando de novo…' },
				}),
		nextAttemptAt === null
			? null
			: el(
					'button',
					{ class: 'plain', type: 'button', testid: 'try-now', onclick: () => act.tryNow() },
					icon('retry'),
					'Tentar agora',
				),
		linkedAt === null
			? null
			: el('p', { class: 'hint' }, 'O que os clientes escreverem enquanto isso chega quando a conexão voltar.'),
	];
}

const LONG_MS = 5 * 60_000;

/** Seconds are counted while somebody may watch them. */
function whenText(at) {
	if (at - Date.now() <= LONG_MS) return 'Nova tentativa em {s} s';
	const time = new Date(at).toLocaleTimeString('pt-BR', { hour: '2-digit', minute: '2-digit' });
	return `Nova tentativa às ${time}`;
}

function qrPicture({ qr, pairingCode }, act) {
	if (qr === null) return pairingCode === null ? [spinner('Preparando o QR Code…')] : codePicture({ pairingCode }, act);
	const margin = 4;
	const side = qr.size + 2 * margin;
	const code = drawing(`${-margin} ${-margin} ${side} ${side}`, qr.path, 'qr', 'QR Code para conectar o WhatsApp');
	code.dataset.testid = 'qr';
	code.dataset.code = qr.code;
	return [
		el('div', { class: 'qr-frame' }, code, el('p', { class: 'qr-over', hidden: true }, 'Gerando novo QR Code…')),
		el('p', {
			class: 'count',
			role: 'timer',
			testid: 'expires',
			data: { until: qr.expiresAt, words: 'Expira em {s}s', over: 'Gerando novo QR Code…' },
		}),
		instructions('Conectar um dispositivo', 'Aponte a câmera para este QR Code.'),
		el(
			'button',
			{ class: 'plain', type: 'button', testid: 'use-code', onclick: () => act.useCode() },
			icon('keys'),
			'Conectar com código',
		),
	];
}

function codePicture({ pairingCode }, act) {
	return [
		pairingCode === null
			? spinner('Pedindo o código ao WhatsApp…')
			: el(
					'p',
					{ class: 'pairing-code', testid: 'pairing-code', 'aria-label': `Código: ${spaced(pairingCode)}` },
					el('span', { 'aria-hidden': 'true' }, pairingCode.slice(0, 4)),
					el('span', { 'aria-hidden': 'true', class: 'dash' }, '–'),
					el('span', { 'aria-hidden': 'true' }, pairingCode.slice(4)),
				),
		instructions('Conectar com número de telefone', 'Digite o código acima.'),
		el(
			'button',
			{ class: 'plain', type: 'button', testid: 'use-qr', onclick: () => act.useQr() },
			icon('qr'),
			'Conectar com QR Code',
		),
	];
}

/** B-25 */
function instructions(action, last) {
	const strong = (text) => el('strong', {}, text);
	return el(
		'ol',
		{ class: 'steps', testid: 'instructions' },
		el('li', {}, 'Abra o ', strong('WhatsApp'), ' no celular do atendimento.'),
		el(
			'li',
			{},
			'Toque em ',
			strong('Mais opções ⋮'),
			' (Android) ou ',
			strong('Configurações'),
			' (iPhone) e em ',
			strong('Dispositivos conectados'),
			'.',
		),
		action === 'Conectar um dispositivo'
			? el('li', {}, 'Toque em ', strong(action), '.')
			: el('li', {}, 'Toque em ', strong('Conectar um dispositivo'), ' e em ', strong(action), '.'),
		el('li', {}, last),
	);
}

const DAY_MS = 86_400_000;
/** C-09: the code is to be read again every 15 days; said some days before. */
const READ_AGAIN_DAYS = 15;
const SOON_DAYS = 13;

function connectedPicture(device) {
	const { name, phoneText, ageDays, linkedAt } = device;
	return [
		el('div', { class: 'big-mark good', 'aria-hidden': 'true' }, icon('check')),
		el('h3', { class: 'center', testid: 'connected' }, 'WhatsApp conectado'),
		el(
			'dl',
			{ class: 'facts' },
			fact('Nome', name ?? '—', 'device-name'),
			fact('Número', phoneText ?? '—'),
			linkedAt === null ? null : fact('Conectado', age(ageDays), 'age'),
		),
		device.problem ? problemOf(device) : null,
		linkedAt === null ? null : readAgain(ageDays ?? 0, linkedAt),
		el(
			'p',
			{ class: 'hint' },
			'Mantenha o celular ligado e com internet: longe dele por muitos dias, o WhatsApp encerra a conexão.',
		),
	];
}

function readAgain(days, linkedAt) {
	const date = new Date(linkedAt + READ_AGAIN_DAYS * DAY_MS).toLocaleDateString('pt-BR', {
		day: '2-digit',
		month: '2-digit',
	});
	const how = 'Clique em “Desativar”, depois em “Ativar”, e leia o novo QR Code.';
	if (days >= READ_AGAIN_DAYS)
		return notice('warning', `Já faz ${days} dias que o QR Code foi lido: leia-o de novo. ${how}`);
	if (days >= SOON_DAYS)
		return notice('warning', `O QR Code deve ser lido de novo até ${date} (a cada ${READ_AGAIN_DAYS} dias). ${how}`);
	return el('p', { class: 'hint' }, `O QR Code deve ser lido de novo a cada ${READ_AGAIN_DAYS} dias: até ${date}.`);
}

function age(days) {
	if (days === null || days <= 0) return 'hoje';
	return days === 1 ? 'há 1 dia' : `há ${days} dias`;
}

function fact(label, value, testid = null) {
	return el('div', {}, el('dt', {}, label), el('dd', { testid }, value));
}

function problemOf({ explanation, state, problem }) {
	const isBad = state === 'stopped' || problem === 'outdated';
	return explanation ? notice(isBad ? 'danger' : 'warning', explanation) : null;
}

function step(name, title, mood = 'waiting') {
	return el('h3', { class: `step ${mood}` }, icon(name), title);
}

function spinner(text) {
	return el('p', { class: 'spinner' }, el('span', { class: 'wheel', 'aria-hidden': 'true' }), el('span', {}, text));
}

function spaced(code) {
	return [...code].join(' ');
}
