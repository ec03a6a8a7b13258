import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { manyContacts } from '../../../support/many-contacts';

describe.each(STORES)('reports that come before the answer to the send on $name', ({ create }) => {
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

	it('settle the message, let its lane go on, and are not undone by the answer (D-32)', async () => {
		const { admin } = rig.simulator;
		const campaign = await manyContacts(rig.desk, admin, rig.channelId, 15);
		await admin.failSends({ kind: 'slowAnswer', ms: 400, count: 100 });
		await campaign.send('1', '2');
		await campaign.untilDelivery('read');
		await eventually(() => rig.desk.dispatcher.idle);
		expect(await campaign.heard()).toEqual([['1', '2']]);
		const rows = await campaign.rows();
		const states = rows.map((row) => [row.status, row.delivery, row.attempts, row.cost_micros, row.currency].join());
		expect(new Set(states)).toEqual(new Set(['sent,read,1,0,USD']));
		expect(rows.every((row) => row.provider_message_id?.startsWith('wamid.'))).toBe(true);
		// Counted once, though both the report and the answer say that it was sent.
		expect(await campaign.counted()).toMatchObject({
			received: 15,
			sent: 30,
			delivered: 30,
			read: 30,
			'free:service': 30,
		});
	});

	it('believe a failure whatever the answer says afterwards', async () => {
		const { admin } = rig.simulator;
		const campaign = await manyContacts(rig.desk, admin, rig.channelId, 5);
		for (const waId of campaign.people) await admin.addContact({ waId, onWhatsApp: false });
		await admin.failSends({ kind: 'slowAnswer', ms: 400, count: 5 });
		await campaign.send('1');
		await campaign.untilAll('refused');
		await eventually(() => rig.desk.dispatcher.idle);
		const rows = await campaign.rows();
		expect(rows.map((row) => [row.status, row.delivery, row.error_code])).toEqual(
			Array(5).fill(['refused', 'failed', '131026']),
		);
		expect(rows[0]!.explanation).toMatch(/^Não possui telefone para envio de mensagem: /);
		expect(await campaign.counted()).toMatchObject({ sent: 5, failed: 5 });
	});
});
