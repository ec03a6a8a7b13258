import fc from 'fast-check';
import { backOffMs } from '../../../../../engine/channel/linked-device/back-off';

describe('pauses between attempts to connect', () => {
	it('double from a second to five minutes', () => {
		const longest = [0, 1, 2, 3, 8, 9, 50].map((attempts) => backOffMs(attempts, 1 - Number.EPSILON));
		expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
	});

	it('are between half of that and all of it, so that sessions do not come back together', () => {
		fc.assert(
			fc.property(fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
				const most = backOffMs(attempts, 1 - Number.EPSILON);
				const pause = backOffMs(attempts, random);
				return pause >= most / 2 && pause <= most;
			}),
		);
	});
});
