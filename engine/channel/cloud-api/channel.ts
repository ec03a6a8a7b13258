/** The Cloud API as a channel: the port on one side, one phone number of Meta on the other. */
import { systemClock, type Clock } from '../../clock';
import type { Capabilities, Channel } from '../port';
import { markAsRead, sendMessage } from './client';
import { tidyCredentials, type CloudApiCredentials } from './credentials';
import { diagnoseNumber } from './diagnose/diagnose';
import { fetchMedia } from './fetch-media';
import { openGraph, type GraphOptions } from './graph';
import { HEALTH_FIELDS, readHealth } from './health';
import { createTemplateCatalog } from './templates';
import { createUploadCache } from './upload-cache';

export const CLOUD_API_CAPABILITIES: Capabilities = {
	buttons: true,
	list: true,
	templates: true,
	serviceWindowHours: 24,
	echoes: true,
	reactions: true,
	typing: true,
	readReceipts: true,
	quotes: true,
	mediaByLink: true,
	groups: false,
};

export interface CloudApiOptions extends GraphOptions {
	clock?: Clock;
}

export function cloudApiChannelId(phoneNumberId: string): string {
	return `cloudApi:${phoneNumberId}`;
}

/** Opens no connection by itself; `close` gives idle sockets back. */
export function createCloudApiChannel(given: CloudApiCredentials, options: CloudApiOptions = {}): Channel {
	const credentials = tidyCredentials(given);
	const graph = openGraph(credentials, options);
	const parts = { credentials, graph, uploads: createUploadCache(options.clock ?? systemClock) };
	return {
		id: cloudApiChannelId(credentials.phoneNumberId),
		kind: 'cloudApi',
		capabilities: CLOUD_API_CAPABILITIES,
		send: (message, media) => sendMessage(parts, message, media),
		templates: createTemplateCatalog(credentials, graph),
		markRead: (providerMessageId, typing) => markAsRead(parts, providerMessageId, typing),
		status: async () => {
			const path = `/${encodeURIComponent(credentials.phoneNumberId)}?fields=${HEALTH_FIELDS}`;
			return readHealth(await graph.get(path), graph.host);
		},
		fetchMedia: (providerMediaId, fetching) =>
			fetchMedia({ ...parts, mostBytes: options.mostMediaBytes }, providerMediaId, fetching),
		diagnose: (receivingAt) => diagnoseNumber(credentials, receivingAt, { clock: systemClock, ...options }),
		close: () => graph.close(),
	};
}
