import { post } from './api.js';
import { el, icon } from './dom.js';
import { formatted } from './format.js';
import { sheet } from './sheets.js';
import { store } from './store.js';

/** The reviewer's desk: every template of the account, and a click for what Meta would decide. */
const STATUS = {
	APPROVED: ['Aprovado', 'good'],
	PENDING: ['Em análise', 'wait'],
	REJECTED: ['Rejeitado', 'bad'],
	PAUSED: ['Pausado', 'wait'],
	DISABLED: ['Desativado', 'bad'],
	IN_APPEAL: ['Em recurso', 'wait'],
	ARCHIVED: ['Arquivado', 'wait'],
};
const CATEGORY = { MARKETING: 'Marketing', UTILITY: 'Utilidade', AUTHENTICATION: 'Autenticação' };
const QUALITY = { GREEN: 'qualidade alta', YELLOW: 'qualidade média', RED: 'qualidade baixa' };
const REASONS = [
	['INVALID_FORMAT', 'Formato inválido'],
	['PROMOTIONAL', 'Conteúdo promocional'],
	['INCORRECT_CATEGORY', 'Categoria incorreta'],
	['ABUSIVE_CONTENT', 'Conteúdo abusivo'],
	['TAG_CONTENT_MISMATCH', 'Idioma ou categoria não combinam com o texto'],
	['SCAM', 'Golpe'],
];

export function waitingTemplates() {
	return store.templates.filter((template) => template.status === 'PENDING').length;
}

export function templatesSection() {
	const auto = el('input', {
		type: 'checkbox',
		role: 'switch',
		testid: 'auto-approval',
		checked: store.settings?.templateApproval === 'auto',
		onchange: () => post('settings', { templateApproval: auto.checked ? 'auto' : 'manual' }),
	});
	return [
		el(
			'label',
			{ class: 'switch' },
			el('span', {}, el('strong', {}, 'Aprovar sozinho'), el('small', {}, 'Modelos novos não esperam análise')),
			auto,
		),
		store.templates.length === 0
			? el('p', { class: 'explain' }, 'Nenhum modelo ainda. Crie um no n8n: WhatsApp Desk › Template › Create.')
			: el('ul', { class: 'templates', testid: 'templates' }, store.templates.map(card)),
	];
}

function card(template) {
	return el(
		'li',
		{ class: 'template-card', testid: `template-${template.name}`, data: { status: template.status } },
		heading(template),
		el('p', { class: 'template-preview' }, formatted(bodyOf(template))),
		el('div', { class: 'buttons' }, quickDecisions(template), moreButton(template)),
	);
}

function heading(template) {
	const [label, tone] = STATUS[template.status] ?? [template.status, 'wait'];
	return [
		el(
			'div',
			{ class: 'template-head' },
			el('strong', { title: template.name }, template.name),
			el('span', { class: `state state-${tone}`, testid: `state-${template.name}` }, label),
		),
		el('p', { class: 'template-facts' }, factsOf(template)),
	];
}

function factsOf(template) {
	const before = template.previousCategory ? ` (era ${CATEGORY[template.previousCategory]})` : '';
	const coming = template.correctCategory ? ` → ${CATEGORY[template.correctCategory]} em breve` : '';
	const facts = [
		template.language,
		`${CATEGORY[template.category] ?? template.category}${before}${coming}`,
		QUALITY[template.quality],
		template.status === 'REJECTED' && (Object.fromEntries(REASONS)[template.rejectedReason] ?? template.rejectedReason),
	];
	return facts.filter(Boolean).join(' · ');
}

/** The one or two decisions that come next most of the time. */
function quickDecisions(template) {
	const { status, name } = template;
	const button = (testid, label, act, main = false) =>
		el('button', { class: main ? 'primary' : 'secondary', type: 'button', testid, onclick: act }, label);
	if (status === 'PENDING' || status === 'IN_APPEAL' || status === 'REJECTED') {
		return [
			button(`approve-${name}`, 'Aprovar', () => decide(template, { decision: 'approve' }), status !== 'REJECTED'),
			status === 'REJECTED' ? null : button(`reject-${name}`, 'Rejeitar…', () => openReject(template)),
		];
	}
	if (status === 'PAUSED')
		return [button(`unpause-${name}`, 'Retomar', () => decide(template, { decision: 'unpause' }))];
	if (status === 'APPROVED') return [button(`pause-${name}`, 'Pausar', () => decide(template, { decision: 'pause' }))];
	return [];
}

function moreButton(template) {
	return el(
		'button',
		{
			class: 'secondary narrow',
			type: 'button',
			testid: `more-${template.name}`,
			'aria-label': `Mais sobre ${template.name}`,
			title: 'Ver inteiro e decidir',
			onclick: () => openDetails(template),
		},
		icon('more'),
	);
}

function decide(template, decision) {
	return post(`templates/${template.id}/decide`, decision);
}

function openReject(template) {
	const dialog = sheet(`Rejeitar ${template.name}`, 'reject-sheet');
	const reason = el(
		'select',
		{ testid: 'reject-reason' },
		REASONS.map(([value, label]) => el('option', { value }, label)),
	);
	const explanation = el('input', { testid: 'reject-explanation', placeholder: 'Opcional', maxlength: '200' });
	dialog.append(
		el(
			'form',
			{
				method: 'dialog',
				class: 'form',
				onsubmit: () =>
					decide(template, {
						decision: 'reject',
						reason: reason.value,
						...(explanation.value.trim() ? { explanation: explanation.value.trim() } : {}),
					}),
			},
			el('label', {}, el('span', {}, 'Motivo'), reason),
			el('label', {}, el('span', {}, 'Explicação da Meta'), explanation),
			el('button', { class: 'primary danger', type: 'submit', testid: 'confirm-reject' }, 'Rejeitar modelo'),
		),
	);
	dialog.showModal();
}

const DAY = 86_400_000;

function openDetails(template) {
	const dialog = sheet(template.name, 'template-sheet');
	const other = template.category === 'MARKETING' ? 'UTILITY' : 'MARKETING';
	const decisions = [
		...(template.status === 'APPROVED' ? [] : [['Aprovar', '', { decision: 'approve' }]]),
		['Pausar por qualidade', '3 h, depois 6 h, na terceira vez é desativado', { decision: 'pause' }],
		['Pausar no ritmo inicial', 'Só volta quando alguém retomar', { decision: 'pause', because: 'pacing' }],
		['Sinalizar', 'Aviso antes de uma pausa', { decision: 'flag' }],
		['Desativar', 'Não volta mais', { decision: 'disable' }],
		[`Mudar para ${CATEGORY[other]} agora`, '', { decision: 'recategorize', category: other }],
		[
			`Anunciar ${CATEGORY[other]} para amanhã`,
			'Muda quando o relógio do ensaio passar 24 h',
			{ decision: 'recategorize', category: other, announceMs: DAY },
		],
		['Qualidade alta', '', { decision: 'quality', score: 'GREEN' }],
		['Qualidade média', '', { decision: 'quality', score: 'YELLOW' }],
		['Qualidade baixa', '', { decision: 'quality', score: 'RED' }],
	];
	dialog.append(
		el('p', { class: 'question' }, factsOf(template)),
		preview(template),
		el(
			'section',
			{ class: 'sheet-section' },
			el('h3', {}, 'O que a Meta decide'),
			decisions.map(([label, detail, decision]) =>
				el(
					'button',
					{
						class: 'sheet-row',
						type: 'button',
						onclick: () => {
							dialog.close();
							void decide(template, decision);
						},
					},
					el('span', {}, el('strong', {}, label), detail ? el('small', {}, detail) : null),
				),
			),
		),
	);
	dialog.showModal();
}

const HEADERS = { IMAGE: 'Imagem', VIDEO: 'Vídeo', DOCUMENT: 'Documento', LOCATION: 'Localização' };

/** With its placeholders, as it was asked for. */
function preview(template) {
	const of = (type) => template.components.find((component) => component.type === type);
	const header = of('HEADER');
	const buttons = of('BUTTONS')?.buttons ?? [];
	return el(
		'div',
		{ class: 'template-paper' },
		el(
			'div',
			{ class: 'bubble theirs' },
			header ? el('p', { class: 'headline' }, header.text ?? `[${HEADERS[header.format] ?? header.format}]`) : null,
			el('p', { class: 'text' }, formatted(bodyOf(template))),
			of('FOOTER') ? el('p', { class: 'footnote' }, of('FOOTER').text) : null,
		),
		buttons.length > 0
			? el(
					'div',
					{ class: 'actions' },
					buttons.map((button) => el('span', { class: 'action' }, button.text ?? 'Copiar código')),
				)
			: null,
	);
}

function bodyOf(template) {
	return template.components.find((component) => component.type === 'BODY')?.text ?? 'Código de verificação da Meta';
}
