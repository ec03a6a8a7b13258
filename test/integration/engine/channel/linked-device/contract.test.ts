import { systemClock } from '../../../../../engine/clock';
import type { Channel } from '../../../../../engine/channel/port';
import { LinkedDevices } from '../../../../../engine/linked-devices';
import type { InboundEvent } from '../../../../../engine/model';
import { enterProcess, leaveProcess } from '../../../../../engine/outbox/process-name';
import { storeArrivals } from '../../../../../engine/receive';
import { openStore } from '../../../../../engine/store/open-store';
import { numberIdOf } from '../../../../../simulator/whatsapp-web/client';
import { channelContract } from '../../../../contracts/channel-contract';
import type { PlayedChannel } from '../../../../contracts/played-channel';
import { CHANNEL, CREDENTIALS } from '../../../../support/device-rig';
import { STORES, type TestStore } from '../../../../support/each-store';
import { eventually } from '../../../../support/eventually';
import { COMPANY_PHONE, startWhatsAppWeb } from '../../../../support/whatsapp-web';

async function open(testStore: TestStore): Promise<PlayedChannel> {
	const simulator = await startWhatsAppWeb();
	const { admin } = simulator;
	const store = await openStore(testStore.settings, systemClock);
	const me = enterProcess();
	const events: InboundEvent[] = [];
	let channel: Channel | undefined;
	const devices = new LinkedDevices({
		...{ store, clock: systemClock, me },
		async receive(channelId, heard) {
			await storeArrivals(
				store,
				heard.map((event) => ({ channelId, event })),
				Date.now(),
			);
			events.push(...heard);
		},
		known: () => Promise.resolve(),
		opened: (opened) => (channel = opened),
		closed: () => undefined,
		told: () => undefined,
		log: () => undefined,
		random: () => 0,
	});
	await devices.hold(CREDENTIALS);
	await devices.activate(CHANNEL, { phone: `+${COMPANY_PHONE}`, by: null });
	const { qr } = await eventually(async () => {
		const view = await devices.get(CHANNEL);
		return view?.state === 'scan' && view;
	});
	await admin.web.scan(qr!.code, COMPANY_PHONE, 'Oficina Aurora');
	await eventually(() => channel);
	await admin.web.waitForLive(COMPANY_PHONE);
	return {
		...{ channel: channel!, events, admin, phoneNumberId: numberIdOf(COMPANY_PHONE) },
		typesOnPhone: (waId, text) => admin.web.phoneSays(COMPANY_PHONE, waId, text),
		// A channel whose connection has ended stays without one; the next connection brings a channel of its own.
		async unreachable() {
			await admin.web.cut('drop', COMPANY_PHONE);
			await eventually(async () => !(await channel!.status()).ok);
			return channel!;
		},
		async close() {
			await devices.close();
			leaveProcess(me);
			await store.close();
			await simulator.close();
			await testStore.drop();
		},
	};
}

describe.each(STORES)('a linked device as a channel, on $name', ({ create }) => {
	channelContract(async () => open(await create()));
});
