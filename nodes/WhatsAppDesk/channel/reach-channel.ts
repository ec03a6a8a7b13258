import { UserError } from 'n8n-workflow';
import type { Channel, CloudApiCredentials } from '../../../engine/index';
import { CLOUD_API, useChannel } from '../../shared/desk';
import type { ChosenChannel } from '../../shared/desk';
import type { DeskCall } from '../desk-operation';

/** The Cloud API number of the node's credential, made reachable from this process. */
export async function reachChannel({ desk, context, index }: DeskCall): Promise<Channel> {
	return await desk.useCloudApi(await context.getCredentials<CloudApiCredentials>(CLOUD_API, index));
}

/** The number of the node's credential, whichever way it is connected. */
export async function chosenChannel({ context, index }: DeskCall): Promise<ChosenChannel> {
	return (await useChannel(context, index)).channel;
}

/** For what only a linked device knows. @throws UserError */
export async function linkedDeviceOf(call: DeskCall): Promise<Extract<ChosenChannel, { kind: 'linkedDevice' }>> {
	const channel = await chosenChannel(call);
	if (channel.kind === 'linkedDevice') return channel;
	throw new UserError('A number of the Cloud API is not linked by a QR code.', {
		description:
			'Set "Connect Through" to Linked Device, or use Get Status: a number of the Cloud API is ready once its credential is.',
	});
}
