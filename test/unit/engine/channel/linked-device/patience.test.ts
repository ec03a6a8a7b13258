import { Patience } from '../../../../../engine/channel/linked-device/patience';

const patience = (given: Partial<ConstructorParameters<typeof Patience>[0]> = {}) =>
	new Patience({ random: () => 0, alarmMs: -1, goodMs: 60_000, ...given });

describe('the patience of a session', () => {
	it('waits longer after each failure, and begins anew once the line was good', () => {
		const one = patience();
		expect([one.failed(), one.failed(), one.failed()]).toEqual([500, 1_000, 2_000]);
		one.succeeded();
		one.wasOpen(5_000);
		expect(one.failed()).toBe(4_000);
		one.wasOpen(60_001);
		expect(one.failed()).toBe(500);
	});

	it('is over at once when nothing failed, and not before its pause', () => {
		const one = patience();
		expect(one.isOver).toBe(true);
		one.failed();
		expect(one.isOver).toBe(false);
		one.hurry();
		expect(one.isOver).toBe(true);
	});

	it('waits about an hour when only a person can mend it, and no time when somebody asks', () => {
		const one = patience({ random: () => 0.8 });
		expect(one.turnedAway()).toBe(4_320_000);
		expect([one.isOver, one.attempts]).toEqual([false, 0]);
		one.hurry();
		expect(one.isOver).toBe(true);
		expect(patience().turnedAway()).toBe(3_600_000);
	});

	it('restarts at once when WhatsApp asks for it, but not for ever', () => {
		const one = patience();
		expect([one.restarts(), one.restarts(), one.restarts(), one.restarts()]).toEqual([true, true, true, false]);
		one.succeeded();
		expect(one.restarts()).toBe(true);
	});

	it('alarms once for one outage, and not while the line is good', () => {
		const one = patience();
		expect(one.isAlarming).toBe(false);
		one.failed();
		expect([one.isAlarming, one.isAlarming]).toEqual([true, false]);
		one.succeeded();
		expect(one.isAlarming).toBe(false);
		expect(patience({ alarmMs: 60_000 }).isAlarming).toBe(false);
	});
});
