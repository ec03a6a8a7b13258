import { Acks } from '../../../../../engine/channel/linked-device/acks';

describe('answers of the server to messages', () => {
	it('are told to whoever waits for that message', async () => {
		const acks = new Acks();
		const [one, two] = [acks.expect('A'), acks.expect('B')];
		acks.heard({ id: 'B', error: '463' });
		acks.heard({ id: 'A' });
		acks.heard({ id: 'C' });
		acks.heard({});
		expect(await one.answer(1_000)).toEqual({ type: 'accepted' });
		expect(await two.answer(1_000)).toEqual({ type: 'rejected', code: '463' });
		expect([acks.isExpected('A'), acks.isExpected('B')]).toEqual([false, false]);
	});

	it('end with nothing when the time is up or the line closed: then it may have left', async () => {
		const acks = new Acks();
		expect(await acks.expect('A').answer(1)).toMatchObject({ type: 'none' });
		const waiting = acks.expect('B');
		acks.close();
		expect(await waiting.answer(60_000)).toMatchObject({ type: 'none' });
		expect(await acks.expect('C').answer(60_000)).toMatchObject({ type: 'none' });
	});

	it('are nobody’s once they are not waited for', () => {
		const acks = new Acks();
		const waiting = acks.expect('A');
		expect(acks.isExpected('A')).toBe(true);
		waiting.forget();
		expect(acks.isExpected('A')).toBe(false);
	});
});
