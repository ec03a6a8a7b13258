/** While a published trigger of a linked device runs, its process may hold the connection to WhatsApp (design D9). */
import type { ITriggerResponse } from 'n8n-workflow';
import type { Desk, LinkedDeviceCredentials } from '../../engine/index';

/**
 * Holds after listening has begun, so that what arrives first finds its listener. Whether a phone answers is no matter here: the
 * session is brought up, and brought back, in the background.
 */
export async function holdDevice(
	desk: Desk,
	credentials: LinkedDeviceCredentials,
	listening: ITriggerResponse,
): Promise<ITriggerResponse> {
	const stop = async () => await listening.closeFunction?.();
	const release = await desk.linkedDevices.hold(credentials).catch(async (error: unknown) => {
		await stop();
		return Promise.reject(error);
	});
	return {
		closeFunction: async () => {
			try {
				await stop();
			} finally {
				await release();
			}
		},
	};
}
