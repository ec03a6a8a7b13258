import { isReleased } from '../../../../engine/outbox/released';

const refused = (errorCode: string, delivery: string | null = null, unconfirmed = 0) =>
	isReleased({ status: 'refused', errorCode, delivery, unconfirmed });

describe('the step of a reminder is free again (D-34)', () => {
	it.each([
		...['expired', 'cancelled', 'outsideContactHours', 'receivableSettled', 'receivableStopped', 'humanAttending'],
		...['serviceWindowClosed', 'templateNotApproved', 'optedOut', 'marketingOptedOut', 'unreachable', 'startCooldown'],
		...['marketingLimit', '132001', '132015', '131042', '190', '131053'],
	])('after %s: nothing left, and another time it may', (code) => {
		expect(refused(code)).toBe(true);
	});

	it.each(['unconfirmed'])('not after %s: it may have arrived', (code) => {
		expect(refused(code)).toBe(false);
	});

	it('not after somebody took it back: the next run would send it all the same', () => {
		expect(refused('takenBack')).toBe(false);
	});

	it('not when an attempt before may have arrived, whatever ended the next one', () => {
		expect(refused('expired')).toBe(true);
		expect(refused('expired', null, 1)).toBe(false);
	});

	it.each(['131026', '131049', '131050', '131021', '131030', '130472'])(
		'not after %s: asked again the same day, WhatsApp would answer the same',
		(code) => {
			expect(refused(code)).toBe(false);
		},
	);

	it('not after WhatsApp took it, even if it then reported a failure: a report of delivery may follow', () => {
		expect(refused('131042', 'failed')).toBe(false);
	});

	it.each(['queued', 'held', 'sending', 'unknown', 'sent'])('not while it is %s', (status) => {
		expect(isReleased({ status, errorCode: 'expired', delivery: null, unconfirmed: 0 })).toBe(false);
	});
});
