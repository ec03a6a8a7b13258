import { costMicros, usesServiceQuota } from '../../../../engine/usage/price';

const PRICES = {
	currency: 'USD',
	marketing: 0.0625,
	utility: 0.0068,
	authentication: 0.0068,
	service: 0.0068,
	freeServicePerMonth: 1_000,
};
const regular = (category: string) => ({ category, type: 'regular' });

describe('the cost of a delivered message (M-27)', () => {
	it('is the price of its category, in whole millionths', () => {
		const costs = ['marketing', 'utility', 'authentication'].map((c) => costMicros(regular(c), PRICES, null));
		expect(costs).toEqual([62_500, 6_800, 6_800]);
		expect(costMicros(regular('utility'), { ...PRICES, utility: 0.1 + 0.2 }, null)).toBe(300_000);
	});

	it.each(['free_customer_service', 'free_entry_point'])('is nothing where the provider says %s', (type) => {
		expect(costMicros({ category: 'utility', type }, PRICES, null)).toBe(0);
	});

	it('is nothing for what belongs to an ad that was answered', () => {
		expect(costMicros(regular('referral_conversion'), PRICES, null)).toBe(0);
	});

	it('is nothing for the first service messages of a month, then their price', () => {
		const costs = [1, 1_000, 1_001].map((number) => costMicros(regular('service'), PRICES, number));
		expect(costs).toEqual([0, 0, 6_800]);
		expect(costMicros(regular('service'), { ...PRICES, freeServicePerMonth: 0 }, 1)).toBe(6_800);
	});

	it.each(['marketing_lite', 'authentication-international', 'toString'])(
		'is unknown for %s, never guessed',
		(category) => {
			expect(costMicros(regular(category), PRICES, null)).toBeNull();
		},
	);
});

describe('the free service messages of a month', () => {
	it.each([
		['service', 'regular', true],
		// Which of the two the provider says of them is not documented.
		['service', 'free_customer_service', true],
		['service', 'free_entry_point', false],
		['utility', 'regular', false],
		['utility', 'free_customer_service', false],
	])('are used by %s, %s: %s', (category, type, used) => {
		expect(usesServiceQuota({ category, type })).toBe(used);
	});
});
