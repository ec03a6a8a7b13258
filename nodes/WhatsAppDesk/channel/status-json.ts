import type { IDataObject } from 'n8n-workflow';
import type { LinkedDeviceStatus } from '../../../engine/index';

/** The fields every channel has, and then those of a linked device. */
export function statusJson({ id, kind, ok, phone, name, quality, problems, session }: LinkedDeviceStatus): IDataObject {
	return {
		...{ id, kind, ok, phone, name, quality },
		problems: problems.map((each) => ({ ...each })),
		sessionName: session?.sessionName ?? id.slice(id.indexOf(':') + 1),
		state: session?.state ?? 'inactive',
		problem: session?.problem ?? null,
		explanation: session?.explanation ?? null,
		ageDays: session?.ageDays ?? null,
		linkedAt: iso(session?.linkedAt),
		connectedAt: iso(session?.connectedAt),
		heardAt: iso(session?.heardAt),
		nextAttemptAt: iso(session?.nextAttemptAt),
		qr: session?.qr ? { ...session.qr, expiresAt: iso(session.qr.expiresAt) } : null,
		pairingCode: session?.pairingCode ?? null,
	};
}

function iso(at: number | null | undefined): string | null {
	return at === null || at === undefined ? null : new Date(at).toISOString();
}
