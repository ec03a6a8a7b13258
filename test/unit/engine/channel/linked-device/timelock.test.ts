import { askTimelock, nextLookMs } from '../../../../../engine/channel/linked-device/timelock';

const NOW = Date.parse('2027-03-16T13:00:00Z');
const HOUR = 3_600_000;

type Answer = { isActive?: boolean; timeEnforcementEnds?: Date };
const ask = (answer: () => Promise<Answer>, withinMs = 1_000) =>
	askTimelock({ fetchAccountReachoutTimelock: answer }, withinMs);

describe('whether WhatsApp lets a number start conversations (463)', () => {
	it('is told by its answer, with the end where it says one', async () => {
		expect(await ask(() => Promise.resolve({ isActive: false }))).toEqual({ type: 'none' });
		expect(await ask(() => Promise.resolve({}))).toEqual({ type: 'none' });
		expect(await ask(() => Promise.resolve({ isActive: true }))).toEqual({ type: 'active', endsAt: null });
		const ends = (timeEnforcementEnds: Date) => ask(() => Promise.resolve({ isActive: true, timeEnforcementEnds }));
		expect(await ends(new Date(NOW))).toEqual({ type: 'active', endsAt: NOW });
		expect(await ends(new Date(NaN))).toEqual({ type: 'active', endsAt: null });
	});

	it('is not known when it does not answer, with the reason', async () => {
		expect(await ask(() => Promise.reject(new Error('Connection Closed')))).toEqual({
			type: 'unclear',
			reason: 'Connection Closed',
		});
		expect(await ask(() => Promise.reject(428))).toEqual({ type: 'unclear', reason: 'sem resposta' });
		expect(await ask(() => new Promise(() => undefined), 1)).toEqual({
			type: 'unclear',
			reason: 'sem resposta em 0.001 s',
		});
	});

	it('is asked again when the lock should be over, daily at the latest, and hourly where no end is known', () => {
		const until = (endsAt: number | null) => nextLookMs({ type: 'active', endsAt }, NOW);
		expect(until(NOW + 5 * HOUR)).toBe(5 * HOUR + 2_000);
		expect(until(NOW + 100 * HOUR)).toBe(24 * HOUR);
		// It should be over and is not.
		expect([until(NOW), until(NOW - HOUR), until(null)]).toEqual([HOUR, HOUR, HOUR]);
		expect(nextLookMs({ type: 'unclear', reason: '' }, NOW)).toBe(HOUR);
		expect(nextLookMs({ type: 'none' }, NOW)).toBeNull();
	});
});
