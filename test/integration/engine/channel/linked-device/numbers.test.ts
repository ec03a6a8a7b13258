import { forgetNumbers, lookUpNumber, type NumberAnswer } from '../../../../../engine/channel/linked-device/numbers';
import { openStore, type Store } from '../../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../../support/each-store';
import { StandingClock } from '../../../../support/moving-clock';
import { DEVICE } from '../../../../support/linked-session';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe.each(STORES)('whether a number is on WhatsApp, on $name', ({ create }) => {
	let place: TestStore;
	let store: Store;
	let clock: StandingClock;
	/** What WhatsApp knows: digits → JID. */
	let directory: Record<string, string>;
	let asked: string[][];

	beforeEach(async () => {
		place = await create();
		clock = new StandingClock(Date.parse('2027-03-16T13:00:00Z'));
		store = await openStore(place.settings, clock);
		[directory, asked] = [{}, []];
	});
	afterEach(async () => {
		await store.close();
		await place.drop();
	});

	const ask = async (digits: string[]): Promise<NumberAnswer[] | undefined> => {
		asked.push(digits);
		return digits.flatMap((each) => (directory[each] ? [{ jid: directory[each], exists: true }] : []));
	};
	const lookUp = (digits: string, how = ask, channelId = DEVICE) =>
		lookUpNumber({ store, channelId, ask: how, now: clock.now() }, digits);

	it('is asked once and known for 30 days (V-10)', async () => {
		directory['5511987654321'] = '5511987654321@s.whatsapp.net';
		const known = { type: 'onWhatsApp', jid: '5511987654321@s.whatsapp.net', lid: null };
		expect(await lookUp('5511987654321')).toEqual(known);
		clock.advance(30 * DAY - 1);
		expect(await lookUp('5511987654321')).toEqual(known);
		expect(asked).toHaveLength(1);
		clock.advance(1);
		expect(await lookUp('5511987654321')).toEqual(known);
		expect(asked).toEqual([['5511987654321'], ['5511987654321']]);
	});

	it('is asked again after a day when it was not there', async () => {
		expect(await lookUp('5511333344445')).toEqual({ type: 'notOnWhatsApp' });
		directory['5511333344445'] = '5511333344445@s.whatsapp.net';
		clock.advance(DAY - 1);
		expect(await lookUp('5511333344445')).toEqual({ type: 'notOnWhatsApp' });
		expect(asked).toHaveLength(1);
		clock.advance(1);
		expect(await lookUp('5511333344445')).toMatchObject({ type: 'onWhatsApp' });
	});

	it('tries both forms of a Brazilian mobile, each once, and keeps what WhatsApp confirms (D-06)', async () => {
		directory['554187654321'] = '554187654321@s.whatsapp.net';
		const known = { type: 'onWhatsApp', jid: '554187654321@s.whatsapp.net', lid: null };
		expect(await lookUp('5541987654321')).toEqual(known);
		// Most people in Curitiba kept the form without the ninth digit.
		expect(asked).toEqual([['554187654321']]);
		directory['5511987654321'] = '551187654321@s.whatsapp.net';
		expect(await lookUp('551187654321')).toMatchObject({ jid: '551187654321@s.whatsapp.net' });
		expect(asked.slice(1)).toEqual([['5511987654321']]);
		// Either form leads there now, and nobody is asked.
		expect(await lookUp('554187654321')).toEqual(known);
		expect(await lookUp('5511987654321')).toMatchObject({ jid: '551187654321@s.whatsapp.net' });
		expect(asked).toHaveLength(2);
	});

	it('tries the other form only when the likelier one is not there', async () => {
		directory['551187654321'] = '551187654321@s.whatsapp.net';
		expect(await lookUp('5511987654321')).toMatchObject({ jid: '551187654321@s.whatsapp.net' });
		expect(asked).toEqual([['5511987654321'], ['551187654321']]);
		asked = [];
		expect(await lookUp('5521987654321')).toEqual({ type: 'notOnWhatsApp' });
		expect(await lookUp('552187654321')).toEqual({ type: 'notOnWhatsApp' });
		expect(asked).toEqual([['5521987654321'], ['552187654321']]);
	});

	it('asks about foreign numbers and unknown ones as they are', async () => {
		directory['351912345678'] = '351912345678@s.whatsapp.net';
		expect(await lookUp('351912345678')).toMatchObject({ jid: '351912345678@s.whatsapp.net' });
		expect(await lookUp('999')).toEqual({ type: 'notOnWhatsApp' });
		expect(asked).toEqual([['351912345678'], ['999']]);
	});

	it('keeps the LID where WhatsApp tells it', async () => {
		const answer = async () => [{ jid: '5511987654321@s.whatsapp.net', lid: '9137@lid', exists: true }];
		await lookUp('5511987654321', answer);
		expect(await lookUp('5511987654321')).toMatchObject({ lid: '9137@lid' });
		expect(asked).toEqual([]);
	});

	it('knows nothing when WhatsApp does not answer, and keeps nothing', async () => {
		const closed = () => Promise.reject(new Error('Connection Closed'));
		expect(await lookUp('5511987654321', closed)).toEqual({ type: 'unclear', reason: 'Connection Closed' });
		expect(await lookUp('5511987654321', async () => undefined)).toMatchObject({ type: 'unclear' });
		directory['5511987654321'] = '5511987654321@s.whatsapp.net';
		expect(await lookUp('5511987654321')).toMatchObject({ type: 'onWhatsApp' });
	});

	it('keeps what it knew about the second form when only the first was asked in vain', async () => {
		const half = async (digits: string[]) => (digits[0] === '5511987654321' ? [] : undefined);
		expect(await lookUp('5511987654321', half)).toMatchObject({ type: 'unclear' });
		directory['551187654321'] = '551187654321@s.whatsapp.net';
		expect(await lookUp('5511987654321')).toMatchObject({ type: 'onWhatsApp' });
	});

	it('asks again when the clock was set back beyond what is kept', async () => {
		await lookUp('5511333344445');
		clock.advance(-40 * DAY);
		await lookUp('5511333344445');
		expect(asked).toHaveLength(2);
	});

	it('is known to the device that asked, and to no other', async () => {
		await lookUp('5511333344445');
		await lookUp('5511333344445', ask, 'linkedDevice:vendas');
		expect(asked).toHaveLength(2);
	});

	it('is forgotten once it is known no longer, and so is a question that nobody answered', async () => {
		const now = clock.now();
		const row = (phone: string, at: number, jid: string | null, asked_at: number | null = null) => ({
			...{ channel_id: DEVICE, phone, lid: null, at, jid, asked_at },
		});
		await store.db
			.insertInto('linked_number')
			.values([
				...[row('known', now - 30 * DAY, 'a@x'), row('old', now - 30 * DAY - 1, 'b@x')],
				...[row('missing', now - DAY, null), row('missing long ago', now - DAY - 1, null)],
				...[row('asked now', 0, null, now), row('asked', 0, null, now - DAY - 1), row('crossed out', 0, null)],
			])
			.execute();
		await forgetNumbers(store, now);
		const left = await store.db.selectFrom('linked_number').select('phone').orderBy('phone').execute();
		expect(left.map(({ phone }) => phone)).toEqual(['asked now', 'known', 'missing']);
	});
});
