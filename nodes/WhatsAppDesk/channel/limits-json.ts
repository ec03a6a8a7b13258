import type { IDataObject } from 'n8n-workflow';
import type { ChannelLimits } from '../../../engine/index';

export function limitsJson({ channelId, limits, today }: ChannelLimits): IDataObject {
	return { channel: channelId, startsToday: today.starts, capToday: today.cap, ...limits };
}
