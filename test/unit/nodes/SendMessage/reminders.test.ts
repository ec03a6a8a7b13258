import type { IDataObject } from 'n8n-workflow';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { SendMessage } from '../../../../nodes/SendMessage/SendMessage.node';
import { SendTemplate } from '../../../../nodes/SendTemplate/SendTemplate.node';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { runNode } from '../../../support/run-node';

const ANA = '5511987654321';
const DAY_MS = 86_400_000;
const ALWAYS = {
	weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as never, from: '00:00', to: '00:00' }],
};

let store: TestStore;
let rig: DeskRig;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, { listen: false });
	await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	await rig.simulator.admin.say(ANA, 'Oi');
	await eventually(() => rig.desk.store.db.selectFrom('conversation').select('id').executeTakeFirst());
	// From here on the node's own desk is the only one that sends.
	await rig.desk.close();
});
afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const plan = (more: Parameters<typeof somePlan>[0] = {}) =>
	somePlan({ day: new Date().toISOString().slice(0, 10), hours: ALWAYS, validUntil: Date.now() + DAY_MS, ...more });
const remind = async (items: IDataObject[], options: IDataObject = { dunningPlan: '={{ $json.plan }}' }) => {
	const outputs = await runNode({
		node: new SendMessage(),
		parameters: { sendTo: 'phone', phone: ANA, text: 'Sua fatura venceu.', options } as never,
		items,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
	});
	return outputs.map((items) => items.map(({ json }) => json.delivery as IDataObject));
};
const rows = async () => (await getDesk()).store.db.selectFrom('outbox').selectAll().orderBy('seq').execute();
const heard = async () => (await rig.simulator.admin.messages(ANA, { from: 'business' })).length;

describe('a send node with a Dunning Plan', () => {
	it('tells each step once; a later run leaves through Not Sent with when it was (D-34)', async () => {
		const [sent] = await remind([{ plan: plan() } as never]);
		expect(sent).toMatchObject([{ status: 'sent', repeated: false }]);
		const later = plan({ dedupeKey: 'of another run' });
		const [again, notSent] = await remind([{ plan: later } as never]);
		expect(again).toEqual([]);
		expect(notSent).toEqual([
			expect.objectContaining({
				...{ status: 'refused', code: 'alreadySent' },
				reason: expect.stringMatching(/^Ignorada: já enviada em \d\d\/\d\d\/\d{4} às \d\d:\d\d\.$/),
			}),
		]);
		expect(await heard()).toBe(1);
	});

	it('stops what was paid meanwhile, also when the plan is JSON text', async () => {
		const [settled] = await runNode({
			node: new WhatsAppDesk(),
			parameters: { resource: 'receivable', operation: 'settle' } as never,
			items: [{ creditor: 'acme', invoice: 'tit-1' }],
		});
		expect(settled![0]!.json).toMatchObject({ result: 'changed', state: 'paid' });
		const [, notSent] = await remind([{ plan: JSON.stringify(plan()) }]);
		expect(notSent).toMatchObject([{ code: 'receivableSettled', reason: 'Ignorada: a fatura NF tit-1 já foi paga.' }]);
		expect(await heard()).toBe(0);
	});

	it('is refused as a mistake of the node when there is no plan in the item', async () => {
		await expect(remind([{}])).rejects.toMatchObject({
			message: '"Dunning Plan" is not the plan of a reminder.',
			description: expect.stringContaining('Dunning Planner'),
		});
		await expect(
			remind([{ plan: { ...plan(), steps: [{ ...planStep('a'), step: '' }] } } as never]),
		).rejects.toMatchObject({
			message: expect.stringContaining('steps.0.step'),
		});
		expect(await rows()).toEqual([]);
	});
});

describe('the other options of what a message is about', () => {
	it("keeps to the lawful hours of the contact's state, by the area code (X-03)", async () => {
		await remind([{}], { contactHours: 'lawful', waitSeconds: 0 });
		const hours = JSON.parse((await rows())[0]!.contact_hours!) as IDataObject;
		expect(hours).toMatchObject({ zone: 'America/Sao_Paulo', holidays: { national: true, state: 'SP' } });
		await remind([{}], { contactHours: 'any', waitSeconds: 0 });
		expect((await rows())[1]!.contact_hours).toBeNull();
	});

	it('names the ticket it speaks of, by ID or by source and code', async () => {
		await remind([{}], { aboutTicket: 'tic_1' });
		const [ticket] = await runNode({
			node: new WhatsAppDesk(),
			parameters: { resource: 'ticket', operation: 'upsert', source: 'omie', code: '4711' } as never,
			items: [{}],
		});
		await remind([{}], { aboutTicket: 'omie/4711' });
		expect((await rows()).map(({ topics }) => topics)).toEqual([
			'["ticket:tic_1"]',
			`["ticket:${(ticket![0]!.json as { id: string }).id}"]`,
		]);
		await expect(remind([{}], { aboutTicket: 'omie/nobody' })).rejects.toThrow();
	});

	it('names the invoice it speaks of, without being a reminder by that (V-12)', async () => {
		await remind([{}], { aboutInvoice: '11.222.333/0001-81/NF 1', aboutTicket: 'tic_1' });
		await remind([{ creditor: '11222333000181', invoice: 'NF 1' }], {
			aboutInvoice: '={{ $json.creditor + "/" + $json.invoice }}',
		});
		const topic = 'invoice:11222333000181/NF%201';
		expect((await rows()).map(({ topics, purpose }) => [JSON.parse(topics!), purpose])).toEqual([
			[['ticket:tic_1', topic], null],
			[[topic], null],
		]);
	});

	it('are offered by both send nodes', () => {
		for (const node of [new SendMessage(), new SendTemplate()]) {
			const options = node.description.properties.find(({ name }) => name === 'options')!.options!;
			expect(options.map(({ name }) => name)).toEqual(
				expect.arrayContaining(['aboutInvoice', 'aboutTicket', 'contactHours', 'dunningPlan']),
			);
		}
	});
});
