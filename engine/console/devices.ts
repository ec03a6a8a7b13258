import type { Instant } from '../model';
import type { LinkedDeviceView } from '../model-linked-device';
import { formatPhone } from '../phone';
import type { Store } from '../store/open-store';
import { qrPath, type QrDrawing } from './qr-path';

/** What the pages need of the linked devices; the desk gives it (console-desk.ts). */
export interface Devices {
	list(): Promise<LinkedDeviceView[]>;
	/** @param wish.phone E.164 */
	activate(channelId: string, wish: { phone: string; by: string }): Promise<unknown>;
	deactivate(channelId: string, wish: { by: string }): Promise<unknown>;
	requestPairingCode(channelId: string): Promise<unknown>;
}

/** A session as the page draws it. */
export interface DeviceOnPage extends Omit<LinkedDeviceView, 'qr'> {
	/** International style; null when unknown. */
	phoneText: string | null;
	qr: (QrDrawing & { code: string; expiresAt: Instant; number: number }) | null;
}

export interface Snapshot {
	/** By this a page knows whether it has seen it. */
	id: string;
	/** The server's time: pages count down by it. */
	now: Instant;
	devices: DeviceOnPage[];
}

/** What every session is at, with the id of exactly that. */
export async function takeSnapshot(store: Store, devices: Devices, now: Instant): Promise<Snapshot> {
	// The versions first: what changes in between is told once more, never lost.
	const id = await versionsOf(store, now);
	const views = await devices.list();
	return { id, now, devices: await Promise.all(views.map(onPage)) };
}

/**
 * Changes whenever any session does, or its owner dies. One small read: it is asked every second while somebody watches.
 */
export async function versionsOf(store: Store, now: Instant): Promise<string> {
	const rows = await store.db
		.selectFrom('linked_session')
		.select(['channel_id', 'version', 'owner', 'lease_until'])
		.execute();
	const versions = rows
		.map(({ channel_id: id, version, owner, lease_until: until }) => {
			const isOwned = owner !== null && until !== null && until > now;
			return `${id.slice(id.indexOf(':') + 1)}.${version}${isOwned ? 'o' : ''}`;
		})
		.sort();
	return ['v', ...versions].join('_');
}

async function onPage(view: LinkedDeviceView): Promise<DeviceOnPage> {
	const { qr, phone } = view;
	return {
		...view,
		phoneText: phone === null ? null : formatPhone(`+${phone}`),
		qr: qr === null ? null : { ...qr, ...(await qrPath(qr.code)) },
	};
}
