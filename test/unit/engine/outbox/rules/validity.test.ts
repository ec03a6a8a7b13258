import { validity } from '../../../../../engine/outbox/rules/validity';
import { someFacts, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

describe('the validity of a message (X-05)', () => {
	it.each([
		['none', null, NOW, null],
		['its last instant', NOW, NOW, null],
		['a millisecond later', NOW, NOW + 1, 'expired'],
	])('ends it: %s', (_when, validUntil, now, expected) => {
		const objection = validity(someFacts({ validUntil }), now);
		expect(objection && 'code' in objection ? objection.code : null).toBe(expected);
	});
});
