import { newId } from '../../../engine/ids';

const LATER = Date.UTC(2090, 0, 1);

describe('ids', () => {
	it('name what they identify', () => expect(newId('cnv', LATER)).toMatch(/^cnv_[0-9a-hjkmnp-tv-z]{20}$/));

	it('are different, and sort in the order they were made, within one millisecond too', () => {
		const ids = Array.from({ length: 5_000 }, (_, i) => newId('x', LATER + 1 + Math.floor(i / 1_000)));
		expect(new Set(ids).size).toBe(5_000);
		expect([...ids].sort()).toEqual(ids);
	});

	it('sort although the clock was put back', () => {
		const before = newId('x', LATER + 10_000);
		expect(newId('x', LATER) > before).toBe(true);
	});

	it('sort although one millisecond sees more of them than the counter holds', () => {
		const ids = Array.from({ length: 40_000 }, () => newId('x', LATER + 20_000));
		expect(new Set(ids).size).toBe(40_000);
		for (let i = 1; i < ids.length; i++) if (ids[i]! <= ids[i - 1]!) throw new Error(`${ids[i]} after ${ids[i - 1]}`);
	});
});
