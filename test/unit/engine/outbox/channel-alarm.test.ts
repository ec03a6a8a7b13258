import { isOutage } from '../../../../engine/outbox/channel-alarm';

describe('an outage of a number', () => {
	it.each(['0', '190', '10', '200', '299', '368', '131031', '131042', '133010'])('is what code %s means', (code) => {
		expect(isOutage(code, true)).toBe(true);
		expect(isOutage(code, false)).toBe(true);
	});

	it.each(['131026', '131047', '131056', '130429', '131048', '132001', '2000', 'expired', 'unreachable', 'http429'])(
		'is not what %s means',
		(code) => {
			expect(isOutage(code, true)).toBe(false);
		},
	);

	it('is a value Meta refuses only when the message waits for a mended number', () => {
		expect(isOutage('100', true)).toBe(true);
		expect(isOutage('100', false)).toBe(false);
		expect(isOutage('http403', true)).toBe(true);
		expect(isOutage('http403', false)).toBe(false);
		expect(isOutage(null, true)).toBe(false);
	});
});
