import { post } from './api.js';
import { el, icon, notice } from './dom.js';
import { digitsOf, maskPhone } from './phone-mask.js';

/** "Enviar Teste": proves that messages leave (B-30, B-31). */
export function testForm(device) {
	const id = `test-${device.sessionName}`;
	const phone = el('input', {
		id: `${id}-phone`,
		type: 'tel',
		inputmode: 'numeric',
		autocomplete: 'off',
		placeholder: '+55 11 99999-9999',
		testid: 'test-phone',
		'aria-describedby': `${id}-result`,
	});
	maskPhone(phone);
	const text = el('textarea', { id: `${id}-text`, rows: '2', maxlength: '4096', testid: 'test-text' });
	text.value = 'Teste de integração WhatsApp';
	const result = el('div', { id: `${id}-result`, class: 'message', role: 'status', testid: 'test-result' });
	const button = el('button', { class: 'green', type: 'submit', testid: 'send-test' }, icon('send'), 'Enviar Teste');

	const send = async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		for (const field of [phone, text]) field.removeAttribute('aria-invalid');
		if (digitsOf(phone.value) === '') return fail('Informe o número que vai receber a mensagem.', phone);
		if (text.value.trim() === '') return fail('Escreva a mensagem de teste.', text);
		button.disabled = true;
		result.replaceChildren(
			el('p', { class: 'spinner' }, el('span', { class: 'wheel', 'aria-hidden': 'true' }), 'Enviando…'),
		);
		const answer = await post('sendTest', { channelId: device.channelId, phone: phone.value, text: text.value });
		button.disabled = false;
		if (!answer.ok)
			return fail(answer.message, answer.field === 'phone' ? phone : answer.field === 'text' ? text : null);
		result.replaceChildren(outcome(answer, phone.value));
	};
	const fail = (message, field) => {
		result.replaceChildren(notice('danger', message));
		field?.setAttribute('aria-invalid', 'true');
		field?.focus();
	};

	return el(
		'form',
		{ class: 'test', onsubmit: send, novalidate: true, testid: 'test-form' },
		el('h3', {}, 'Testar o envio'),
		el(
			'div',
			{ class: 'field' },
			el('label', { for: `${id}-phone` }, 'Número de telefone que vai receber as mensagens de teste:'),
			phone,
		),
		el('div', { class: 'field' }, el('label', { for: `${id}-text` }, 'Mensagem:'), text),
		button,
		result,
	);
}

function outcome({ status, explanation }, phone) {
	if (status === 'sent')
		return notice('success', `Mensagem de teste enviada para ${phone}. A integração funciona: confira no celular.`);
	if (status === 'queued' || status === 'held') {
		return notice(
			'warning',
			explanation ?? 'A mensagem está na fila e ainda não saiu. Confira no celular em instantes.',
		);
	}
	if (status === 'unknown') {
		return notice(
			'warning',
			explanation ?? 'O WhatsApp não confirmou o envio. Confira no celular antes de enviar de novo.',
		);
	}
	return notice('danger', explanation ?? 'A mensagem não foi enviada.');
}
