// A desk with a linked device and no n8n: the simulator's phone reads its codes, and customers write to it.
import {
	openDesk,
	sendMessages,
	setChannelLimits,
	type Desk,
	type LinkedDeviceView,
	type SendOutcome,
} from '../../engine';
import type { Clock } from '../../engine/clock';
import {
	linkedDeviceChannelId,
	type LinkedDeviceCredentials,
	type SessionState,
} from '../../engine/model-linked-device';
import type { StoreSettings } from '../../engine/store/settings';
import type { Simulator } from '../../simulator/server';
import { numberIdOf } from '../../simulator/whatsapp-web/client';
import { eventually } from './eventually';

export const CREDENTIALS: LinkedDeviceCredentials = {
	sessionName: 'atendimento',
	sessionKey: 'a chave de sessão das oficinas Aurora',
};
export const CHANNEL = linkedDeviceChannelId('atendimento');
export const ANA = '5511987654321';

export interface DeviceRig {
	desk: Desk;
	/** One more process of the same desk. */
	openDesk(): Promise<Desk>;
	/** Activates, and reads the code with the phone. */
	link(phone: string): Promise<LinkedDeviceView>;
	/** Waits until the session stands like this. */
	until(state: SessionState, also?: (view: LinkedDeviceView) => boolean): Promise<LinkedDeviceView>;
	send(text: string, options?: { to?: string; waitMs?: number; channelId?: string }): Promise<SendOutcome>;
	/** Texts of the messages of customers, and of people at the company's phone, in the order they were stored. */
	stored(kind?: 'message' | 'echo'): Promise<Array<{ text: string; offline: boolean; address: string | null }>>;
	/** What the timeline tells, by event, oldest first. */
	told(...events: string[]): Promise<Array<{ event: string; text: string }>>;
	close(): Promise<void>;
}

export interface DeviceRigOptions {
	clock?: Clock;
	credentials?: LinkedDeviceCredentials;
	/** Whether the first desk holds the session from the start; default true. */
	hold?: boolean;
	pace?: NonNullable<Parameters<typeof openDesk>[0]['linkedDevices']>['pace'];
	reconcileMs?: number;
	/** Stretches the pauses between attempts; default 0, without those that only politeness asks for. */
	random?: () => number;
	/** Of WhatsApp Web, as the environment would name it. */
	webVersion?: string;
}

/** Everything that waits, waits shortly. */
const QUICK = {
	graceMs: 300,
	lookMs: 100,
	alarmMs: 1_000,
	silenceMs: 3_000,
	openingMs: 15_000,
	deadMs: 40_000,
	ackMs: 2_000,
	lookAgainMs: 1_000,
};

/** New conversations leave at once: their pauses have tests of their own. */
const NO_LIMITS = {
	maxStartsPerDay: 0,
	maxStartsPerBatch: 0,
	maxSecondsBetweenStarts: 0,
	minSecondsBetweenStarts: 0,
	warmUp: false,
};

export async function startDeviceRig(
	settings: StoreSettings,
	simulator: Simulator,
	options: DeviceRigOptions = {},
): Promise<DeviceRig> {
	const desks: Desk[] = [];
	const open = async () => {
		const { clock, pace, reconcileMs = 1_000, random = () => 0, webVersion } = options;
		const linkedDevices = { pace: { ...QUICK, ...pace }, random, webVersion };
		const desk = await openDesk({ store: settings, clock, reconcileMs, linkedDevices });
		desks.push(desk);
		return desk;
	};
	const desk = await open();
	if (options.hold !== false) await desk.linkedDevices.hold(options.credentials ?? CREDENTIALS);

	const until: DeviceRig['until'] = (state, also = () => true) => {
		let last: LinkedDeviceView | null = null;
		return eventually(async () => {
			last = await desk.linkedDevices.get(CHANNEL);
			return last?.state === state && also(last) ? last : null;
		}, 20_000).catch(() => {
			throw new Error(`The session is not "${state}" but ${JSON.stringify(last)}`);
		});
	};
	return {
		desk,
		openDesk: open,
		until,
		async link(phone) {
			await desk.linkedDevices.activate(CHANNEL, { phone: `+${phone}`, by: null });
			const { qr } = await until('scan');
			await simulator.admin.web.scan(qr!.code, phone, 'Oficina Aurora');
			const view = await until('connected');
			await setChannelLimits(desk, CHANNEL, NO_LIMITS, { workflowId: null });
			await simulator.admin.web.waitForLive(phone);
			return view;
		},
		async send(text, { to = ANA, waitMs = 10_000, channelId = CHANNEL } = {}) {
			const content = { type: 'text' as const, text };
			const [outcome] = await sendMessages(
				desk,
				[{ channelId, recipient: { type: 'phone', phone: `+${to}` }, content, origin: 'bot' }],
				waitMs,
			);
			return outcome!;
		},
		async stored(kind = 'message') {
			const rows = await desk.store.db
				.selectFrom('inbound')
				.select(['content', 'address'])
				.where('kind', '=', kind)
				.orderBy('seq')
				.execute();
			return rows.map(({ content, address }) => {
				const { text, offline = false } = JSON.parse(content) as { text: string; offline?: boolean };
				return { text, offline, address };
			});
		},
		async told(...events) {
			const rows = await desk.store.db
				.selectFrom('timeline')
				.select(['event', 'text'])
				.where('event', 'in', events)
				.orderBy('seq')
				.execute();
			return rows;
		},
		close: async () => {
			await Promise.all(desks.map((each) => each.close()));
		},
	};
}

export const chatsOf = numberIdOf;
