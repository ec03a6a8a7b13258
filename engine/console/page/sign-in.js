import { keepToken, post } from './api.js';
import { el, icon, notice } from './dom.js';

/** The door: one password, the one of the credential in n8n. `onEntered` runs once it is open. */
export function signInView(onEntered, farewell = null) {
	const message = el('div', { class: 'message', role: 'alert', testid: 'sign-in-message' });
	const password = el('input', {
		type: 'password',
		id: 'password',
		name: 'password',
		autocomplete: 'current-password',
		required: true,
		autofocus: true,
		'aria-describedby': 'password-hint',
	});
	const button = el('button', { class: 'green wide', type: 'submit', testid: 'sign-in' }, 'Entrar');

	const enter = async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		if (password.value === '') return show('Digite a senha.');
		busy(true);
		const result = await post('signIn', { password: password.value, path: location.pathname });
		busy(false);
		if (result.ok) {
			keepToken(result.csrf);
			return onEntered();
		}
		password.select();
		if (result.retryAfter > 0) wait(result);
		else show(result.message);
	};
	const busy = (isBusy) => {
		button.disabled = isBusy;
		button.setAttribute('aria-busy', String(isBusy));
	};
	const show = (text) => {
		message.replaceChildren(notice('danger', text));
		password.setAttribute('aria-invalid', 'true');
		password.focus();
	};
	/** Trying earlier would only be refused again. */
	const wait = ({ message: text, retryAfter }) => {
		show(text);
		button.disabled = true;
		let left = retryAfter;
		const timer = setInterval(() => {
			left -= 1;
			button.textContent = left > 0 ? `Entrar (${left} s)` : 'Entrar';
			if (left > 0) return;
			clearInterval(timer);
			button.disabled = false;
			message.replaceChildren();
		}, 1_000);
		button.textContent = `Entrar (${left} s)`;
	};

	return el(
		'main',
		{ class: 'door' },
		el(
			'form',
			{ class: 'card door-card', onsubmit: enter, novalidate: true, testid: 'sign-in-form' },
			el('h1', {}, el('span', { class: 'mark', 'aria-hidden': 'true' }, icon('qr')), 'WhatsApp Desk'),
			farewell === null ? null : notice('info', farewell),
			el(
				'div',
				{ class: 'field' },
				el('label', { for: 'password' }, 'Senha'),
				password,
				el('p', { class: 'hint', id: 'password-hint' }, 'É a senha da credencial “Desk Console” no n8n.'),
			),
			message,
			button,
		),
	);
}
