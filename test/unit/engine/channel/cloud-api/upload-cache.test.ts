import { createUploadCache } from '../../../../../engine/channel/cloud-api/upload-cache';

const HOUR = 3_600_000;

describe('uploaded files', () => {
	it('are remembered for a day', () => {
		let now = 0;
		const cache = createUploadCache({ now: () => now });
		cache.set('blob', '777');
		now = 24 * HOUR - 1;
		expect(cache.get('blob')).toBe('777');
		now = 24 * HOUR;
		expect(cache.get('blob')).toBeNull();
	});

	it('are forgotten on demand, and the oldest when there are too many', () => {
		const cache = createUploadCache({ now: () => 0 });
		for (let i = 0; i <= 500; i++) cache.set(`blob${i}`, `${i}`);
		expect(cache.get('blob0')).toBeNull();
		expect(cache.get('blob1')).toBe('1');
		cache.forget('blob1');
		expect(cache.get('blob1')).toBeNull();
	});
});
