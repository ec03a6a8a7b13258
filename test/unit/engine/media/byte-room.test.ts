import { ByteRoom } from '../../../../engine/media/byte-room';

describe('the room for bytes in memory', () => {
	const turn = () => new Promise((resolve) => setImmediate(resolve));

	it('lets in what fits, and the others in their order as others leave', async () => {
		const room = new ByteRoom(100);
		const inside: number[] = [];
		const enter = (bytes: number) => void room.take(bytes).then(() => inside.push(bytes));
		for (const bytes of [60, 50, 10, 40]) enter(bytes);
		await turn();
		// 10 would fit, but a large one must not be overtaken for ever.
		expect(inside).toEqual([60]);
		room.give(60);
		await turn();
		expect([inside, room.taken]).toEqual([[60, 50, 10, 40], 100]);
	});

	it('lets in alone what is larger than the room', async () => {
		const room = new ByteRoom(100);
		await room.take(1);
		let isIn = false;
		void room.take(500).then(() => (isIn = true));
		await turn();
		expect(isIn).toBe(false);
		room.give(1);
		await turn();
		expect([isIn, room.taken]).toEqual([true, 500]);
	});
});
