import type { WebSay } from './speak';
import type { WebLineFaults, WebSendFault } from './faults';
import type { Linked } from './pairing';
import type { CompanyView, Cut, WebState } from './whatsapp-web';

/** The part of the admin API that is about linked devices, one method a call. Reached as `admin.web`. */
export interface AdminCalls {
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body?: unknown): Promise<T>;
}

export class WhatsAppWebClient {
	readonly #calls: AdminCalls;

	constructor(calls: AdminCalls) {
		this.#calls = calls;
	}

	state(): Promise<WebState> {
		return this.#calls.get('whatsapp-web');
	}

	/** The company of this phone; throws before the first scan. */
	async company(phone: string): Promise<CompanyView> {
		const { companies } = await this.state();
		const found = companies.find((one) => one.phone === phone);
		if (!found) throw new Error(`No device was ever linked to ${phone}.`);
		return found;
	}

	/** Waits until a condition on the state holds. Throws at the deadline with the last state. */
	async waitFor(holds: (state: WebState) => boolean, timeoutMs = 10_000): Promise<WebState> {
		const deadline = performance.now() + timeoutMs;
		for (;;) {
			const state = await this.state();
			if (holds(state)) return state;
			if (performance.now() >= deadline) {
				const { certificate: _, ...seen } = state;
				throw new Error(`WhatsApp Web did not get there within ${timeoutMs} ms: ${JSON.stringify(seen)}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	/** Waits until a device of this phone gets everything at once. */
	async waitForLive(phone: string, timeoutMs = 10_000): Promise<CompanyView> {
		const isLive = (state: WebState) =>
			state.companies.some((one) => one.phone === phone && one.devices.some((device) => device.live));
		return (await this.waitFor(isLive, timeoutMs)).companies.find((one) => one.phone === phone)!;
	}

	/** The phone scans what a client shows. @param qr the text in the code @param phone digits, country code first */
	scan(qr: string, phone: string, name?: string): Promise<Linked> {
		return this.#calls.post('whatsapp-web/scan', { qr, phone, name });
	}

	/** The phone scans the code of a waiting client whose screen is known (`unlinked[].visible`). */
	scanScreen(client: string, phone: string, name?: string): Promise<Linked> {
		return this.#calls.post('whatsapp-web/scan', { client, phone, name });
	}

	/** A phone that links nothing yet. */
	addPhone(phone: string, name?: string): Promise<void> {
		return this.#calls.post('whatsapp-web/phones', { phone, name });
	}

	/** The phone types a pairing code. */
	enterCode(phone: string, code: string, name?: string): Promise<Linked> {
		return this.#calls.post('whatsapp-web/code', { phone, code, name });
	}

	/** The phone removes its linked devices (or one): stream error 401. */
	unlink(phone: string, device?: number): Promise<void> {
		return this.#calls.post('whatsapp-web/unlink', { phone, device });
	}

	/** Stream error 403, and 403 at every login, until it is lifted. */
	ban(phone: string, banned = true): Promise<void> {
		return this.#calls.post('whatsapp-web/ban', { phone, banned });
	}

	/** Ends lines: 'drop' tears them, 'silence' lets them starve, a number is a stream error. Returns how many. */
	async cut(how: Cut, phone?: string): Promise<number> {
		return (await this.#calls.post<{ cut: number }>('whatsapp-web/cut', { how, phone })).cut;
	}

	/** Stay until changed; `qrRefs` (6) says how many codes a client may show. */
	setFaults(faults: Partial<WebLineFaults> & { qrRefs?: number }): Promise<WebState['faults']> {
		return this.#calls.post('whatsapp-web/faults', faults);
	}

	/** For the next messages of linked devices, in this order. */
	failSends(...faults: WebSendFault[]): Promise<void> {
		return this.#calls.post('whatsapp-web/faults/sends', faults);
	}

	clearFaults(): Promise<void> {
		return this.#calls.post('whatsapp-web/faults/clear');
	}

	/** A customer writes to a linked phone. @returns the message's id */
	async say(phone: string, waId: string, what: string | WebSay): Promise<string> {
		const message = typeof what === 'string' ? { type: 'text', text: what } : what;
		const body = { ...message, phoneNumberId: numberIdOf(phone) };
		return (await this.#calls.post<{ messageId: string }>(`contacts/${waId}/say`, body)).messageId;
	}

	/** Someone types on the company's own phone. @returns the message's id */
	async phoneSays(phone: string, waId: string, text: string): Promise<string> {
		const body = { text, phoneNumberId: numberIdOf(phone) };
		return (await this.#calls.post<{ messageId: string }>(`contacts/${waId}/echo`, body)).messageId;
	}

	/** The customer's next messages come from an opaque id (the default) or from the phone number. */
	address(phone: string, waId: string, addressing: 'lid' | 'pn'): Promise<void> {
		return this.#calls.post(`whatsapp-web/contacts/${waId}`, { addressing, phoneNumberId: numberIdOf(phone) });
	}

	/** The customer's dots. */
	typing(phone: string, waId: string, typing: boolean): Promise<void> {
		return this.#calls.post(`whatsapp-web/contacts/${waId}`, { typing, phoneNumberId: numberIdOf(phone) });
	}
}

/** How chats with a linked phone are named: for `messages`, `waitForReplies` and the like. */
export function numberIdOf(phone: string): string {
	return `linked-${phone.replace(/\D/g, '')}`;
}
