import { checkPresence, openDesk, type Desk } from '../../../engine';
import { fakeLinkedChannel, LINKED_CHANNEL, type FakeLinkedChannel } from '../../support/fake-linked-channel';
import { lookUpNumber } from '../../../engine/channel/linked-device/numbers';
import { eventually } from '../../support/eventually';
import { STORES, type TestStore } from '../../support/each-store';
import { MovingClock } from '../../support/moving-clock';

const DAY = 24 * 3_600_000;

describe.each(STORES)('whether a number is on WhatsApp, on $name (V-10)', ({ create }) => {
	let store: TestStore;
	/** Holds the connection, and a process that does not. */
	let main: Desk;
	let worker: Desk;
	let clock: MovingClock;
	let phone: FakeLinkedChannel;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		main = await openDesk({ store: store.settings, clock });
		worker = await openDesk({ store: store.settings, clock });
		phone = fakeLinkedChannel();
		// As the channel of an open connection answers: from what is known, else from WhatsApp.
		phone.checkNumber = (digits) =>
			lookUpNumber(
				{
					...{ store: main.store, channelId: LINKED_CHANNEL, now: clock.now() },
					ask: (asked) => {
						phone.asked.push(...asked);
						return Promise.resolve(
							asked[0]!.endsWith('4321') ? [{ jid: `${asked[0]}@s.whatsapp.net`, exists: true }] : [],
						);
					},
				},
				digits,
			);
	});
	afterEach(async () => {
		await Promise.all([main.close(), worker.close()]);
		await store.drop();
	});

	it('is asked from any process, once, and known to all of them', async () => {
		main.channels.add(phone);
		const here = await checkPresence(worker, LINKED_CHANNEL, '11 98765-4321', 10_000);
		expect(here).toMatchObject({ status: 'confirmed', phone: '+5511987654321' });
		expect(await checkPresence(main, LINKED_CHANNEL, '+55 11 8765-4321', 0)).toMatchObject({ status: 'confirmed' });
		expect(phone.asked).toHaveLength(1);
		const missing = await checkPresence(worker, LINKED_CHANNEL, '11 98765-0000', 10_000);
		expect(missing).toMatchObject({ status: 'notOnWhatsApp', address: null });
		expect(
			await main.store.db.selectFrom('linked_number').select('asked_at').where('asked_at', 'is not', null).execute(),
		).toEqual([]);
	});

	it('stays unknown, and says why, while nothing is connected', async () => {
		expect(await checkPresence(worker, LINKED_CHANNEL, '11 98765-4321', 300)).toMatchObject({
			status: 'unknown',
			explanation: 'Não foi possível saber: o aparelho não está conectado, ou não respondeu a tempo.',
		});
		expect(await checkPresence(worker, LINKED_CHANNEL, '123', 0)).toMatchObject({ status: 'noPhone', phone: null });
	});

	it('is not asked more often than is safe; the next day it is again (D-12)', async () => {
		main.channels.add(phone);
		const rows = Array.from({ length: 200 }, (_, i) => ({
			...{ channel_id: LINKED_CHANNEL, phone: `55119000${String(i).padStart(5, '0')}`, jid: null, lid: null },
			at: clock.now(),
		}));
		await main.store.db.insertInto('linked_number').values(rows).execute();
		const refused = await checkPresence(main, LINKED_CHANNEL, '11 98765-4321', 0);
		expect(refused).toMatchObject({ status: 'unknown', explanation: expect.stringContaining('100 consultas do dia') });
		expect(phone.asked).toEqual([]);
		clock.advance(DAY);
		expect(await checkPresence(main, LINKED_CHANNEL, '11 98765-4321', 0)).toMatchObject({ status: 'confirmed' });
	});

	const pending = () =>
		main.store.db.selectFrom('linked_number').select('phone').where('asked_at', 'is not', null).execute();

	it('counts what waits for its answer: while nothing is connected no more is written down than a day has (D-12)', async () => {
		const check = (i: number) => checkPresence(worker, LINKED_CHANNEL, `11 98000-0${String(i).padStart(3, '0')}`, 0);
		const first = await Promise.all(Array.from({ length: 100 }, (_, i) => check(i)));
		expect(first.filter(({ explanation }) => explanation.includes('não está conectado'))).toHaveLength(100);
		expect((await check(100)).explanation).toContain('100 consultas do dia');
		expect(await pending()).toHaveLength(100);
	});

	it('is not asked for somebody who waits no more: what nobody waits for is crossed out (D-12)', async () => {
		for (const phone11 of ['11 98765-4321', '11 98765-0001', '11 98765-0002']) {
			await checkPresence(worker, LINKED_CHANNEL, phone11, 0);
		}
		clock.advance(30_000);
		main.channels.add(phone);
		await eventually(async () => (await pending()).length === 0);
		expect(phone.asked).toEqual([]);
		// Asked again it is answered.
		const { status } = await checkPresence(worker, LINKED_CHANNEL, '11 98765-4321', 10_000);
		expect([status, phone.asked.length]).toEqual(['confirmed', 1]);
	});

	it('is not asked beyond the cap when several were written down before it was reached, and says why (D-12)', async () => {
		const waiting = checkPresence(worker, LINKED_CHANNEL, '11 98765-4321', 10_000);
		await eventually(async () => (await pending()).length === 1);
		const rows = Array.from({ length: 200 }, (_, i) => ({
			...{ channel_id: LINKED_CHANNEL, phone: `55119000${String(i).padStart(5, '0')}`, jid: null, lid: null },
			at: clock.now(),
		}));
		await main.store.db.insertInto('linked_number').values(rows).execute();
		main.channels.add(phone);
		expect(await waiting).toMatchObject({
			status: 'unknown',
			explanation: expect.stringContaining('100 consultas do dia'),
		});
		expect(phone.asked).toEqual([]);
	});
});
