import type { AuthenticationState, WAMessage } from '@whiskeysockets/baileys';
import { UnopenedMessages } from '../../../../../engine/channel/linked-device/unopened-messages';
import { ANA_LID, ANA_PHONE, fromAna, SENT_AT } from './wa-message';

const clock = { now: () => 1_000 };

function keysIn(stored: Map<string, unknown>) {
	return {
		get: (type: string, ids: string[]) =>
			Promise.resolve(Object.fromEntries(ids.map((id) => [id, stored.get(`${type}/${id}`)]))),
		set: (data: Record<string, Record<string, unknown>>) => {
			for (const [type, values] of Object.entries(data))
				for (const [id, value] of Object.entries(values)) {
					if (value === null) stored.delete(`${type}/${id}`);
					else stored.set(`${type}/${id}`, JSON.parse(JSON.stringify(value)));
				}
			return Promise.resolve();
		},
	} as unknown as AuthenticationState['keys'];
}

const stub = (id = '3AAA01', change: Partial<WAMessage> = {}) =>
	fromAna(undefined, { messageStubType: 2, ...change, key: { id, ...change.key } as never });
const opened = (id = '3AAA01') => fromAna({ conversation: 'Oi' }, { key: { id } as never });

describe('a message that could not be opened', () => {
	const stored = new Map<string, unknown>();
	const unopened = () => new UnopenedMessages(keysIn(stored), clock);
	const idsIn = async (messages: UnopenedMessages) => (await messages.waitingSince(1_000)).map(({ key }) => key.id);
	beforeEach(() => stored.clear());

	it('is waited for from the first attempt, with whom it is of, also by the next process', async () => {
		const first = unopened();
		await first.heard(stub());
		await first.heard(stub());
		expect(stored.size).toBe(1);
		for (const messages of [first, unopened()]) {
			expect(await messages.waitingSince(999)).toEqual([]);
			expect(await messages.waitingSince(1_000)).toEqual([
				{
					key: { id: '3AAA01', remoteJid: ANA_PHONE, remoteJidAlt: ANA_LID, fromMe: false },
					messageTimestamp: SENT_AT / 1000,
					messageStubType: 2,
					pushName: 'Ana',
				},
			]);
		}
	});

	it('is not waited for once it came, or was told of', async () => {
		const first = unopened();
		await Promise.all([first.heard(stub('A')), first.heard(stub('B')), first.heard(opened('A'))]);
		expect(await idsIn(first)).toEqual(['B']);
		await first.settled(['B', 'C']);
		expect(await idsIn(first)).toEqual([]);
		expect(stored.size).toBe(0);
		expect(await idsIn(unopened())).toEqual([]);
	});

	it.each([
		['of our own phone', stub('A', { key: { fromMe: true } as never })],
		['among the apps', stub('A', { category: 'peer' } as never)],
		['of another kind of stub', stub('A', { messageStubType: 28 })],
		['without an id', stub('')],
	])('is nobody’s %s', async (_, message) => {
		const first = unopened();
		await first.heard(message);
		expect(await idsIn(first)).toEqual([]);
	});

	it('makes room for newer ones', async () => {
		const first = unopened();
		for (let i = 0; i < 70; i++) await first.heard(stub(`M${i}`));
		expect(await idsIn(first)).toHaveLength(64);
		expect((await idsIn(first))[0]).toBe('M6');
		await first.settled(['M6', 'M69']);
		expect(await idsIn(unopened())).toEqual(await idsIn(first));
	});

	it('is waited for in memory when the note of it cannot be written, which is said', async () => {
		const keys = { ...keysIn(stored), set: () => Promise.reject(new Error('away')) };
		const first = new UnopenedMessages(keys as never, clock);
		await expect(first.heard(stub())).rejects.toThrow('away');
		await first.idle();
		expect(await idsIn(first)).toEqual(['3AAA01']);
	});
});
