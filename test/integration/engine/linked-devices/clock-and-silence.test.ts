import { LEASE_MS } from '../../../../engine/channel/linked-device/lease';
import type { Simulator } from '../../../../simulator/server';
import {
	ANA,
	chatsOf,
	CREDENTIALS,
	startDeviceRig,
	type DeviceRig,
	type DeviceRigOptions,
} from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const HOUR = 3_600_000;

describe.each(STORES)('a live line of a linked device on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	let clock: MovingClock;
	const web = () => simulator.admin.web;

	const start = async (options?: DeviceRigOptions) => {
		store = await create();
		simulator = await startWhatsAppWeb();
		clock = new MovingClock();
		rig = await startDeviceRig(store.settings, simulator, { clock, ...options });
		await rig.link(PHONE);
	};
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const logins = async () => (await web().company(PHONE)).devices[0]?.logins ?? 0;
	/** Both ways, once each. */
	const talks = async (word: string) => {
		await web().say(PHONE, ANA, word);
		await eventually(async () => (await rig.stored()).some(({ text }) => text === word));
		expect(await rig.send(`Ouvi: ${word}`)).toMatchObject({ status: 'sent' });
	};

	/** The owner has renewed its lease since the clock was moved. */
	const isOwned = () =>
		eventually(async () => {
			const { lease_until } = await rig.desk.store.db
				.selectFrom('linked_session')
				.select('lease_until')
				.executeTakeFirstOrThrow();
			const left = Number(lease_until) - clock.now();
			return left > 0 && left <= LEASE_MS;
		}, 20_000);
	const heard = async () => {
		const messages = await simulator.admin.messages(ANA, { from: 'business', phoneNumberId: chatsOf(PHONE) });
		return messages.map(({ text }) => text);
	};
	/** Both ways, at every jump of the clock. */
	const talkThroughJumps = async () => {
		await talks('antes');
		for (const [hours, word] of [
			[6, 'seis horas depois'],
			[-9, 'três horas antes'],
		] as const) {
			clock.advance(hours * HOUR);
			await isOwned();
			await rig.until('connected');
			await web().waitForLive(PHONE);
			await talks(word);
		}
		const words = ['antes', 'seis horas depois', 'três horas antes'];
		expect((await rig.stored()).map(({ text }) => text)).toEqual(words);
		expect(await heard()).toEqual(words.map((word) => `Ouvi: ${word}`));
		expect(await rig.told('channelDown', 'linkedDeviceReplaced')).toEqual([]);
	};

	it('outlives a clock that jumps ahead and back, with the same login (D-18)', async () => {
		await start();
		const before = await logins();
		await talkThroughJumps();
		expect(await logins()).toBe(before);
	});

	it('may change hands when the clock jumps, and then everything is still said once (D-18)', async () => {
		await start();
		const other = await rig.openDesk();
		await other.linkedDevices.hold(CREDENTIALS);
		await talkThroughJumps();
	});

	it('that says nothing any more is given up and opened anew', async () => {
		// Shorter than the 30 s in which WhatsApp is asked for a sign of life.
		await start({ pace: { deadMs: 5_000 } });
		const before = await logins();
		await web().cut('silence', PHONE);
		await web().say(PHONE, ANA, 'Alguém aí?');
		await eventually(async () => (await logins()) > before, 20_000);
		await eventually(async () => (await rig.stored()).length === 1, 20_000);
		expect((await rig.stored()).map(({ text }) => text)).toEqual(['Alguém aí?']);
	});
});
