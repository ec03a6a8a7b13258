import { addressKey, waitAfter } from '../../../../engine/console/attempts';

describe('waiting after wrong passwords', () => {
	it('begins with the third and doubles up to five minutes', () => {
		expect([0, 1, 2, 3, 4, 5, 6, 11, 12, 1_000].map(waitAfter)).toEqual([
			0, 0, 0, 1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
		]);
	});

	it.each([
		['203.0.113.7', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
		['2001:db8::1', '2001:db8:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['', ''],
	])('counts %s as %s: whoever has one IPv6 address has its whole network', (address, key) => {
		expect(addressKey(address)).toBe(key);
	});
});
