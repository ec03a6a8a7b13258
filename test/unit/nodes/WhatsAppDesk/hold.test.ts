import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { MessageItem } from '../../../../engine';
import { runOperations } from '../../../../nodes/shared/operation';
import { resources } from '../../../../nodes/WhatsAppDesk/resources';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

const ANA = '5511987654321';
const TOMORROW = new Date(Date.now() + 12 * 3_600_000).toISOString();
const CLOSED = { businessHours: { open: false, nextOpening: TOMORROW, period: 'tonight' } };

let store: TestStore;
let rig: DeskRig;
let items: MessageItem[];

beforeEach(async () => {
	store = await STORES[0]!.create();
	items = [];
	const next = new Promise<void>((resolve) => {
		void startRig(store.settings, {
			run: async (arrived) => {
				items.push(...arrived);
				resolve();
				return 'succeeded';
			},
		}).then(async (started) => {
			rig = started;
			await rig.simulator.admin.say(ANA, 'Oi');
		});
	});
	await next;
});

afterEach(async () => {
	await rig.close();
	await store.drop();
});

/** The node with the desk of the test: n8n's process has one as well. */
class DeskHere extends WhatsAppDesk {
	override async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, rig.desk);
	}
}

const hold = async (parameters: IDataObject = {}, item: IDataObject = CLOSED) => {
	const [out] = await runNode({
		node: new DeskHere(),
		parameters: { resource: 'conversation', operation: 'hold', ...parameters } as never,
		items: [{ ...(items[0] as unknown as IDataObject), ...item }],
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

describe('WhatsApp Desk: Hold Until Opening', () => {
	it('leaves the conversation pending and tells the customer once per closed period (M-22, D-27)', async () => {
		expect(await hold({ notice: 'Voltamos [proximo_horario].' })).toEqual([
			expect.objectContaining({ state: 'triage', changed: true, messageIds: [expect.any(String)] }),
		]);
		expect(await hold({ notice: 'Voltamos [proximo_horario].' })).toEqual([
			expect.objectContaining({ changed: false, messageIds: [] }),
		]);
		const [timer] = await rig.desk.store.read((db) => db.selectFrom('timer').selectAll().execute());
		expect(timer).toMatchObject({ kind: 'opening', due_at: Date.parse(TOMORROW), workflow_id: 'workflow1' });
		const [notice] = await rig.simulator.admin.waitForReplies(ANA, 1);
		expect(notice!.text).toMatch(/^Voltamos .+ às /);
	});

	it('says nothing when the notice was emptied', async () => {
		expect(await hold({ notice: '' })).toEqual([expect.objectContaining({ changed: true, messageIds: [] })]);
	});

	it('names what is missing', async () => {
		await expect(hold({}, { businessHours: null })).rejects.toMatchObject({ message: '"Until" is empty.' });
		await expect(hold({ until: 'amanhã' })).rejects.toMatchObject({ message: '"Until" is not a moment: "amanhã".' });
		await expect(hold({ options: { queue: 'vendas' } })).rejects.toMatchObject({
			message: 'There is no queue with the internal name "vendas".',
		});
	});

	it('reads a date without an offset in the zone of the workflow', async () => {
		await hold({ until: '2030-01-02T08:00:00' });
		const [timer] = await rig.desk.store.read((db) => db.selectFrom('timer').selectAll().execute());
		expect(timer!.due_at).toBe(Date.parse('2030-01-02T11:00:00Z'));
	});
});
