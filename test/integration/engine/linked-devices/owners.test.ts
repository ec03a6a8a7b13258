import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import type { Desk } from '../../../../engine';
import { LEASE_MS } from '../../../../engine/channel/linked-device/lease';
import type { Simulator } from '../../../../simulator/server';
import { ANA, CHANNEL, chatsOf, CREDENTIALS, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { fragileStore } from '../../../support/fragile-store';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

describe.each(STORES)('who owns a session, on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	const web = () => simulator.admin.web;

	beforeEach(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
	});
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const logins = async () => (await web().company(PHONE)).devices[0]?.logins ?? 0;
	const rowOf = async (desk: Desk) =>
		await desk.store.db.selectFrom('linked_session').selectAll().executeTakeFirstOrThrow();

	it('is one of two processes that hold it; the other one takes over when the first closes', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
		const second = await rig.openDesk();
		await second.linkedDevices.hold(CREDENTIALS);
		const { owner, fence } = await rowOf(rig.desk);
		expect(owner).toBe(rig.desk.dispatcher.me);
		const before = await logins();
		await rig.desk.close();
		await eventually(async () => (await rowOf(second)).state === 'connected' && (await logins()) > before);
		expect(await rowOf(second)).toMatchObject({ owner: second.dispatcher.me, fence: fence + 1 });
		await web().say(PHONE, ANA, 'Oi');
		await eventually(async () => (await second.store.db.selectFrom('inbound').selectAll().execute()).length === 1);
	});

	it('sends from the process that owns it what another one enqueued', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		const owner = await rig.openDesk();
		await owner.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		expect(await rig.send('Do outro processo')).toMatchObject({ status: 'sent' });
		const [received] = await simulator.admin.waitForReplies(ANA, 1, { phoneNumberId: chatsOf(PHONE) });
		expect(received!.text).toBe('Do outro processo');
	});

	it('takes wishes of processes that hold nothing: activation, and deactivation', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		const owner = await rig.openDesk();
		await owner.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		expect(await rig.desk.linkedDevices.deactivate(CHANNEL, { by: 'Console' })).toMatchObject({ state: 'inactive' });
		await web().waitFor(({ companies }) => companies.every(({ devices }) => devices.length === 0));
	});

	it('waits for a process when none holds it, and says so; deactivated then, the phone has to be told by hand', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		await expect(rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null })).rejects.toThrow(
			'Não há sessão "atendimento"',
		);
		const owner = await rig.openDesk();
		await owner.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await owner.close();
		const waiting = await rig.until('waiting');
		expect(waiting.explanation).toContain('WhatsApp Trigger');
		const view = await rig.desk.linkedDevices.deactivate(CHANNEL, { by: null });
		expect(view).toMatchObject({ state: 'inactive', linkedAt: null });
		expect(view.explanation).toContain('Dispositivos conectados');
		expect(await rig.desk.store.db.selectFrom('linked_secret').select('id').execute()).toEqual([]);
	});

	it('keeps its line when a workflow is published again (grace), and lets it go when it is not', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false, pace: { graceMs: 1_000 } });
		const release = await rig.desk.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		const before = await logins();
		await release();
		const releaseAgain = await rig.desk.linkedDevices.hold(CREDENTIALS);
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(await rig.send('Ainda aqui')).toMatchObject({ status: 'sent' });
		expect(await logins()).toBe(before);
		await releaseAgain();
		await rig.until('waiting');
		const { wanted } = await eventually(async () => {
			const row = await rowOf(rig.desk);
			return row.owner === null && row;
		});
		expect(wanted).toBe(1);
	});

	it('lets go of its line as soon as another process has the session, and writes nothing more', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
		const taken = { owner: 'outro/1/x', fence: 99, lease_until: Date.now() + LEASE_MS * 10 };
		await rig.desk.store.db.updateTable('linked_session').set(taken).execute();
		await web().waitFor(({ companies }) => companies[0]!.devices.every(({ connected }) => !connected));
		expect(await rowOf(rig.desk)).toMatchObject({ owner: 'outro/1/x', fence: 99, state: 'connected' });
	});

	it('takes over from an owner that died once its lease is over', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		const first = await rig.openDesk();
		await first.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await first.close();
		const died = { owner: 'morto/1/x', fence: 7, lease_until: Date.now() + 1_500, state: 'connected' };
		await rig.desk.store.db.updateTable('linked_session').set(died).execute();
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await eventually(async () => (await rowOf(rig.desk)).fence === 8);
		await rig.until('connected');
	});

	it('takes over at once from an owner that died on this machine, whatever its lease says', async () => {
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		const first = await rig.openDesk();
		await first.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await first.close();
		const owner = `${hostname()}/${spawnSync('true').pid}/x`;
		const died = { owner, fence: 7, lease_until: Date.now() + LEASE_MS * 10, state: 'connected' };
		await rig.desk.store.db.updateTable('linked_session').set(died).execute();
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await eventually(async () => (await rowOf(rig.desk)).fence === 8);
		await rig.until('connected');
	});

	it('survives a store that is away for ten seconds, and loses nothing', async () => {
		const fragile = await fragileStore(store.settings);
		try {
			rig = await startDeviceRig(fragile.settings, simulator);
			await rig.link(PHONE);
			const before = await logins();
			await fragile.goAway();
			await web().say(PHONE, ANA, 'Um');
			await web().say(PHONE, ANA, 'Dois');
			await new Promise((resolve) => setTimeout(resolve, 10_000));
			await fragile.comeBack();
			await eventually(async () => (await rig.stored()).length === 2);
			expect((await rig.stored()).map(({ text }) => text)).toEqual(['Um', 'Dois']);
			expect(await rig.send('Voltei')).toMatchObject({ status: 'sent' });
			expect(await logins()).toBe(before);
		} finally {
			await rig.close();
			await fragile.close();
		}
	});
});
