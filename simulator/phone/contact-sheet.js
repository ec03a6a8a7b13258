import { post } from './api.js';
import { el } from './dom.js';
import { phoneOf } from './format.js';
import { sheet } from './sheets.js';
import { currentNumber, store } from './store.js';

/** One customer's own choices and luck: promotions, the phone on or off, receipts, WhatsApp at all. */
const SWITCHES = [
	{
		testid: 'stop-marketing',
		cloudOnly: true,
		label: 'Parar promoções',
		detail: 'Como se tocasse em parar dentro do WhatsApp',
		isOn: (contact) => contact.marketingStopped,
		change: (waId, on) =>
			post(`contacts/${waId}/preferences`, { marketing: on ? 'stop' : 'resume', phoneNumberId: store.phoneNumberId }),
	},
	{
		testid: 'phone-on',
		label: 'Celular ligado',
		detail: 'Desligado, as mensagens ficam em um risco só',
		isOn: (contact) => contact.online,
		change: (waId, on) => post('contacts', { waId, online: on }),
	},
	{
		testid: 'receipts',
		label: 'Confirmação de leitura',
		detail: 'Sem ela a empresa nunca vê que foi lida',
		isOn: (contact) => contact.readReceipts,
		change: (waId, on) => post('contacts', { waId, readReceipts: on }),
	},
	{
		testid: 'on-whatsapp',
		label: 'Está no WhatsApp',
		detail: 'Fora dele o envio falha depois (131026)',
		isOn: (contact) => contact.onWhatsApp,
		change: (waId, on) => post('contacts', { waId, onWhatsApp: on }),
	},
];

export function openContactSheet(waId) {
	const contact = store.contacts.get(waId);
	if (!contact) return;
	const dialog = sheet(contact.name, 'profile-sheet');
	dialog.append(
		el('p', { class: 'question' }, phoneOf(waId)),
		el(
			'div',
			{ class: 'profile' },
			SWITCHES.filter(({ cloudOnly }) => !cloudOnly || !currentNumber()?.linked).map(
				({ testid, label, detail, isOn, change }) => {
					const box = el('input', {
						type: 'checkbox',
						role: 'switch',
						testid,
						checked: isOn(contact),
						onchange: () => void change(waId, box.checked).then((answer) => answer || (box.checked = !box.checked)),
					});
					return el(
						'label',
						{ class: 'switch' },
						el('span', {}, el('strong', {}, label), el('small', {}, detail)),
						box,
					);
				},
			),
		),
	);
	dialog.showModal();
}
