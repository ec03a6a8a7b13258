import { VirtualClock } from '../../../simulator/clock';

describe('the virtual clock', () => {
	it('moves by what it is told, also backwards', () => {
		const clock = new VirtualClock();
		clock.advance(86_400_000);
		clock.advance(-3_600_000);
		expect(clock.offsetMs).toBe(82_800_000);
	});

	it('jumps to a given instant and goes on from there', () => {
		const clock = new VirtualClock();
		clock.set(Date.parse('2026-03-10T13:00:00Z'));
		expect(Math.floor(clock.now() / 60_000)).toBe(Date.parse('2026-03-10T13:00:00Z') / 60_000);
		clock.reset();
		expect(clock.offsetMs).toBe(0);
	});
});
