import { post } from './api.js';
import { deviceFrame } from './device-frame.js';
import { announce, ask, icon, notice } from './dom.js';
import { BADGES, badgeOf, helpFor, picture, pictureKey, spoken } from './device-status.js';
import { digitsOf, masked } from './phone-mask.js';

const STARTING_MS = 3_000;
const GLAD_MS = 60_000;

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
	/** What is asked of the server: 'activate', 'deactivate'… */
	#asking = null;
	/** Its owner takes a session within a second or two; only then something is missing. */
	#isStarting = false;
	#timer = null;
	#startTimer = null;

	constructor(device) {
		this.#device = device;
		Object.assign(
			this,
			deviceFrame(device, {
				onActivate: (event) => void this.#activate(event),
				onDeactivate: () => void this.#deactivate(),
			}),
		);
		this.input.value = device.phone ? masked(device.phone) : '+55 ';
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
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.success.replaceChildren(), GLAD_MS);
		}
		if (device.phone && device.phone !== before.phone && document.activeElement !== this.input) {
			this.input.value = masked(device.phone);
		}
		if (device.state !== 'waiting') this.#isStarting = false;
		else if (before.state !== 'waiting' && before.state !== 'connected') this.#start();
		this.#show(false);
	}

	#start() {
		this.#isStarting = true;
		clearTimeout(this.#startTimer);
		this.#startTimer = setTimeout(() => {
			if (!this.#isStarting) return;
			this.#isStarting = false;
			this.#show(false);
		}, STARTING_MS);
	}

	#show(isFirst) {
		const device = this.#device;
		const { state } = device;
		const [label, mood] = this.#isStarting ? BADGES.starting : badgeOf(device);
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
		this.deactivateButton.hidden = state === 'inactive';
		this.#disable();
		this.test.hidden = state !== 'connected';
		// What was tested before the line dropped proves nothing after it.
		if (this.test.hidden) this.test.querySelector('[data-testid="test-result"]')?.replaceChildren();

		if (state === 'scan' && !this.#wasScan) this.#mode = device.pairingCode ? 'code' : 'qr';
		this.#wasScan = state === 'scan' || state === 'connecting';
		const mode = this.#isStarting ? 'starting' : this.#mode;
		const key = pictureKey(device, mode);
		if (key !== this.#drawn) {
			this.#drawn = key;
			const focused = this.picture.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
			this.picture.replaceChildren(
				...picture(device, mode, {
					useCode: () => void this.#useCode(),
					useQr: () => this.#useQr(),
					tryNow: () => void this.#tryNow(),
				}).filter(Boolean),
			);
			if (focused) this.picture.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
		}
		const said = this.#isStarting ? this.#said : spoken(device);
		if (!isFirst && said !== this.#said) announce(said);
		this.#said = said;
	}

	async #activate(event) {
		event.preventDefault();
		if (this.#asking || this.activateButton.hidden) return;
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
		if (this.#asking) return;
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

	/** To activate what waits for its next attempt is to try at once. */
	async #tryNow() {
		if (this.#asking) return;
		this.message.replaceChildren();
		await this.#ask('activate', { phone: this.#device.phone });
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
		this.#asking = name;
		this.#disable();
		const answer = await post(name, { channelId: this.#device.channelId, ...body });
		this.#asking = null;
		this.#disable();
		if (!answer.ok) this.#fail(answer);
	}

	#disable() {
		const names = {
			activate: [helpFor(this.#device) ?? 'Ativar', 'Ativando…'],
			deactivate: ['Desativar', 'Desativando…'],
		};
		for (const [name, button] of [
			['activate', this.activateButton],
			['deactivate', this.deactivateButton],
		]) {
			const isAsking = this.#asking === name;
			button.disabled = this.#asking !== null;
			button.setAttribute('aria-busy', String(isAsking));
			const label = names[name][isAsking ? 1 : 0];
			if (button.textContent !== label) button.replaceChildren(icon('power'), label);
		}
	}

	#fail({ message, field }) {
		this.message.replaceChildren(notice('danger', message));
		if (field !== 'phone') return;
		this.input.setAttribute('aria-invalid', 'true');
		this.input.focus();
	}
}
