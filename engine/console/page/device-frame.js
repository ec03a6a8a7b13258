import { el, icon } from './dom.js';
import { maskPhone } from './phone-mask.js';
import { testForm } from './test-form.js';

/** The parts of one session's card, empty: device-panel.js fills them. */
export function deviceFrame(device, { onActivate, onDeactivate }) {
	const id = `device-${device.sessionName}`;
	const input = el('input', {
		id: `${id}-phone`,
		type: 'tel',
		inputmode: 'numeric',
		autocomplete: 'off',
		placeholder: '+55 11 99999-9999',
		required: true,
		testid: 'phone',
		'aria-describedby': `${id}-hint ${id}-message`,
	});
	maskPhone(input);
	const parts = {
		badge: el('span', { class: 'badge', testid: 'badge' }),
		input,
		lock: el('span', { class: 'lock', 'aria-hidden': 'true' }, icon('lock')),
		hint: el('p', { class: 'hint', id: `${id}-hint` }),
		message: el('div', { class: 'message', id: `${id}-message`, role: 'alert', testid: 'message' }),
		activateButton: el('button', { class: 'green', type: 'submit', testid: 'activate' }),
		deactivateButton: el('button', { class: 'red', type: 'button', testid: 'deactivate', onclick: onDeactivate }),
		success: el('div', { class: 'message', testid: 'success' }),
		picture: el('div', { class: 'picture', testid: 'picture' }),
		test: testForm(device),
	};
	const number = el(
		'form',
		{ class: 'number', onsubmit: onActivate, novalidate: true },
		el(
			'div',
			{ class: 'field' },
			el('label', { for: input.id }, 'Número WhatsApp para atendimento'),
			el('div', { class: 'with-lock' }, input, parts.lock),
			parts.hint,
		),
		parts.message,
		el('div', { class: 'buttons' }, parts.activateButton, parts.deactivateButton),
		parts.success,
	);
	const node = el(
		'section',
		{ class: 'card device', id, 'aria-labelledby': `${id}-title`, testid: id },
		el('header', { class: 'device-head' }, el('h2', { id: `${id}-title` }, device.sessionName), parts.badge),
		el('div', { class: 'columns' }, number, parts.picture, parts.test),
	);
	return { node, ...parts };
}
