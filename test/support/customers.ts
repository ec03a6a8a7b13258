// What customers do in the simulator, and what they hear.
import type { Browser } from 'playwright-core';
import { screenshot } from './chromium';
import { useDesk } from './desk-tool';
import type { E2eRig } from './e2e-rig';

type Json = Record<string, any>;

export class Customers {
	constructor(
		private readonly rig: E2eRig,
		private readonly browser: Browser,
	) {}

	/** Taps an option, by id or title, and returns the texts that come back. */
	tap(waId: string, option: string, count = 1): Promise<string[]> {
		return this.#answers(waId, count, () => this.rig.simulator.admin.tap(waId, option));
	}

	/** Writes, and returns the texts that come back. */
	say(waId: string, text: string, count = 1): Promise<string[]> {
		return this.#answers(waId, count, () => this.rig.simulator.admin.say(waId, text));
	}

	/** Everything the company has written, oldest first. */
	async heard(waId: string): Promise<string[]> {
		const messages = await this.rig.simulator.admin.messages(waId, { from: 'business' }).catch(() => []);
		return messages.map(({ text }) => text);
	}

	async lastHeard(waId: string): Promise<string> {
		return (await this.heard(waId)).at(-1) ?? '';
	}

	/** As the desk knows it. */
	async conversation(waId: string): Promise<Json> {
		const all = await useDesk(this.rig, { resource: 'conversation', operation: 'getMany', returnAll: true });
		return all.find(({ contact }) => contact.address === waId)!;
	}

	/** A picture of the chat. */
	async photograph(waId: string, name: string): Promise<void> {
		const phone = await this.browser.newPage({ viewport: { width: 1280, height: 860 } });
		await phone.goto(this.rig.simulator.url);
		await phone.getByTestId(`customer-${waId}`).click();
		await screenshot(phone, name);
		await phone.close();
	}

	async #answers(waId: string, count: number, act: () => Promise<unknown>): Promise<string[]> {
		const { admin } = this.rig.simulator;
		const before = (await admin.messages(waId).catch(() => [])).at(-1)?.seq ?? 0;
		await act();
		return (await admin.waitForReplies(waId, count, { after: before, timeoutMs: 20_000 })).map(({ text }) => text);
	}
}
