import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { manyContacts } from '../../../support/many-contacts';

const { phoneNumberId } = DEMO_NUMBER;

describe.each(STORES)('a token that expires in the middle of a run on $name (190)', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings, { listen: false });
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	it('keeps every message in its order and sends them all once the credential is replaced', async () => {
		const { admin } = rig.simulator;
		const campaign = await manyContacts(rig.desk, admin, rig.channelId, 20);
		await admin.failSends({ kind: 'delay', ms: 30, count: 200 });
		await campaign.send('1', '2', '3', '4');
		await eventually(async () => (await campaign.rows()).some((row) => row.status === 'sent'));
		await admin.setNumber({ phoneNumberId, token: 'new-token' });
		await eventually(async () => (await campaign.rows()).some((row) => row.error_code === '190'));
		await eventually(() => rig.desk.dispatcher.idle);

		const resting = await campaign.rows();
		expect(new Set(resting.map((row) => row.status))).toEqual(new Set(['sent', 'queued']));
		const [postponed] = await rig.desk.store.db
			.selectFrom('timeline')
			.select('text')
			.where('event', '=', 'messagePostponed')
			.execute();
		expect(postponed!.text).toMatch(/^O token expirou ou foi revogado\. Gere um novo token/);
		// The channel rests: a second later nothing more was tried.
		const tries = (rows: typeof resting) => rows.reduce((sum, row) => sum + row.attempts, 0);
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect(tries(await campaign.rows())).toBe(tries(resting));

		await rig.desk.useCloudApi({ ...rig.credentials, accessToken: 'new-token' });
		await campaign.untilAll('sent');
		await admin.waitForIdleWebhooks();
		expect(await campaign.heard()).toEqual([['1', '2', '3', '4']]);
	});
});
