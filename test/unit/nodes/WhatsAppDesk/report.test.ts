import type { IDataObject } from 'n8n-workflow';
import { openDesk, type Desk } from '../../../../engine';
import { addUsage } from '../../../../engine/usage/add-usage';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { STORES, type TestStore } from '../../../support/each-store';
import { sentRow, storeOutbox } from '../../../support/outbox-rows';
import { runNode } from '../../../support/run-node';

const CHANNEL = 'cloudApi:1';

let store: TestStore;
let desk: Desk;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	desk = await openDesk({ store: store.settings });
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await desk.close();
	await store.drop();
});

const run = async (operation: string, parameters: IDataObject = {}, items: IDataObject[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'report', operation, ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

describe('WhatsApp Desk: Report', () => {
	it('puts the counts of each number side by side, then those of all (M-26, M-27)', async () => {
		const now = Date.now();
		const marks = [
			{ channelId: CHANNEL, kind: 'received', at: now, count: 4 },
			{ channelId: CHANNEL, kind: 'sent', at: now, count: 3 },
			{ channelId: CHANNEL, kind: 'sent:template:utility', at: now, count: 2 },
			{ channelId: CHANNEL, kind: 'cost:utility', at: now, count: 2, costMicros: 13_600, currency: 'USD' },
			{ channelId: CHANNEL, kind: 'free:service', at: now, currency: 'USD' },
			{ channelId: 'cloudApi:2', kind: 'sent', at: now, count: 5 },
		] as const;
		await desk.store.transaction((tx) => addUsage(tx, marks, now));
		const items = await run('usageAndCost', { period: 'today', groupBy: 'day', layout: 'number' });
		expect(
			items.map(({ channelId, received, sent, templates, charged, free, costs }) => ({
				...{ channelId, received, sent, templates, charged, free, costs },
			})),
		).toEqual([
			{
				channelId: CHANNEL,
				received: 4,
				sent: 3,
				templates: { utility: 2 },
				charged: 2,
				free: 1,
				costs: { USD: 0.0136 },
			},
			{ channelId: 'cloudApi:2', received: 0, sent: 5, templates: {}, charged: 0, free: 0, costs: {} },
			{ channelId: null, received: 4, sent: 8, templates: { utility: 2 }, charged: 2, free: 1, costs: { USD: 0.0136 } },
		]);
		const kinds = await run('usageAndCost', {
			...{ period: 'today', groupBy: 'day', layout: 'kind' },
			options: { channelIds: 'cloudApi:2' },
		});
		expect(kinds.map(({ channelId, kind, title, count }) => [channelId, kind, title, count])).toEqual([
			['cloudApi:2', 'sent', 'Enviadas', 5],
			[null, 'sent', 'Enviadas', 5],
		]);
	});

	it('reports a campaign as a whole or reason by reason, for every item (X-09)', async () => {
		await storeOutbox(desk.store, [
			sentRow({ label: 'natal', delivery: 'read' }),
			sentRow({ label: 'natal', status: 'refused', error_code: 'optedOut', explanation: 'Não enviada: saiu.' }),
			sentRow({ label: 'páscoa', delivery: 'sent' }),
		]);
		const items = [{ campanha: 'natal' }, { campanha: 'páscoa' }];
		const parameters = { period: 'last7Days', label: '={{ $json.campanha }}' };
		const campaigns = await run('delivery', { ...parameters, layout: 'campaign' }, items);
		expect(campaigns.map(({ label, total, read, refused }) => [label, total, read, refused])).toEqual([
			['natal', 2, 1, 1],
			['páscoa', 1, 0, 0],
		]);
		expect(await run('delivery', { ...parameters, layout: 'reason' }, items)).toEqual([
			{ label: 'natal', outcome: 'refused', code: 'optedOut', count: 1, explanation: 'Não enviada: saiu.' },
		]);
	});

	it('reckons what the team can start and refuses an answer rate that is none (C-13)', async () => {
		const team = { agentsOnDuty: 2, conversationsPerAgent: 5 };
		const [free] = await run('capacity', { ...team, options: { answerPercent: 50 } });
		expect(free).toMatchObject({ places: 10, free: 10, absorbable: 20, suggestedStarts: 20, channels: [] });
		await expect(run('capacity', { ...team, options: { answerPercent: 0 } })).rejects.toMatchObject({
			message: '"Answer Rate" must be over 0 and up to 100.',
		});
	});

	it('names the date that cannot be read, and a period that ends before it begins', async () => {
		const between = (from: string, to: string) => run('delivery', { period: 'dates', from, to, layout: 'campaign' });
		await expect(between('amanhã', '30/11/2026')).rejects.toMatchObject({
			message: '"From" is no date that can be read.',
		});
		await expect(between('2026-12-01', '30/11/2026')).rejects.toMatchObject({ message: '"To" is before "From".' });
		expect(await between('01/11/2026', '2026-11-30')).toEqual([]);
	});
});
