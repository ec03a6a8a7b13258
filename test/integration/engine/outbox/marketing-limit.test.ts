import { ClaimRig } from '../../../support/claim-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { HOUR, someTemplate } from '../../../support/sending-facts';

describe.each(STORES)('marketing that Meta did not deliver lately on $name (131049)', ({ create }) => {
	let test: TestStore;
	let rig: ClaimRig;

	beforeEach(async () => {
		test = await create();
		rig = await ClaimRig.open(test.settings, 'cloudApi:1');
		await rig.configure({ cooldownHours: 0 });
	});
	afterEach(async () => {
		await rig.close();
		await test.drop();
	});

	const offer = (contactId: string) =>
		rig.put(rig.message(contactId, { kind: 'campaign', content: someTemplate({ category: 'marketing' }) }));

	it('keeps the next offer to that person for a day, and only that', async () => {
		await offer('ana');
		expect(await rig.deliver()).toEqual(['ana']);
		await rig.store.db
			.updateTable('outbox')
			.set({ status: 'refused', delivery: 'failed', delivery_at: rig.clock.now(), error_code: '131049' })
			.execute();
		rig.clock.advance(23 * HOUR);
		await rig.put(rig.message('ana', { kind: 'notification', content: someTemplate() }));
		expect(await rig.deliver()).toEqual(['ana']);
		await offer('ana');
		await offer('bia');
		const { claimed, settled } = await rig.claim();
		expect(claimed.map((each) => each.contactId)).toEqual(['bia']);
		expect(settled).toMatchObject([
			{ status: 'postponed', errorCode: 'marketingLimit', notBefore: rig.clock.now() + HOUR },
		]);
		rig.clock.advance(HOUR);
		expect(await rig.claimed()).toEqual(['ana']);
	});
});
