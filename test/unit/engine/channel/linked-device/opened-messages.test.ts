import type { AuthenticationState, SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';
import { OpenedMessages } from '../../../../../engine/channel/linked-device/opened-messages';

const CLOCK = { now: () => 1_000_000_000 };
const DAY = 24 * 3_600_000;

/** Keys as a store keeps them; a transaction that fails writes nothing. */
function keysIn(stored: Map<string, unknown>) {
	let pending: Map<string, unknown> | null = null;
	const keys = {
		get: (type: string, ids: string[]) =>
			Promise.resolve(
				Object.fromEntries(
					ids.flatMap((id) => (stored.has(`${type}/${id}`) ? [[id, stored.get(`${type}/${id}`)]] : [])),
				),
			),
		set: (data: Record<string, Record<string, unknown>>) => {
			for (const [type, values] of Object.entries(data))
				for (const [id, value] of Object.entries(values)) (pending ?? stored).set(`${type}/${id}`, value);
			return Promise.resolve();
		},
		transaction: async <T>(work: () => Promise<T>) => {
			pending = new Map();
			try {
				const result = await work();
				for (const [name, value] of pending) stored.set(name, value);
				return result;
			} finally {
				pending = null;
			}
		},
	};
	return keys as unknown as AuthenticationState['keys'] & SignalKeyStoreWithTransaction;
}

/** Opens each sealed part once, as Signal does. */
function cipher() {
	const used = new Set<string>();
	return {
		decryptMessage: ({ ciphertext }: { ciphertext: Uint8Array }) => {
			const sealed = Buffer.from(ciphertext).toString();
			if (used.has(sealed)) return Promise.reject(new Error('Key used already or never filled'));
			used.add(sealed);
			return Promise.resolve(Buffer.from(`open ${sealed}`));
		},
	};
}

const seal = (text: string) => ({ jid: 'a', type: 'msg' as const, ciphertext: Buffer.from(text) });

function arrive(opened: OpenedMessages, sealed: ReturnType<typeof seal>, attrs: Record<string, string> = {}) {
	const enc = { tag: 'enc', attrs: { type: 'msg' }, content: sealed.ciphertext };
	opened.arrived({ tag: 'message', attrs: { id: sealed.ciphertext.toString(), ...attrs }, content: [enc] });
	return sealed;
}

describe('messages that were opened', () => {
	it('are opened once, and known when the same bytes come again, in this process or in the next (D3)', async () => {
		const stored = new Map<string, unknown>();
		const [keys, signal] = [keysIn(stored), cipher()];
		const first = new OpenedMessages(keys, CLOCK);
		const open = first.keep(signal, keys);
		expect(String(await open.decryptMessage(arrive(first, seal('um'))))).toBe('open um');
		expect(String(await open.decryptMessage(arrive(first, seal('um'))))).toBe('open um');

		const next = new OpenedMessages(keysIn(stored), CLOCK);
		expect(String(await next.keep(signal, keys).decryptMessage(arrive(next, seal('um'))))).toBe('open um');
	});

	it('are told to the next process as they came, in their order, the latest 128 of the last day', async () => {
		const stored = new Map<string, unknown>();
		const keys = keysIn(stored);
		const first = new OpenedMessages(keys, CLOCK);
		const open = first.keep(cipher(), keys);
		for (let n = 1; n <= 200; n++) await open.decryptMessage(arrive(first, seal(`m${n}`)));

		const recent = await new OpenedMessages(keysIn(stored), CLOCK).recent();
		expect(recent.map(({ attrs }) => attrs.id)).toEqual(Array.from({ length: 128 }, (_, n) => `m${n + 73}`));
		expect(recent[0]).toMatchObject({ sealAttrs: { type: 'msg' }, plain: Buffer.from('open m73') });
		const later = { now: () => CLOCK.now() + DAY };
		expect(await new OpenedMessages(keysIn(stored), later).recent()).toEqual([]);
	});

	it('are not kept when their key could not be, nor when the company’s own devices talk among themselves', async () => {
		const stored = new Map<string, unknown>();
		const keys = keysIn(stored);
		const opened = new OpenedMessages(keys, CLOCK);
		const damaged: ReturnType<typeof cipher> = { decryptMessage: () => Promise.reject(new Error('Bad MAC')) };
		const broken = opened.keep(damaged, keys);
		await expect(broken.decryptMessage(arrive(opened, seal('um')))).rejects.toThrow('Bad MAC');
		await opened.keep(cipher(), keys).decryptMessage(arrive(opened, seal('dois'), { category: 'peer' }));
		expect(await opened.recent()).toEqual([]);
		expect(stored.size).toBe(0);
	});
});
