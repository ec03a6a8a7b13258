import { post } from './api.js';
import { openCompanyPhone } from './company-phone.js';
import { el, toast } from './dom.js';
import { now, store } from './store.js';

/** What can go wrong on the line of a linked device, one button each, and what n8n should do about it. */
const CUTS = [
	['drop', 'drop', 'Cortar a conexão', 'Como um Wi-Fi que piscou. O n8n reconecta sozinho em segundos.'],
	['silence', 'silence', 'Silêncio na linha', 'Fica aberta, mas nada mais passa. O n8n percebe e reconecta.'],
	[
		'503',
		503,
		'WhatsApp indisponível (503)',
		'O servidor encerra a linha. O n8n espera um pouco mais a cada tentativa.',
	],
	['440', 440, 'Outro programa assumiu (440)', 'A sessão abriu em outro lugar. O n8n para e avisa, sem disputar.'],
];

const SENDS = [
	['A linha cai antes de sair', { kind: 'cutBefore' }],
	['Sai, e a linha cai antes da confirmação', { kind: 'cutAfter' }],
	['Some sem resposta e sem chegar', { kind: 'swallow' }],
	['Chega, mas a confirmação não vem', { kind: 'noAck' }],
	['Sem permissão para este contato (463)', { kind: 'error', code: 463 }],
	['Recusada pelo servidor (479)', { kind: 'error', code: 479 }],
	['O celular do cliente não consegue abrir e pede de novo', { kind: 'undecryptable' }],
];

const LATE_TEXTS = ['Oi?', 'Tem alguém aí?', 'Preciso da segunda via', 'Alô', 'Ainda estou esperando'];
const OFFLINE_MS = 1_500;
const DAY_MS = 86_400_000;
/** Written long enough ago to count as late, without waiting for it. */
const LATE_MS = 5 * 60_000;

/** Sections of the drawer while the customers write to a linked phone. */
export function linkedSections(company, panel) {
	return [
		panel(
			'Celular da empresa',
			el('p', { class: 'explain', testid: 'line-state' }, lineOf(company)),
			el(
				'div',
				{ class: 'buttons' },
				small('open-company-here', 'Abrir o celular', () => openCompanyPhone(company.phoneNumberId)),
			),
		),
		panel('A linha do aparelho', ...lineFaults(company)),
		panel('O que chega ao aparelho', ...arrivals(company)),
		panel('Próximo envio do aparelho', ...sendFaults(company)),
	];
}

function lineOf({ devices, banned }) {
	if (banned) return 'Conta banida.';
	if (devices.length === 0) return 'Nenhum aparelho conectado a este celular.';
	const live = devices.filter((device) => device.live).length;
	const waiting = devices.reduce((sum, device) => sum + device.waiting, 0);
	const line = live > 0 ? 'Aparelho com conexão.' : 'Aparelho sem conexão.';
	return waiting > 0 ? `${line} ${waiting} item(ns) esperando por ele.` : line;
}

function lineFaults({ phone, banned }) {
	const cut = async (how) => {
		const answer = await post('whatsapp-web/cut', { how, phone });
		if (answer?.cut === 0) toast('Nenhum aparelho tem conexão agora.');
	};
	return [
		CUTS.map(([name, how, label, detail]) => fault(`line-${name}`, label, detail, () => void cut(how))),
		fault(
			'line-401',
			'Desconectar pelo celular (401)',
			'O vínculo acaba. O n8n apaga as chaves e pede um novo QR code.',
			() => void post('whatsapp-web/unlink', { phone }),
		),
		toggle(
			'line-403',
			'Conta banida (403)',
			'O WhatsApp fecha a conta: nenhum login é aceito até você desligar isto.',
			banned,
			(on) => post('whatsapp-web/ban', { phone, banned: on }),
		),
		toggle(
			'line-463',
			'Número restrito (463)',
			'Por um dia, não inicia conversas: mensagens a quem nunca escreveu são recusadas. O n8n avisa, põe os inícios em pausa e pergunta ao WhatsApp quando acaba.',
			store.web.faults.lockedUntil !== null,
			(on) => post('whatsapp-web/faults', { lockedUntil: on ? now() + DAY_MS : null }),
		),
		toggle(
			'line-405',
			'Cliente antigo demais (405)',
			'O WhatsApp não aceita mais a versão do cliente: corta e recusa todo login, vinculado ou não. O n8n avisa na hora, guarda o vínculo e tenta de hora em hora.',
			store.web.faults.oldestVersion !== null,
			(on) => setTooOld(phone, on),
		),
		toggle(
			'line-offline',
			'n8n sem internet',
			'Corta e recusa conexões. O que os clientes escreverem chega de uma vez ao desligar; depois de um minuto, como atrasado.',
			store.web.faults.refuseUpgrade !== null,
			(on) => setOffline(phone, on),
		),
	];
}

/** Newer than any client. */
const NEWEST = '2.3000.4294967295';

async function setTooOld(phone, on) {
	await post('whatsapp-web/faults', { oldestVersion: on ? NEWEST : null });
	if (on) await post('whatsapp-web/cut', { how: 'drop', phone });
}

async function setOffline(phone, on) {
	await post('whatsapp-web/faults', { refuseUpgrade: on ? 503 : null });
	if (on) await post('whatsapp-web/cut', { how: 'drop', phone });
}

function arrivals({ phone, phoneNumberId }) {
	const { faults } = store.web;
	return [
		fault(
			'late-burst',
			'Rajada atrasada',
			'O n8n volta depois de uma queda e recebe cinco mensagens de cinco minutos atrás: guarda todas, marca como atrasadas e passa a um atendente em vez de responder como robô.',
			() => void lateBurst(phone, phoneNumberId),
		),
		toggle(
			'line-duplicates',
			'Mensagens repetidas',
			'Cada uma chega duas vezes com o mesmo código. O n8n responde uma vez só.',
			faults.duplicates > 0,
			(on) => post('whatsapp-web/faults', { duplicates: on ? 1 : 0 }),
		),
		toggle(
			'line-damaged',
			'Ilegíveis na primeira vez',
			'A primeira cópia não abre; o n8n pede de novo e lê a segunda.',
			faults.damaged > 0,
			(on) => post('whatsapp-web/faults', { damaged: on ? 1 : 0 }),
		),
		toggle(
			'line-media',
			'Arquivos fora do ar',
			'Fotos e documentos não sobem nem descem (erro 503).',
			faults.mediaDownload !== null,
			(on) => post('whatsapp-web/faults', { mediaUpload: on ? 503 : null, mediaDownload: on ? 503 : null }),
		),
	];
}

async function lateBurst(phone, phoneNumberId) {
	const people = [...store.contacts.values()].filter((contact) => contact.onWhatsApp).slice(0, 3);
	if (people.length === 0) return toast('Crie um cliente antes.');
	await setOffline(phone, true);
	// n8n lives on the machine's clock, whatever the rehearsal's says.
	const sentAt = Math.min(now(), Date.now()) - LATE_MS;
	const said = LATE_TEXTS.map((text, index) => ({
		waId: people[index % people.length].waId,
		type: 'text',
		text,
		phoneNumberId,
		sentAt,
	}));
	await post('say', said);
	await new Promise((resolve) => setTimeout(resolve, OFFLINE_MS));
	await setOffline(phone, false);
}

function sendFaults({ phone }) {
	const waiting = store.web.faults.sends;
	const choice = el(
		'select',
		{ testid: 'web-send-fault', 'aria-label': 'Falha do próximo envio do aparelho' },
		SENDS.map(([label], index) => el('option', { value: String(index) }, label)),
	);
	return [
		choice,
		el(
			'div',
			{ class: 'buttons' },
			small('add-web-fault', 'Provocar', () => {
				void post('whatsapp-web/faults/sends', { ...SENDS[Number(choice.value)][1], company: phone });
			}),
			small('clear-web-faults', 'Tirar todas', () => void post('whatsapp-web/faults/clear')),
		),
		waiting.length > 0 ? el('p', { class: 'explain' }, `${waiting.length} falha(s) armada(s)`) : null,
	];
}

function fault(testid, label, detail, onclick) {
	return el(
		'button',
		{ class: 'fault', type: 'button', testid, onclick },
		el('strong', {}, label),
		el('small', {}, detail),
	);
}

function small(testid, label, onclick) {
	return el('button', { class: 'secondary', type: 'button', testid, onclick }, label);
}

function toggle(testid, label, detail, checked, change) {
	const box = el('input', { type: 'checkbox', role: 'switch', testid, checked, onchange: () => change(box.checked) });
	return el('label', { class: 'switch' }, el('span', {}, el('strong', {}, label), el('small', {}, detail)), box);
}
