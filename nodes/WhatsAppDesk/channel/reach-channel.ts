import type { Channel, CloudApiCredentials } from '../../../engine/index';
import type { DeskCall } from '../desk-operation';

/** The number of the node's credential, made reachable from this process. */
export async function reachChannel({ desk, context, index }: DeskCall): Promise<Channel> {
	return await desk.useCloudApi(await context.getCredentials<CloudApiCredentials>('whatsAppCloudApi', index));
}
