import type { Simulator } from '../../../../simulator/server';
import { CODES_AT_MOST } from '../../../../engine/channel/linked-device/disconnects';
import { ANA, CHANNEL, chatsOf, CREDENTIALS, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

describe.each(STORES)('when the line of a linked device ends, on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	const web = () => simulator.admin.web;

	beforeEach(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
		rig = await startDeviceRig(store.settings, simulator);
	});
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const logins = async () => (await web().company(PHONE)).devices[0]?.logins ?? 0;

	it.each([515, 503, 500, 428, 408, 'drop'] as const)('connects again by itself after %s', async (how) => {
		await rig.link(PHONE);
		const before = await logins();
		await web().cut(how, PHONE);
		await eventually(async () => (await logins()) > before);
		await rig.until('connected');
		await web().waitForLive(PHONE);
		await web().say(PHONE, ANA, 'Ainda aí?');
		await eventually(async () => (await rig.stored()).length === 1);
		expect(await rig.send('Sim')).toMatchObject({ status: 'sent' });
		expect(await rig.told('channelDown')).toEqual([]);
	});

	it('stops and alerts when another program took the session over, and never fights (440, B-19)', async () => {
		await rig.link(PHONE);
		const before = await logins();
		await web().cut(440, PHONE);
		const view = await rig.until('stopped');
		expect(view).toMatchObject({ problem: 'replaced', linkedAt: expect.any(Number) as number });
		expect((await rig.told('linkedDeviceReplaced', 'channelDown')).map(({ event }) => event)).toEqual([
			'linkedDeviceReplaced',
			'channelDown',
		]);
		expect(await logins()).toBe(before);
		// Somebody who ended the other one has it connect again, without a new code.
		await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
		await rig.until('connected');
		expect((await rig.told('channelUp')).length).toBe(1);
	});

	it('forgets the link once it was ended on the phone, and asks for a new one (401, B-32)', async () => {
		await rig.link(PHONE);
		await web().unlink(PHONE);
		const view = await rig.until('stopped');
		expect(view).toMatchObject({ problem: 'loggedOut', linkedAt: null, phone: PHONE });
		expect(await rig.desk.store.db.selectFrom('linked_secret').select('id').execute()).toEqual([]);
		expect((await rig.told('linkedDeviceLoggedOut')).length).toBe(1);
		await rig.link(PHONE);
	});

	it('stops when WhatsApp blocks the number (403)', async () => {
		await rig.link(PHONE);
		await web().ban(PHONE);
		expect(await rig.until('stopped')).toMatchObject({ problem: 'banned' });
		expect((await rig.told('linkedDeviceStopped')).length).toBe(1);
	});

	describe('when WhatsApp takes this version no more (405)', () => {
		const HOUR = 3_600_000;
		const NEWEST = '2.3000.2000000000';
		const secrets = async () =>
			(await rig.desk.store.db.selectFrom('linked_secret').select('id').where('category', '=', 'creds').execute())
				.length;

		it('alarms at once, once, keeps the link, tries rarely, and at once when asked', async () => {
			await rig.link(PHONE);
			const before = await logins();
			await web().setFaults({ oldestVersion: NEWEST });
			await web().cut('drop', PHONE);
			const outdated = { problem: 'outdated', linkedAt: expect.any(Number) as number };
			const view = await rig.until('reconnecting', ({ problem }) => problem === 'outdated');
			expect(view).toMatchObject(outdated);
			expect(view.explanation).toContain('atualize o pacote n8n-nodes-whatsapp-desk');
			expect(view.nextAttemptAt! - Date.now()).toBeGreaterThan(HOUR - 60_000);
			const alarm = await rig.told('linkedDeviceStopped', 'channelDown');
			expect(alarm.map(({ event }) => event)).toEqual(['linkedDeviceStopped', 'channelDown']);
			expect(alarm[1]!.text).toContain('atualize o pacote');

			// Asked while nothing has changed: one more attempt, and nothing is told twice.
			await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
			const again = ({ nextAttemptAt }: { nextAttemptAt: number | null }) =>
				nextAttemptAt !== null && nextAttemptAt > view.nextAttemptAt!;
			expect(await rig.until('reconnecting', again)).toMatchObject(outdated);
			expect((await rig.told('linkedDeviceStopped', 'channelDown')).length).toBe(2);

			await web().clearFaults();
			await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
			expect(await rig.until('connected')).toMatchObject({ problem: null, explanation: null });
			expect(await logins()).toBe(before + 1);
			expect((await rig.told('channelUp')).length).toBe(1);
			expect(await secrets()).toBe(1);
		});

		it('tells so before any code is shown, and shows one when WhatsApp takes it again', async () => {
			await web().setFaults({ oldestVersion: NEWEST });
			await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
			const view = await rig.until('connecting', ({ problem }) => problem === 'outdated');
			expect(view.nextAttemptAt! - Date.now()).toBeGreaterThan(HOUR - 60_000);
			expect(await rig.told('channelDown')).toEqual([]);
			await web().clearFaults();
			await rig.link(PHONE);
		});

		it('comes back by a newer version that the environment names', async () => {
			await rig.link(PHONE);
			await rig.close();
			await web().setFaults({ oldestVersion: NEWEST });
			rig = await startDeviceRig(store.settings, simulator, { webVersion: NEWEST });
			await rig.until('connected');
		});

		it('refuses a version that is none, where a trigger would hold the session', async () => {
			await rig.close();
			rig = await startDeviceRig(store.settings, simulator, { webVersion: 'latest', hold: false });
			await expect(rig.desk.linkedDevices.hold(CREDENTIALS)).rejects.toMatchObject({
				field: 'WHATSAPP_DESK_WEB_VERSION',
			});
		});
	});

	it('has to be linked anew when the way of linking changed (411)', async () => {
		await rig.link(PHONE);
		await web().cut(411, PHONE);
		expect(await rig.until('stopped')).toMatchObject({ problem: 'mustRelink', linkedAt: null });
		await rig.link(PHONE);
	});

	it('notices an upgrade that is refused without a word, and comes back when it is not (watchdog)', async () => {
		await rig.link(PHONE);
		await web().setFaults({ refuseUpgrade: 403 });
		await web().cut('drop', PHONE);
		const view = await rig.until('reconnecting', ({ problem }) => problem === 'unreachable');
		expect(view.explanation).toContain('HTTP 403');
		expect(view.nextAttemptAt).not.toBeNull();
		await eventually(async () => (await rig.told('channelDown')).length === 1);
		await web().clearFaults();
		await rig.until('connected');
		expect((await rig.told('channelUp')).length).toBe(1);
	});

	it('tries at once when it is activated while it waits for its next attempt', async () => {
		await rig.close();
		const aMinute = () => 120;
		rig = await startDeviceRig(store.settings, simulator, { random: aMinute });
		await rig.link(PHONE);
		await web().setFaults({ refuseUpgrade: 503 });
		await web().cut('drop', PHONE);
		const { nextAttemptAt } = await rig.until('reconnecting', (view) => view.nextAttemptAt !== null);
		await web().clearFaults();
		await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
		await rig.until('connected');
		expect(Date.now()).toBeLessThan(nextAttemptAt!);
		// That was no second activation.
		expect((await rig.told('linkedDeviceActivated')).length).toBe(1);
	});

	it('receives late what was written while the line was down, flagged so, and nothing twice', async () => {
		await rig.link(PHONE);
		await web().setFaults({ refuseUpgrade: 503 });
		await web().cut('drop', PHONE);
		await rig.until('reconnecting');
		await web().say(PHONE, ANA, 'Alguém?');
		await web().say(PHONE, ANA, 'Oi?');
		await web().setFaults({ refuseUpgrade: null, duplicates: 1 });
		await rig.until('connected');
		await eventually(async () => (await rig.stored()).length === 2);
		await web().say(PHONE, ANA, 'Ah');
		await eventually(async () => (await rig.stored()).length === 3);
		expect((await rig.stored()).map(({ text, offline }) => [text, offline])).toEqual([
			['Alguém?', true],
			['Oi?', true],
			['Ah', false],
		]);
	});

	it('keeps what is to be sent while the line is down, and sends it then', async () => {
		await rig.link(PHONE);
		await web().setFaults({ refuseUpgrade: 503 });
		await web().cut('drop', PHONE);
		await rig.until('reconnecting');
		expect(await rig.send('Até já', { waitMs: 0 })).toMatchObject({ status: 'queued' });
		await web().clearFaults();
		const [received] = await simulator.admin.waitForReplies(ANA, 1, { phoneNumberId: chatsOf(PHONE) });
		expect(received!.text).toBe('Até já');
	});

	it('stops showing codes that nobody reads, and starts over when it is activated again (B-27, D-11)', async () => {
		await rig.close();
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
		await rig.desk.store.db.updateTable('linked_session').set({ qr_number: CODES_AT_MOST }).execute();
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		expect(await rig.until('stopped')).toMatchObject({ problem: 'codeExpired', qr: null });
		expect(await rig.told('channelDown')).toEqual([]);
		await rig.link(PHONE);
	});
});
