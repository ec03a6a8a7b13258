import { Lines } from '../../../../engine/inbound/lines';
import type { StoredInbound } from '../../../../engine/inbound/message-item';

const WINDOW = 2_000;
let seq = 0;

const row = (contact: string, text: string, at = 0, type = 'text', kind = 'message'): StoredInbound => ({
	...{ seq: ++seq, id: `msg_${seq}`, kind, channel_id: 'c1', contact_id: contact, conversation_id: `cnv_${contact}` },
	...{ provider_message_id: null, address: contact, sent_at: at, received_at: at },
	...{ content: JSON.stringify({ type, text }), test_listener: null, workflow_id: null },
});
const lines = (mergeWindowMs = 0, batchSize = 50) => new Lines({ mergeWindowMs, batchSize });
const take = (from: Lines, now = 0) =>
	from.next(now).map((group) => group.map((each) => (JSON.parse(each.content) as { text: string }).text));

describe('who is next (D3)', () => {
	it('gives the first of each contact, longest waiting first', () => {
		const waiting = lines();
		for (const each of [row('a', 'a1'), row('b', 'b1'), row('a', 'a2')]) waiting.add(each);
		expect(take(waiting)).toEqual([['a1'], ['b1']]);
		expect(take(waiting)).toEqual([]);
		waiting.free('a');
		waiting.free('b');
		expect(take(waiting)).toEqual([['a2']]);
	});

	it('gives at most a batch', () => {
		const waiting = lines(0, 2);
		for (const each of 'abc') waiting.add(row(each, each));
		expect(take(waiting)).toEqual([['a'], ['b']]);
		expect(take(waiting)).toEqual([['c']]);
	});

	it('gives nothing of a line that another loop still has', () => {
		const waiting = lines();
		waiting.block('a');
		waiting.add(row('a', 'a1'));
		expect(take(waiting)).toEqual([]);
		waiting.free('a');
		expect(take(waiting)).toEqual([['a1']]);
	});

	it('gives first what was given back', () => {
		const waiting = lines();
		for (const each of [row('a', 'a1'), row('a', 'a2')]) waiting.add(each);
		const [group] = waiting.next(0);
		waiting.giveBack(group!);
		expect(take(waiting)).toEqual([['a1']]);
	});

	it('does not make a delivery status wait for another', () => {
		const waiting = lines();
		for (const text of ['1', '2']) waiting.add({ ...row('', text), contact_id: null });
		expect(take(waiting)).toEqual([['1'], ['2']]);
	});
});

describe('a merge window (D-14)', () => {
	const merging = (...rows: StoredInbound[]) => {
		const waiting = lines(WINDOW);
		for (const each of rows) waiting.add(each);
		return waiting;
	};

	it('joins what comes within it, once it has closed', () => {
		const waiting = merging(row('a', 'Oi', 0), row('a', 'tudo bem?', 1_500));
		expect(take(waiting, 3_499)).toEqual([]);
		expect(waiting.opensIn(3_000)).toBe(500);
		expect(take(waiting, 3_500)).toEqual([['Oi', 'tudo bem?']]);
		expect(waiting.opensIn(3_500)).toBeUndefined();
	});

	it.each(['2', ' 12 ', '2.', '2️⃣', '3)'])('lets the menu answer %j through at once', (digit) => {
		expect(take(merging(row('a', digit, 0)), 0)).toEqual([[digit]]);
	});

	it.each(['2 vias', '123', 'dois', '2 por favor'])('waits for more after %j', (text) => {
		expect(take(merging(row('a', text, 0)), 0)).toEqual([]);
	});

	it('ends as soon as something cannot be joined, and keeps the order', () => {
		const waiting = merging(row('a', 'Oi', 0), row('a', '', 100, 'image'), row('a', 'esta foto', 200));
		expect(take(waiting, 300)).toEqual([['Oi']]);
		waiting.free('a');
		expect(take(waiting, 300)).toEqual([['']]);
		waiting.free('a');
		expect(take(waiting, 300)).toEqual([]);
		expect(take(waiting, 2_200)).toEqual([['esta foto']]);
	});

	it('lets a tapped option and a wake-up through at once', () => {
		expect(take(merging(row('a', 'Suporte', 0, 'menuReply')), 0)).toEqual([['Suporte']]);
		expect(take(merging(row('a', '', 0, 'none', 'wake')), 0)).toEqual([['']]);
	});

	it('answers somebody who never stops writing after five windows', () => {
		const rows = Array.from({ length: 12 }, (_, i) => row('a', `parte ${i}`, i * 1_000));
		const waiting = merging(...rows.slice(0, 10));
		expect(take(waiting, 9_999)).toEqual([]);
		waiting.add(rows[10]!);
		expect(take(waiting, 10_000)).toEqual([rows.slice(0, 10).map((_, i) => `parte ${i}`)]);
	});

	it('joins the same messages whenever it is asked: a run repeated after a crash finds what it did', () => {
		const rows = [
			row('a', 'um', 0),
			row('a', 'dois três', 1_000),
			row('a', 'quatro cinco', 3_000),
			row('a', 'seis', 3_100),
		];
		// In time, a message at a time …
		const live = merging(rows[0]!, rows[1]!);
		const first = take(live, 3_000);
		// … and all at once after a restart.
		const again = merging(...rows);
		expect(take(again, 60_000)).toEqual(first);
		again.free('a');
		expect(take(again, 60_000)).toEqual([['quatro cinco', 'seis']]);
	});

	it('does not keep other contacts waiting', () => {
		const waiting = merging(row('a', 'Oi', 0), row('b', '1', 0));
		expect(take(waiting, 0)).toEqual([['1']]);
	});
});
