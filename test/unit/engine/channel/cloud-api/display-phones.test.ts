import { displayPhonesOf } from '../../../../../engine/channel/cloud-api/display-phones';
import { fixture, NUMBER_ID } from './fixture';

describe('the phone of a number, as webhooks tell it', () => {
	it('is kept with a plus and digits', () => {
		expect(displayPhonesOf(fixture('text'))).toEqual(new Map([[NUMBER_ID, '+551130000000']]));
	});

	it.each([
		[null],
		[{ entry: 1 }],
		[{ entry: [null, { changes: [null, { value: null }, { value: { metadata: 3 } }] }] }],
		[{ entry: [{ changes: [{ value: { metadata: { phone_number_id: 'x', display_phone_number: 5 } } }] }] }],
	])('is not found in %j', (body) => expect(displayPhonesOf(body)).toEqual(new Map()));
});
