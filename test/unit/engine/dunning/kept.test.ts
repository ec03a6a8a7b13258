import { kept } from '../../../../engine/dunning/kept';

describe('kept answers', () => {
	it('are worked out once, null too, until too many are kept', () => {
		const asked: number[] = [];
		const half = kept((n: number) => {
			asked.push(n);
			return n % 2 === 0 ? n / 2 : null;
		}, 2);
		expect([half(2), half(2), half(3), half(3)]).toEqual([1, 1, null, null]);
		expect(asked).toEqual([2, 3]);
		expect([half(4), half(2)]).toEqual([2, 1]);
		expect(asked).toEqual([2, 3, 4, 2]);
	});
});
