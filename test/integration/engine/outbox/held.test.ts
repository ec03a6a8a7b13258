import { applyStatuses } from '../../../../engine/outbox/delivery';
import { releaseHeld } from '../../../../engine/outbox/release';
import type { StatusEvent } from '../../../../engine/model';
import { ClaimRig } from '../../../support/claim-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { HOUR } from '../../../support/sending-facts';

describe.each(STORES)('held messages whose contact writes at the same moment, on $name', ({ create }) => {
	let test: TestStore;
	let rig: ClaimRig;

	beforeEach(async () => {
		test = await create();
		rig = await ClaimRig.open(test.settings, 'cloudApi:1');
	});
	afterEach(async () => {
		await rig.close();
		await test.drop();
	});

	const hold = () => rig.put(rig.message('ana', { outsideWindow: { type: 'hold' } }));
	/** As receiving does it: the conversation first, then what was held. */
	const writesAgain = async (between: () => Promise<unknown>) => {
		const at = rig.clock.now();
		await rig.store.transaction(async (tx) => {
			await tx.updateTable('conversation').set({ last_inbound_at: at }).where('contact_id', '=', 'ana').execute();
			await releaseHeld(tx, [{ contactId: 'ana', channelId: rig.channelId }]);
			await between();
		});
	};

	it('leave, although the contact was stored and the message judged in the same instant (D-19)', async () => {
		await rig.wrote('ana', rig.clock.now() - 25 * HOUR);
		await hold();
		const other = await rig.another();
		let claim: Promise<unknown> = Promise.resolve();
		// On SQLite the claim waits for its turn; on PostgreSQL it has judged, and waits for what is being stored.
		await writesAgain(async () => {
			claim = rig.claim({}, other);
			if (test.settings.type === 'postgres') await new Promise((resolve) => setTimeout(resolve, 300));
		});
		await claim;
		const { claimed } = await rig.claim();
		expect([...claimed.map((each) => each.id), (await rig.row('ana')).status]).toContain('sending');
	});

	it('leave, when they wrote before the refusal of the provider was written down (D-19)', async () => {
		await rig.wrote('ana', rig.clock.now() - HOUR);
		await hold();
		const [claimed] = (await rig.claim()).claimed;
		rig.clock.advance(2_000);
		await writesAgain(async () => undefined);
		const failed: StatusEvent = {
			...{ type: 'status', key: 's1', status: 'failed', at: rig.clock.now(), providerMessageId: 'wamid.1' },
			...{ outboxId: claimed!.id, recipient: null, pricing: null, raw: null },
			error: { code: 131047, title: '', details: '' },
		} as unknown as StatusEvent;
		await rig.store.transaction((tx) =>
			applyStatuses(
				tx,
				rig.store.dialect,
				[{ channelId: rig.channelId, event: failed }],
				() => ({ retry: { kind: 'never' }, explanation: 'Fora da janela.' }),
				rig.clock.now(),
			),
		);
		expect(await rig.claimed()).toEqual(['ana']);
	});
});
