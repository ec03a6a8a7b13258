import { post } from './api.js';
import { announce, ask, el, icon, notice } from './dom.js';
import { BADGES, helpFor, picture, pictureKey, spoken } from './device-status.js';
import { digitsOf, maskPhone, masked } from './phone-mask.js';
import { testForm } from './test-form.js';

/**
 * One session: its number, the one button, what it is at, and the test. Built once; `update` changes what has changed, so that nobody
 * loses what they are typing.
 */
export class DevicePanel {
	#device;
	#mode = 'qr';
	#drawn = '';
	#said = '';
	#wasScan = false;
	#busy = false;

	constructor(device) {
		this.#device = device;
		const id = `device-${device.sessionName}`;
		this.badge = el('span', { class: 'badge', testid: 'badge' });
		this.input = el('input', {
			id: `${id}-phone`,
			type: 'tel',
			inputmode: 'numeric',
			autocomplete: 'off',
			placeholder: '+55 11 99999-9999',
			required: true,
			testid: 'phone',
			'aria-describedby': `${id}-hint ${id}-message`,
		});
		maskPhone(this.input);
		this.hint = el('p', { class: 'hint', id: `${id}-hint` });
		this.message = el('div', { class: 'message', id: `${id}-message`, role: 'alert', testid: 'message' });
		this.activateButton = el('button', { class: 'green', type: 'submit', testid: 'activate' });
		this.deactivateButton = el(
			'button',
			{ class: 'red', type: 'button', testid: 'deactivate', onclick: () => void this.#deactivate() },
			icon('power'),
			'Desativar',
		);
		this.success = el('div', { class: 'message', testid: 'success' });
		this.picture = el('div', { class: 'picture', testid: 'picture' });
		this.test = testForm(device);
		this.node = el(
			'section',
			{ class: 'card device', id, 'aria-labelledby': `${id}-title`, testid: `device-${device.sessionName}` },
			el(
				'header',
				{ class: 'device-head' },
				el('h2', { id: `${id}-title`, tabindex: '-1' }, device.sessionName),
				this.badge,
			),
			el(
				'div',
				{ class: 'columns' },
				el(
					'div',
					{ class: 'settings' },
					el(
						'form',
						{ onsubmit: (event) => void this.#activate(event), novalidate: true },
						el(
							'div',
							{ class: 'field' },
							el('label', { for: `${id}-phone` }, 'Número WhatsApp para atendimento'),
							el(
								'div',
								{ class: 'with-lock' },
								this.input,
								(this.lock = el('span', { class: 'lock', 'aria-hidden': 'true' }, icon('lock'))),
							),
							this.hint,
						),
						this.message,
						el('div', { class: 'buttons' }, this.activateButton, this.deactivateButton),
					),
					this.success,
					this.test,
				),
				this.picture,
			),
		);
		if (device.phone) this.input.value = masked(device.phone);
		else this.input.value = '+55 ';
		this.#show(true);
	}

	update(device) {
		const before = this.#device;
		this.#device = device;
		// Back where it began: whatever was said is over (B-33).
		if (device.state === 'inactive' && before.state !== 'inactive') this.message.replaceChildren();
		if (device.state !== before.state && device.state !== 'connected') this.success.replaceChildren();
		const wasLinking = before.state === 'scan' || before.state === 'linking';
		if (device.state === 'connected' && wasLinking) {
			this.success.replaceChildren(notice('success', 'QR Code lido. O número está ativo e pronto para atender.'));
		}
		if (device.phone && device.phone !== before.phone && document.activeElement !== this.input) {
			this.input.value = masked(device.phone);
		}
		this.#show(false);
	}

	#show(isFirst) {
		const device = this.#device;
		const { state } = device;
		const [label, mood] = BADGES[state] ?? [state, 'quiet'];
		this.badge.textContent = label;
		this.badge.className = `badge ${mood}`;

		const isOff = state === 'inactive' || state === 'stopped';
		// The number belongs to the link (B-16, B-17): free again once nothing is linked.
		const isLocked = !(state === 'inactive' || (state === 'stopped' && device.linkedAt === null));
		this.input.readOnly = isLocked;
		this.lock.hidden = !isLocked;
		if (isLocked && device.phone) this.input.value = masked(device.phone);
		this.hint.textContent = isLocked
			? 'Para trocar o número, desative e ative com o outro.'
			: 'Com código do país e DDD. Use um número dedicado ao atendimento, de preferência do WhatsApp Business.';
		this.activateButton.hidden = !isOff;
		this.activateButton.replaceChildren(icon('power'), helpFor(device) ?? 'Ativar');
		this.deactivateButton.hidden = state === 'inactive';
		this.#disable();
		this.test.hidden = state !== 'connected';

		if (state === 'scan' && !this.#wasScan) this.#mode = device.pairingCode ? 'code' : 'qr';
		this.#wasScan = state === 'scan' || state === 'connecting';
		const key = pictureKey(device, this.#mode);
		if (key !== this.#drawn) {
			this.#drawn = key;
			const focused = this.picture.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
			this.picture.replaceChildren(
				...picture(device, this.#mode, { useCode: () => void this.#useCode(), useQr: () => this.#useQr() }).filter(
					Boolean,
				),
			);
			if (focused) this.picture.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
		}
		const said = spoken(device);
		if (!isFirst && said !== this.#said) announce(said);
		this.#said = said;
	}

	async #activate(event) {
		event.preventDefault();
		if (this.#busy || this.activateButton.hidden) return;
		this.message.replaceChildren();
		this.input.removeAttribute('aria-invalid');
		if (/^(55)?$/.test(digitsOf(this.input.value))) {
			return this.#fail({
				message: 'Informe o número com código do país e DDD. Exemplo: +55 11 99999-9999.',
				field: 'phone',
			});
		}
		await this.#ask('activate', { phone: this.input.value });
	}

	async #deactivate() {
		if (this.#busy) return;
		const { linkedAt, phoneText } = this.#device;
		const agreed =
			linkedAt === null ||
			(await ask({
				title: 'Desativar este número?',
				text: `${phoneText ?? 'O número'} será desconectado e deixa de receber e enviar mensagens. Para voltar, será preciso ativar e ler um novo QR Code.`,
				agree: 'Desativar',
				testid: 'confirm',
			}));
		if (!agreed) return;
		this.message.replaceChildren();
		await this.#ask('deactivate', {});
	}

	async #useCode() {
		this.#mode = 'code';
		this.#show(true);
		this.picture.querySelector('[data-testid="use-qr"]')?.focus();
		if (this.#device.pairingCode === null) await this.#ask('pairingCode', {});
	}

	#useQr() {
		this.#mode = 'qr';
		this.#show(true);
		this.picture.querySelector('[data-testid="use-code"]')?.focus();
	}

	async #ask(name, body) {
		this.#busy = true;
		this.#disable();
		const answer = await post(name, { channelId: this.#device.channelId, ...body });
		this.#busy = false;
		this.#disable();
		if (!answer.ok) this.#fail(answer);
	}

	#disable() {
		for (const button of [this.activateButton, this.deactivateButton]) {
			button.disabled = this.#busy;
			button.setAttribute('aria-busy', String(this.#busy));
		}
	}

	#fail({ message, field }) {
		this.message.replaceChildren(notice('danger', message));
		if (field !== 'phone') return;
		this.input.setAttribute('aria-invalid', 'true');
		this.input.focus();
	}
}
