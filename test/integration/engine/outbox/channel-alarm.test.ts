import { soundAlarm, type ChannelNews } from '../../../../engine/outbox/channel-alarm';
import { systemClock } from '../../../../engine/clock';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../support/each-store';

const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const MINUTE = 60_000;
const ONE = 'cloudApi:1';

describe.each(STORES)('the alarm of a number on $name', ({ create }) => {
	let test: TestStore;
	let store: Store;
	beforeEach(async () => {
		test = await create();
		store = await openStore(test.settings, systemClock);
		await store.db
			.insertInto('channel')
			.values([ONE, 'cloudApi:2'].map((id) => ({ id, kind: 'cloudApi', first_seen_at: 0 })))
			.execute();
	});
	afterEach(async () => {
		await store.close();
		await test.drop();
	});

	const hear = (news: ChannelNews[], minutes = 0) =>
		store.transaction((tx) => soundAlarm(tx, news, TUESDAY_10H + minutes * MINUTE));
	const failed = (code: string, channelId = ONE, kept = true): ChannelNews => ({
		channelId,
		type: 'failed',
		code,
		explanation: 'O token expirou.',
		kept,
	});
	let count = 0;
	/** News of a message that was handed to the network so many minutes after 10:00. */
	async function sentAt(minutes: number, type: 'accepted' | 'delivered' = 'accepted'): Promise<ChannelNews> {
		const messageId = `m${++count}`;
		const row = { id: messageId, channel_id: ONE, contact_id: 'ana', address: '1', content: '{}', origin: 'bot' };
		const times = { not_before: 0, created_at: 0, claimed_at: TUESDAY_10H + minutes * MINUTE };
		await store.db
			.insertInto('outbox')
			.values({ ...row, ...times, status: 'sent', attempts: 1 })
			.execute();
		return { channelId: ONE, type, messageId };
	}

	it('tells an outage once and its end once', async () => {
		expect(await hear([await sentAt(-1)])).toEqual([]);
		expect(await hear([failed('190'), failed('190')])).toEqual([
			{
				event: 'channelDown',
				at: TUESDAY_10H,
				channelId: ONE,
				text: 'O número parou de enviar: O token expirou.',
				data: { code: '190' },
			},
		]);
		expect(await hear([failed('190')], 1)).toEqual([]);
		expect(await hear([failed('131031')], 2)).toEqual([]);
		expect(await hear([await sentAt(129)], 130)).toEqual([
			{
				event: 'channelUp',
				at: TUESDAY_10H + 130 * MINUTE,
				channelId: ONE,
				text: 'O número voltou a enviar, depois de 2 h 10 min parado.',
				data: { code: '190', downSince: '2026-03-10T13:00:00.000Z' },
			},
		]);
		expect(await hear([await sentAt(131)], 131)).toEqual([]);
		expect((await hear([failed('190')], 140)).map(({ event }) => event)).toEqual(['channelDown']);
	});

	it('tells it once although two processes notice it at the same moment', async () => {
		const lines = await Promise.all([hear([failed('190')]), hear([failed('190')]), hear([failed('190')])]);
		expect(lines.flat()).toHaveLength(1);
	});

	it('keeps numbers apart and takes the last word of a batch', async () => {
		const lines = await hear([failed('190'), failed('368', 'cloudApi:2'), await sentAt(0)]);
		expect(lines.map(({ channelId }) => channelId)).toEqual(['cloudApi:2']);
	});

	it('does not take what concerns one message for an outage', async () => {
		expect(await hear([failed('131026', ONE, false), failed('100', ONE, false), failed('131048')])).toEqual([]);
	});

	it('is not fooled by what was on its way when the outage began', async () => {
		await hear([failed('190')]);
		expect(await hear([await sentAt(0)], 1)).toEqual([]);
		expect(await hear([await sentAt(-1, 'delivered')], 1)).toEqual([]);
		expect((await hear([await sentAt(1)], 1)).map(({ event }) => event)).toEqual(['channelUp']);
	});

	it('believes in a mended payment only when something was delivered', async () => {
		await hear([failed('131042', ONE, false)]);
		expect(await hear([await sentAt(1)], 1)).toEqual([]);
		expect((await hear([await sentAt(1, 'delivered')], 2)).map(({ event }) => event)).toEqual(['channelUp']);
	});
});
