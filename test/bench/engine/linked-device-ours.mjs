// The desk's own: what customers write becomes items, what is sent goes through the outbox.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const NO_LIMITS = {
	maxStartsPerDay: 0,
	maxStartsPerBatch: 0,
	maxSecondsBetweenStarts: 0,
	minSecondsBetweenStarts: 0,
	warmUp: false,
};
const WAIT_MS = 60_000;

/** @param {{ dist: string, store: object }} input @param {(what: object) => void} ask */
export async function openOurs({ dist, store }, ask) {
	const engine = createRequire(join(dist, 'engine', 'index.js'))('./index.js');
	const desk = await engine.openDesk({ store, log: (message, details) => console.error(message, details) });
	return {
		async link(phone, sessionName) {
			const channelId = await desk.useLinkedDevice({ sessionName, sessionKey: 'uma chave só deste banco de provas' });
			await desk.linkedDevices.hold({ sessionName, sessionKey: 'uma chave só deste banco de provas' });
			let [received, scanned, cuts, wasOpen] = [0, '', 0, false];
			await desk.listen({
				consumer: {
					id: `bench/${sessionName}`,
					source: 'inbound',
					channelId,
					workflowId: 'bench',
					events: ['message'],
				},
				channelId,
				events: new Set(['message']),
				batchSize: 50,
				mergeWindowMs: 0,
				raw: false,
				emit: async (items) => {
					received += items.length;
					return 'succeeded';
				},
				onFailed: async () => undefined,
			});
			await desk.linkedDevices.activate(channelId, { phone: `+${phone}`, by: null });
			for (;;) {
				const view = await desk.linkedDevices.get(channelId);
				if (view.state === 'connected') break;
				if (view.qr && view.qr.code !== scanned) {
					scanned = view.qr.code;
					ask({ scan: { qr: scanned, phone } });
				}
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			await engine.setChannelLimits(desk, channelId, NO_LIMITS, { workflowId: null });
			// Whether messages can be sent now: what pages show lags behind.
			const isOpen = () => {
				const open = desk.channels.get(channelId) !== undefined;
				if (wasOpen && !open) cuts++;
				wasOpen = open;
				return open;
			};
			isOpen();
			return {
				...{ received: () => received, isOpen, cuts: () => cuts },
				async sendAll(customers, count) {
					const requests = Array.from({ length: count }, (_, n) => ({
						channelId,
						recipient: { type: 'phone', phone: `+${customers[n % customers.length]}` },
						content: { type: 'text', text: `Resposta ${n}` },
						origin: 'bot',
					}));
					const outcomes = await engine.sendMessages(desk, requests, WAIT_MS);
					const failed = outcomes.find(({ status }) => status !== 'sent');
					if (failed) throw new Error(`Not sent: ${JSON.stringify(failed)}`);
				},
			};
		},
		close: () => desk.close(),
	};
}
