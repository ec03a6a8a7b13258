import { protocolNumber } from '../../../../engine/inbound/open-conversations';

describe('protocol numbers', () => {
	it('say the day in Brasília and five characters nobody mixes up', () => {
		// 23:30 on the 9th in Brasília is already the 10th in UTC.
		expect(protocolNumber(Date.UTC(2026, 2, 10, 2, 30))).toMatch(/^260309-[A-HJ-NP-Z2-9]{5}$/);
		expect(protocolNumber(Date.UTC(2026, 2, 10, 3, 0))).toMatch(/^260310-/);
	});

	it('hardly ever repeat within a day', () => {
		const made = Array.from({ length: 1_000 }, () => protocolNumber(Date.UTC(2026, 2, 10, 12)));
		expect(new Set(made).size).toBeGreaterThanOrEqual(998);
	});
});
