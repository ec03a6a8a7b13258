/** What the desk is to its pages: what their buttons do is what nodes do too. */
import type { ConsoleDesk, TestOutcome } from './console/call';
import type { Desk } from './desk';
import { sendMessages } from './sending-desk';

/** People look at "Enviando…" for at most so long. */
const TEST_WAIT_MS = 30_000;

export function consolePart(desk: Desk): ConsoleDesk {
	return {
		store: desk.store,
		clock: desk.clock,
		devices: desk.linkedDevices,
		sendTest: (test) => sendTest(desk, test),
		log: (message, details) => desk.troubles.log(message, details),
	};
}

/** "Enviar Teste" (B-30): a message like any other, so that it proves what others will meet. */
async function sendTest(
	desk: Desk,
	{ channelId, phone, text }: { channelId: string; phone: string; text: string },
): Promise<TestOutcome> {
	const request = {
		channelId,
		recipient: { type: 'phone', phone },
		content: { type: 'text', text },
		origin: 'agent',
		purpose: 'test',
	} as const;
	const [outcome] = await sendMessages(desk, [request], TEST_WAIT_MS);
	return { status: outcome!.status, explanation: outcome!.explanation };
}
