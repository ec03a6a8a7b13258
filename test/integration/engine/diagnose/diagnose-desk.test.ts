import { diagnoseChannel, openDesk, setChannelLimits, type Desk } from '../../../../engine';
import { soundAlarm } from '../../../../engine/outbox/channel-alarm';
import { NO_STARTS } from '../../../../engine/outbox/rules/starts-state';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';

const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const HOUR = 3_600_000;
const URL = 'https://n8n.exemplo.com.br/webhook/desk/cloud-api';

/** Nobody listens there: what Meta would say is another test. */
const credentials = demoCredentials('http://127.0.0.1:9');
const NUMBER = `cloudApi:${credentials.phoneNumberId}`;
const ASKED = { workflowZone: 'America/Sao_Paulo', silentMs: 24 * HOUR };

describe.each(STORES)('diagnosing the desk itself on $name (X-13, D-30)', ({ name, create }) => {
	let store: TestStore;
	let desk: Desk;
	const clock = new StandingClock(TUESDAY_10H);

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const look = async (options = ASKED) => {
		const { findings } = await diagnoseChannel(desk, credentials, options);
		return Object.fromEntries(findings.map(({ check, ok, found }) => [check, { ok, found }]));
	};
	const listen = (events: string[]) =>
		desk.listen({
			consumer: { id: 'f1/n1', source: 'inbound', channelId: NUMBER, workflowId: 'f1', events },
			channelId: NUMBER,
			events: new Set(events),
			batchSize: 1,
			mergeWindowMs: 0,
			raw: false,
			emit: async () => 'succeeded',
			onFailed: async () => undefined,
		});

	it('tells a new desk what it lacks and what works', async () => {
		const found = await look();
		expect(found.webhookNode).toMatchObject({ ok: false });
		expect(found.lastEvent).toEqual({ ok: false, found: 'Nothing has ever arrived for this number.' });
		expect(found.triggers).toMatchObject({ ok: false });
		expect(found.outbox).toEqual({
			ok: true,
			found: 'In the outbox: 0 waiting, 0 being sent, 0 without confirmation, 0 held until the customer writes.',
		});
		expect(found.store!.found).toContain(name === 'sqlite' ? 'whatsapp-desk.sqlite' : 'PostgreSQL');
		for (const check of ['store', 'storeLock', 'disk', 'sending', 'timeZone', 'background']) {
			expect({ check, ...found[check] }).toMatchObject({ check, ok: true });
		}
		// Meta could not be reached, and that hid nothing.
		expect(found.token).toMatchObject({ ok: false });
	});

	it('knows the published webhook, the last event and who listens', async () => {
		await desk.webhooks.opened(credentials, URL);
		await desk.store.db
			.updateTable('channel')
			.set({ last_event_at: TUESDAY_10H - 2 * HOUR })
			.execute();
		await desk.useCloudApi(credentials);
		await desk.store.db
			.updateTable('channel')
			.set({ last_event_at: TUESDAY_10H - 2 * HOUR })
			.execute();
		const stop = await listen(['message']);
		const found = await look();
		expect(found.webhookNode).toEqual({ ok: true, found: `A Cloud API Webhook receives at ${URL}.` });
		expect(found.lastEvent).toEqual({
			ok: true,
			found: 'The last event arrived 2 hours ago (2026-03-10T11:00:00.000Z).',
		});
		expect(found.triggers).toEqual({ ok: true, found: '1 trigger of the workflow f1 listens to this number.' });
		expect((await look({ ...ASKED, silentMs: HOUR })).lastEvent).toMatchObject({ ok: false });
		await stop();
		await desk.webhooks.closed(URL);
		const later = await look();
		expect(later.triggers).toMatchObject({ ok: false });
		expect(later.webhookNode).toMatchObject({ ok: false });
	});

	it('does not take a workflow for delivery reports for one that answers', async () => {
		await desk.useCloudApi(credentials);
		const stop = await listen(['status']);
		expect((await look()).triggers).toMatchObject({ ok: false });
		await stop();
	});

	it('tells a number that cannot send and the zone n8n was left in', async () => {
		await desk.useCloudApi(credentials);
		const dead = { channelId: NUMBER, type: 'failed', code: '190', explanation: null, kept: true } as const;
		await desk.store.transaction((tx) => soundAlarm(tx, [dead], TUESDAY_10H - 3 * HOUR));
		const found = await look({ ...ASKED, workflowZone: 'America/New_York' });
		expect(found.sending).toEqual({
			ok: false,
			found: 'Meta has refused every message of this number for 3 hours (code 190).',
		});
		expect(found.timeZone).toMatchObject({ ok: false });
	});

	it('tells how far the starts are and that they rest (C-11, X-08)', async () => {
		await setChannelLimits(desk, NUMBER, { maxStartsPerDay: 40 }, { workflowId: null });
		expect((await look()).starts).toEqual({ ok: true, found: 'Conversations started today: 0 of 40.' });
		const state = { ...NO_STARTS, brake: { until: TUESDAY_10H + HOUR, reason: 'muitas recusas.' } };
		await desk.store.db
			.insertInto('sending_state')
			.values({ channel_id: NUMBER, data: JSON.stringify(state), updated_at: 0 })
			.execute();
		expect((await look()).starts).toEqual({
			ok: false,
			found: 'Conversations started today: 0 of 40. Starts rest for another 1 hour: muitas recusas.',
		});
	});

	it('sums up', async () => {
		const { ok, summary, channelId } = await diagnoseChannel(desk, credentials, ASKED);
		expect({ ok, channelId }).toEqual({ ok: false, channelId: NUMBER });
		expect(summary).toBe(
			'10 of 19 checks need attention: token, appSecret, number, accountSubscription, callback, fields, templates, ' +
				'webhookNode, lastEvent, triggers.',
		);
	});
});
