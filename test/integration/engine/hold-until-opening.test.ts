import { compileTriageConfig, operateConversation, routeItems, timelineOf, type MessageItem } from '../../../engine';
import { startRig, ROUTER, routeRequest, THREE_QUEUES, type DeskRig } from '../../support/desk-rig';
import { STORES, type TestStore } from '../../support/each-store';

const ANA = '5511987654321';

/** A workflow that is closed when the message comes and open when the timer rings. */
describe.each(STORES)('a conversation held until the opening on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let woken: MessageItem[];

	beforeEach(async () => {
		store = await create();
		woken = [];
		const config = compileTriageConfig(THREE_QUEUES);
		rig = await startRig(store.settings, {
			run: async (items) => {
				for (const item of items.filter(({ event }) => event === 'message')) {
					// An opening that has just passed, so that it rings at once.
					const hold = { type: 'hold', until: rig.desk.clock.now() - 1, notice: { text: 'Já voltamos.' } } as const;
					await operateConversation(rig.desk, item.conversation!.id, hold, { workflowId: ROUTER.workflowId });
				}
				const wakes = items.filter(({ event }) => event === 'wake');
				woken.push(...wakes);
				await routeItems(
					rig.desk,
					wakes.map((item) => ({ ...routeRequest(item, config), hours: { open: true, away: {} } })),
					ROUTER,
				);
				return 'succeeded';
			},
		});
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	it('gets the away notice, then welcome and menu when it opens (M-22, B-58)', async () => {
		await rig.simulator.admin.say(ANA, 'Oi');
		const replies = await rig.simulator.admin.waitForReplies(ANA, 2);
		expect(replies[0]!.text).toBe('Já voltamos.');
		expect(replies[1]!.options.map((o) => o.title)).toEqual(['1 - Comercial', '2 - Suporte', '3 - Financeiro']);
		expect(woken).toHaveLength(1);
		const lines = await timelineOf(rig.desk.store, woken[0]!.conversation!.id);
		expect(lines.map(({ event }) => event)).toEqual(
			expect.arrayContaining(['heldForOpening', 'pendingAtOpening', 'menuSent']),
		);
	});
});
