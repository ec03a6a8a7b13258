import type { IDataObject } from 'n8n-workflow';
import type { ChannelLimits } from '../../../engine/index';

export function limitsJson({ channelId, limits }: ChannelLimits): IDataObject {
	return { channel: channelId, ...limits };
}
