/** The sessions of linked devices, as the desk keeps them. */
import type { Desk, LinkedDeviceCredentials, LinkedDeviceView } from '../../engine/index';

export interface LinkedDevices {
	hold(credentials: LinkedDeviceCredentials): Promise<() => Promise<void>>;
	get(channelId: string): Promise<LinkedDeviceView | null>;
}

export function linkedDevicesOf(desk: Desk): LinkedDevices {
	return (desk as unknown as { linkedDevices: LinkedDevices }).linkedDevices;
}
