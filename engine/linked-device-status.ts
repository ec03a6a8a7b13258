/** How does a linked device stand, in the same words as any other number, and with what only it has? */
import type { ChannelHealth } from './channel/port';
import type { Desk } from './desk';
import type { LinkedDeviceView, SessionState } from './model-linked-device';
import { formatPhone } from './phone';

export interface LinkedDeviceStatus extends ChannelHealth {
	id: string;
	kind: 'linkedDevice';
	/** null while no published trigger has ever used the credential. */
	session: LinkedDeviceView | null;
}

const STATES: Record<SessionState, string> = {
	inactive: 'The number is not activated.',
	waiting: 'The number is activated, but no published workflow holds its connection.',
	connecting: 'The number is being connected.',
	scan: 'A code waits to be read by the phone.',
	linking: 'The code was read; the number is being connected.',
	connected: 'The number is connected.',
	reconnecting: 'The line to WhatsApp is down; it is tried again by itself.',
	stopped: 'The connection stopped, and nothing is tried until somebody acts.',
};

const FIXES: Partial<Record<SessionState, string>> = {
	inactive: 'Activate it in the Desk Console, or with WhatsApp Desk › Channel: Activate.',
	waiting: 'Publish a workflow with a WhatsApp Desk Trigger that has this credential.',
	scan: 'Open the Desk Console and scan the code: WhatsApp › Linked devices › Link a device.',
	stopped: 'Do what the reason says, then activate it again.',
};

const OUTDATED = {
	what: 'WhatsApp does not take the client in this package any more: its version is too old (405).',
	fix: 'Update n8n-nodes-whatsapp-desk and restart n8n, or set WHATSAPP_DESK_WEB_VERSION to a newer version of WhatsApp Web.',
};

export async function linkedDeviceStatus(desk: Desk, channelId: string): Promise<LinkedDeviceStatus> {
	const session = await desk.linkedDevices.get(channelId);
	const state = session?.state ?? 'inactive';
	const phone = session?.phone ? formatPhone(`+${session.phone}`) : null;
	const common = {
		id: channelId,
		kind: 'linkedDevice',
		phone,
		name: session?.name ?? null,
		quality: 'unknown',
		session,
	} as const;
	if (state !== 'connected') {
		const why = session?.explanation ?? '';
		const problem =
			session?.problem === 'outdated' ? OUTDATED : { what: STATES[state], fix: FIXES[state] ?? 'Wait a moment.' };
		return { ...common, ok: false, problems: [{ what: problem.what, why, fix: problem.fix }] };
	}
	const restricted = session?.problem === 'restricted';
	const answersOnly = {
		what: 'The number may answer, but not start conversations.',
		why: session?.explanation ?? '',
		fix: 'Stop campaigns on this number and wait until WhatsApp lifts the restriction.',
	};
	return { ...common, ok: true, problems: restricted ? [answersOnly] : [] };
}

/** Until the session is in one of these states, `enough` says so, or the time is up; as it is then. */
export async function waitForSession(
	desk: Desk,
	channelId: string,
	enough: (view: LinkedDeviceView) => boolean,
	waitMs: number,
): Promise<LinkedDeviceStatus> {
	const deadline = performance.now() + waitMs;
	for (;;) {
		const status = await linkedDeviceStatus(desk, channelId);
		if (!status.session || enough(status.session) || performance.now() >= deadline) return status;
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
	}
}

const LOOK_EVERY_MS = 200;
