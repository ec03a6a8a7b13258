import type { IDataObject } from 'n8n-workflow';
import { changeReceivables, openDesk, type Desk } from '../../../../engine';
import { newId } from '../../../../engine/ids';
import { insertMany } from '../../../../engine/store/sql';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { STORES, type TestStore } from '../../../support/each-store';
import { sentRow, storeOutbox } from '../../../support/outbox-rows';
import { runNode } from '../../../support/run-node';

const CREDITOR = '11222333000181';

let store: TestStore;
let desk: Desk;

beforeAll(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	desk = await openDesk({ store: store.settings });
	const now = Date.now();
	const row = sentRow({
		id: newId('out', now),
		contact_id: 'cnt_ana',
		delivery: 'read',
		currency: 'USD',
		cost_micros: 6_800,
	});
	await storeOutbox(desk.store, [row]);
	const told = { creditor: CREDITOR, outbox_id: row.id, at: now };
	await desk.store.transaction(async (tx) => {
		await insertMany(tx, 'dunning_step', [
			{ ...told, invoice: '1', step: 'd+7' },
			{ ...told, invoice: '2', step: 'd0' },
		]);
		const day = new Date(now).toISOString().slice(0, 10);
		await insertMany(tx, 'dunning_message', [{ ...told, payer: 'ana', contact_id: 'cnt_ana', day, after_due: 1 }]);
	});
	await changeReceivables(desk, [
		{ creditor: CREDITOR, invoice: '1', change: { type: 'settle', paidCents: 45_990 } },
		{ creditor: CREDITOR, invoice: '2', change: { type: 'dispute' } },
	]);
});

afterAll(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await desk.close();
	await store.drop();
});

const run = async (parameters: IDataObject = {}, items: IDataObject[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'report', operation: 'receivables', period: 'today', ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

describe('WhatsApp Desk: Report: Receivables', () => {
	it('gives an item per step in the order of the ladder, then the total with its text', async () => {
		const items = await run();
		expect(
			items.map(({ kind, step, reminders, read, paidInvoices }) => [kind, step, reminders, read, paidInvoices]),
		).toEqual([
			['step', 'd0', 1, 1, 0],
			['step', 'd+7', 1, 1, 1],
			['total', undefined, 1, 1, 1],
		]);
		expect(items[2]).toMatchObject({
			...{ creditor: null, recoveryDays: 7, recoveredCents: 45_990, events: { disputed: 1, paid: 1 }, ageing: null },
			text: expect.stringContaining('Recuperado: R$ 459,90 em 1 fatura de 2 lembradas'),
		});
		expect((await run({ layout: 'steps' })).map(({ kind }) => kind)).toEqual(['step', 'step']);
		expect((await run({ layout: 'total' })).map(({ kind }) => kind)).toEqual(['total']);
	});

	it('keeps to a creditor, whichever way its CNPJ is written', async () => {
		const of = async (creditor: string) => (await run({ layout: 'total', creditor }))[0];
		expect(await of('11.222.333/0001-81')).toMatchObject({ creditor: CREDITOR, reminders: 1 });
		expect(await of('00.000.000/0001-91')).toMatchObject({ reminders: 0 });
	});

	it('reads what is open from the items as the Dunning Planner does, and says what it could not read', async () => {
		const rows = [
			{ id: '1', vencimento: '01/01/2020', valor: '1.000,00', cliente: { nome: 'Ana' } },
			{ id: '2', dueDate: '2020-01-01', amountCents: 50_000, situacao: 'pago', cliente: 'Bia' },
			{ id: '3', vencimento: 'ontem', valor: 1 },
		];
		const options = { open: '={{ $input.all().map((item) => item.json) }}' };
		const [total] = await run({ layout: 'total', options }, rows);
		expect(total).toMatchObject({
			...{ unreadable: 1, problem: expect.stringContaining('vencimento') },
			ageing: { open: { count: 1, cents: 100_000 }, buckets: { '90+': { count: 1, percent: 100 } } },
		});
		await expect(run({ options: { open: '{}' } })).rejects.toMatchObject({
			message: '"Open Receivables" must be a list.',
		});
	});
});
