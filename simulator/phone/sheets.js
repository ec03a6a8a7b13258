import { post } from './api.js';
import { el, icon } from './dom.js';
import { openChat } from './store.js';

/** What opens over the page: the options of a list, a new customer, a question. All are native dialogs. */
export function openList(list, choose) {
	const dialog = sheet(list.action.button || 'Ver opções', 'list-sheet');
	for (const section of list.action.sections) {
		dialog.append(
			el(
				'section',
				{ class: 'sheet-section' },
				section.title ? el('h3', {}, section.title) : null,
				section.rows.map((row) =>
					el(
						'button',
						{
							class: 'sheet-row',
							type: 'button',
							testid: `option-${row.id}`,
							onclick: () => {
								dialog.close();
								choose(row.id);
							},
						},
						el('span', {}, el('strong', {}, row.title), row.description ? el('small', {}, row.description) : null),
						el('span', { class: 'radio', 'aria-hidden': 'true' }),
					),
				),
			),
		);
	}
	dialog.showModal();
}

export function openNewContact() {
	const dialog = sheet('Novo cliente', 'contact-sheet');
	const name = el('input', {
		name: 'name',
		required: true,
		maxlength: '60',
		placeholder: 'Maria da Silva',
		autocomplete: 'off',
	});
	const phone = el('input', {
		name: 'phone',
		required: true,
		type: 'tel',
		placeholder: '+55 11 99999-0000',
		autocomplete: 'off',
	});
	const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
	const quirks = QUIRKS.map(([key, label]) => {
		const box = el('input', { type: 'checkbox', name: key });
		return { key, box, row: el('label', { class: 'check' }, box, el('span', {}, label)) };
	});
	const form = el(
		'form',
		{
			method: 'dialog',
			class: 'form',
			onsubmit: async (event) => {
				event.preventDefault();
				const digits = withCountry(phone.value.replace(/\D/g, ''));
				if (digits.length < 12 || digits.length > 15) {
					problem.textContent = 'Informe o número com DDD, por exemplo +55 11 99999-0000.';
					problem.hidden = false;
					return phone.focus();
				}
				const contact = await post('contacts', {
					waId: digits,
					name: name.value.trim(),
					...Object.fromEntries(quirks.filter(({ box }) => box.checked).map(({ key }) => QUIRK_VALUES[key])),
				});
				if (!contact) return;
				dialog.close();
				openChat(contact.waId);
			},
		},
		el('label', {}, el('span', {}, 'Nome'), name),
		el('label', {}, el('span', {}, 'Número com DDD'), phone),
		el(
			'details',
			{},
			el('summary', {}, 'Situações especiais'),
			quirks.map(({ row }) => row),
		),
		problem,
		el('button', { class: 'primary', type: 'submit', testid: 'save-contact' }, 'Adicionar cliente'),
	);
	dialog.append(form);
	dialog.showModal();
	name.focus();
}

export function ask(question, detail, label, act) {
	const dialog = sheet(question, 'question-sheet');
	dialog.append(
		el('p', { class: 'question' }, detail),
		el(
			'div',
			{ class: 'answers' },
			el('button', { class: 'secondary', type: 'button', onclick: () => dialog.close() }, 'Cancelar'),
			el(
				'button',
				{
					class: 'primary danger',
					type: 'button',
					testid: 'confirm',
					onclick: () => {
						dialog.close();
						act();
					},
				},
				label,
			),
		),
	);
	dialog.showModal();
}

const QUIRKS = [
	['hidePhone', 'Esconde o telefone (usuário com @)'],
	['rewriteNinthDigit', 'A Meta guarda o número sem o nono dígito'],
	['readReceipts', 'Confirmação de leitura desligada'],
	['onWhatsApp', 'Não está no WhatsApp'],
];

const QUIRK_VALUES = {
	hidePhone: ['hidePhone', true],
	rewriteNinthDigit: ['rewriteNinthDigit', true],
	readReceipts: ['readReceipts', false],
	onWhatsApp: ['onWhatsApp', false],
};

function withCountry(digits) {
	return digits.length === 10 || digits.length === 11 ? `55${digits}` : digits;
}

/** An empty dialog with a title; the caller fills and shows it. */
export function sheet(title, testid) {
	const dialog = el(
		'dialog',
		{ class: 'sheet', testid, 'aria-label': title },
		el(
			'header',
			{ class: 'sheet-head' },
			el('h2', {}, title),
			el(
				'button',
				{ class: 'icon-button', type: 'button', 'aria-label': 'Fechar', onclick: () => dialog.close() },
				icon('close'),
			),
		),
	);
	// A click outside closes, as on a phone.
	dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
	dialog.addEventListener('close', () => dialog.remove());
	document.body.append(dialog);
	return dialog;
}
