import { getChannelLimits, openDesk, setChannelLimits, type Desk } from '../../../../engine';
import { recentEvents } from '../../../../engine';
import { loadChannelSettings, saveChannelSettings } from '../../../../engine/settings/channel-settings';
import { STORES, type TestStore } from '../../../support/each-store';

describe.each(STORES)('changing limits on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	beforeAll(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings });
	});
	afterAll(async () => {
		await desk?.close();
		await store?.drop();
	});

	const by = { workflowId: 'fluxo1' };

	it('starts with the defaults of the kind of number', async () => {
		expect((await getChannelLimits(desk, 'cloudApi:1')).limits).toMatchObject({ maxStartsPerDay: 0, warmUp: false });
		expect((await getChannelLimits(desk, 'linkedDevice:1')).limits).toMatchObject({
			maxStartsPerDay: 20,
			warmUp: true,
		});
	});

	it('keeps them and tells what changed, from what to what (C-11, C-12, X-09)', async () => {
		const given = { maxStartsPerDay: 40, maxStartsPerBatch: 5, warmUp: true, marketingPrice: 0.35, currency: 'BRL' };
		const { changes } = await setChannelLimits(desk, 'cloudApi:1', given, by);
		expect((await getChannelLimits(desk, 'cloudApi:1')).limits).toMatchObject({ ...given, minutesBetweenBatches: 10 });
		const [line] = await recentEvents(desk, ['limitsChanged'], 5);
		expect(line).toMatchObject({ channelId: 'cloudApi:1', data: { changes, workflowId: 'fluxo1' } });
		expect(line!.text).toBe(
			'Limites do número alterados: máx. envio por dia: sem limite → 40; máx. envio por vez: sem limite → 5; ' +
				'minutos entre as vezes: 0 → 10; aquecimento de número novo: desligado → ligado; moeda: USD → BRL; ' +
				'preço de marketing: 0,0625 → 0,35.',
		);
	});

	it('are in force at once, also within the transaction that changes them', async () => {
		const caps = await desk.store.transaction(async (tx) => {
			const before = await loadChannelSettings(tx, ['linkedDevice:2']);
			await saveChannelSettings(tx, 'linkedDevice:2', { dailyStarts: 7 }, 1);
			const after = await loadChannelSettings(tx, ['linkedDevice:2', 'linkedDevice:3']);
			return [...before.values(), ...after.values()].map(({ dailyStarts }) => dailyStarts);
		});
		expect(caps).toEqual([20, 7, 20]);
	});

	it('tells nothing when nothing changes, and changes nothing when a value is wrong', async () => {
		expect((await setChannelLimits(desk, 'cloudApi:1', { maxStartsPerDay: 40 }, by)).changes).toEqual([]);
		await expect(
			setChannelLimits(desk, 'cloudApi:1', { maxStartsPerDay: 90, currency: 'x' }, by),
		).rejects.toMatchObject({ field: 'currency' });
		expect((await getChannelLimits(desk, 'cloudApi:1')).limits.maxStartsPerDay).toBe(40);
		expect(await recentEvents(desk, ['limitsChanged'], 5)).toHaveLength(1);
	});
});
