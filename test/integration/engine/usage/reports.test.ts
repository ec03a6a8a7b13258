import { deliveryReport, openDesk, teamCapacity, usageReport, type Desk } from '../../../../engine';
import { newId } from '../../../../engine/ids';
import { saveChannelSettings } from '../../../../engine/settings/channel-settings';
import { addUsage } from '../../../../engine/usage/add-usage';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { sentRow, storeOutbox, type OutboxRow } from '../../../support/outbox-rows';

const NOW = Date.parse('2026-11-23T15:00:00Z');
const DAY = 86_400_000;
const [ONE, TWO] = ['cloudApi:1', 'cloudApi:2'];

describe.each(STORES)('reports on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock: new StandingClock(NOW) });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	it('tell month × number × kind and the total of all numbers (M-23, M-26, M-27, X-15)', async () => {
		const cost = { costMicros: 6_800, currency: 'USD' };
		await desk.store.transaction((tx) =>
			addUsage(
				tx,
				[
					{ channelId: ONE, kind: 'received', at: NOW, count: 3 },
					{ channelId: ONE, kind: 'cost:utility', at: NOW, ...cost },
					{ channelId: ONE, kind: 'cost:utility', at: NOW - 30 * DAY, ...cost },
					{ channelId: TWO, kind: 'received', at: NOW - DAY, count: 2 },
					{ channelId: TWO, kind: 'cost:utility', at: NOW, costMicros: 50_000, currency: 'BRL' },
					{ channelId: TWO, kind: 'unpriced:marketing_lite', at: NOW, currency: 'USD' },
					{ channelId: TWO, kind: 'failed', at: NOW, count: 1 },
					{ channelId: TWO, kind: 'failed', at: NOW, count: -1 },
				],
				NOW,
			),
		);
		const figures = await usageReport(desk, { from: '2026-11-01', to: '2026-11-30', by: 'month' });
		expect(figures.map((f) => [f.period, f.channelId, f.kind, f.count, f.cost, f.currency])).toEqual([
			['2026-11', ONE, 'cost:utility', 1, 0.0068, 'USD'],
			['2026-11', ONE, 'received', 3, null, null],
			['2026-11', TWO, 'cost:utility', 1, 0.05, 'BRL'],
			['2026-11', TWO, 'received', 2, null, null],
			['2026-11', TWO, 'unpriced:marketing_lite', 1, null, 'USD'],
			['2026-11', null, 'cost:utility', 1, 0.05, 'BRL'],
			['2026-11', null, 'cost:utility', 1, 0.0068, 'USD'],
			['2026-11', null, 'received', 5, null, null],
			['2026-11', null, 'unpriced:marketing_lite', 1, null, 'USD'],
		]);
		const days = await usageReport(desk, { from: '2026-10-01', to: '2026-11-30', by: 'day', channelIds: [ONE] });
		expect(days.filter((f) => f.channelId !== null).map((f) => [f.period, f.kind, f.title])).toEqual([
			['2026-10-24', 'cost:utility', 'Cobradas: utilidade'],
			['2026-11-23', 'cost:utility', 'Cobradas: utilidade'],
			['2026-11-23', 'received', 'Recebidas'],
		]);
	});

	it('tell what became of a campaign and why not of some of it, in the words of the timeline (X-09)', async () => {
		const campaign = (facts: Partial<OutboxRow>) => sentRow({ label: 'os-pronta', category: 'utility', ...facts }, NOW);
		const paid = { price_category: 'utility', price_type: 'regular', cost_micros: 6_800, currency: 'USD' };
		const noWhatsApp = 'Não possui telefone para envio de mensagem: o número não tem WhatsApp.';
		const failed = { status: 'refused', delivery: 'failed', error_code: '131026', explanation: noWhatsApp };
		await storeOutbox(desk.store, [
			campaign({ delivery: 'read', ...paid }),
			campaign({ delivery: 'delivered', ...paid }),
			campaign({ delivery: 'delivered', currency: 'USD', price_category: 'marketing_lite' }),
			campaign({ delivery: 'sent' }),
			campaign(failed),
			campaign(failed),
			campaign({ status: 'refused', error_code: 'optedOut', explanation: 'Não enviada: o contato pediu para sair.' }),
			campaign({ status: 'queued', error_code: 'dailyCap', explanation: 'Adiada: limite diário.' }),
			campaign({ status: 'queued' }),
			campaign({ status: 'held', error_code: 'waitingForContact', explanation: 'Guardada até o contato escrever.' }),
			campaign({ status: 'unknown' }),
		]);
		await storeOutbox(desk.store, [
			sentRow({ label: 'boleto', delivery: 'read' }, NOW - 10 * DAY),
			sentRow({ delivery: 'read' }, NOW - 40 * DAY),
		]);
		const [report] = await deliveryReport(desk, { label: 'os-pronta', since: null, until: null });
		expect(report).toMatchObject({
			...{ label: 'os-pronta', total: 11, sent: 6, delivered: 3, read: 1, failed: 2, refused: 1 },
			...{ waiting: 2, held: 1, unconfirmed: 1, costs: { USD: 0.0136 }, unpriced: 1 },
			reasons: [
				{ outcome: 'failed', code: '131026', count: 2, explanation: noWhatsApp },
				{ outcome: 'waiting', code: 'dailyCap', count: 1 },
				{ outcome: 'refused', code: 'optedOut', count: 1 },
				{ outcome: 'held', code: 'waitingForContact', count: 1 },
			],
		});
		expect(report!.text.split('\n').slice(0, 3)).toEqual([
			'os-pronta: 11 mensagens (enviadas 6, entregues 3, lidas 1, não entregues 2, não enviadas 1, sem confirmação 1, à espera do contato 1, na fila 2).',
			'Custo: US$ 0,0136, mais 1 de categoria sem preço na tabela.',
			`2 × não entregues (131026): ${noWhatsApp}`,
		]);
		const recent = await deliveryReport(desk, { since: NOW - 30 * DAY, until: NOW + 1 });
		expect(recent.map(({ label, total }) => [label, total])).toEqual([
			['os-pronta', 11],
			['boleto', 1],
		]);
		const before = await deliveryReport(desk, { since: null, until: NOW - 30 * DAY });
		expect(before.map(({ label, total }) => [label, total])).toEqual([[null, 1]]);
	});

	it('tell what the team can still start, by its load and the caps of its numbers (C-13)', async () => {
		const credentials = demoCredentials();
		await desk.useCloudApi(credentials);
		const channelId = `cloudApi:${credentials.phoneNumberId}`;
		const conversation = (state: string, queue: string | null, i: number) => ({
			...{
				id: newId('cnv', NOW),
				channel_id: channelId,
				contact_id: `cnt_${state}${i}`,
				address: '5511',
				state,
				queue,
			},
			...{ protocol_number: `${state}-${i}`, opened_at: NOW, updated_at: NOW, machine_version: 1, data: '{}' },
		});
		await desk.store.db
			.insertInto('conversation')
			.values([
				...[0, 1, 2].map((i) => conversation('queued', 'financeiro', i)),
				...[3, 4].map((i) => conversation('attending', 'suporte', i)),
				...[5, 6].map((i) => conversation('triage', null, i)),
				conversation('resolved', 'suporte', 7),
			])
			.execute();
		const team = { agentsOnDuty: 2, conversationsPerAgent: 4, answerRate: 1 };
		expect(await teamCapacity(desk, team)).toMatchObject({
			...{ waiting: 3, attending: 2, places: 8, free: 3, suggestedStarts: 3, startsLeft: null, startsToday: 0 },
			channels: [{ channelId, startsToday: 0, dailyCap: null, startsLeft: null, brake: null }],
		});
		await desk.store.transaction((tx) => saveChannelSettings(tx, channelId, { dailyStarts: 2 }, NOW));
		expect(await teamCapacity(desk, { ...team, queue: 'suporte' })).toMatchObject({
			...{ waiting: 0, attending: 2, free: 6, absorbable: 6, suggestedStarts: 2, startsLeft: 2 },
		});
	});
});
