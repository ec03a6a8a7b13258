import { homedir } from 'node:os';
import { join } from 'node:path';
import {
	openDesk,
	storeSettings,
	type CloudApiCredentials,
	type Desk,
	type LinkedDeviceCredentials,
} from '../../engine';

/**
 * The process's engine. It hangs on globalThis because n8n drops module caches on a package update while triggers still run;
 * it is opened on first use and lives as long as the process. A failed opening is tried again at the next call.
 */
interface Shared {
	desk: Promise<Desk>;
}

// Raised when the shape of what is shared changes, so that old and new package code never share a desk.
const KEY = Symbol.for('n8n-nodes-whatsapp-desk/desk/1');

interface Logger {
	warn(message: string, details?: Record<string, unknown>): void;
}

export function getDesk(context?: { logger?: Logger }): Promise<Desk> {
	const place = globalThis as { [KEY]?: Shared };
	const shared = place[KEY];
	if (shared) return shared.desk;
	const desk = open(context?.logger);
	place[KEY] = { desk };
	desk.catch(() => delete place[KEY]);
	return desk;
}

/** Closes and forgets the shared desk; the next use opens a new one. For tests: n8n's process ends with it open. */
export async function closeDesk(): Promise<void> {
	const place = globalThis as { [KEY]?: Shared };
	const shared = place[KEY];
	delete place[KEY];
	if (shared) await (await shared.desk).close();
}

async function open(logger: Logger | undefined): Promise<Desk> {
	const n8nFolder = join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n');
	const reconcile = Number(process.env.WHATSAPP_DESK_RECONCILE_SECONDS);
	return openDesk({
		store: storeSettings(process.env, n8nFolder),
		reconcileMs: reconcile > 0 ? reconcile * 1_000 : undefined,
		linkedDevices: { webVersion: process.env.WHATSAPP_DESK_WEB_VERSION },
		keepMediaDays: keepMediaDays(process.env.WHATSAPP_DESK_KEEP_MEDIA_DAYS),
		log: (message, details) => logger?.warn(`WhatsApp Desk: ${message}`, details),
	});
}

/** Days from the setting; undefined (the default) when it is empty or no number. 0 keeps files for ever. */
function keepMediaDays(setting: string | undefined): number | undefined {
	const days = Number(setting);
	if (!setting?.trim() || !Number.isFinite(days) || days < 0) return undefined;
	// Less than a day might take a file away from the message that is about to carry it.
	return days === 0 ? 0 : Math.max(1, days);
}

interface CredentialsContext {
	getCredentials<T extends object>(type: string, itemIndex?: number): Promise<T>;
	logger?: Logger;
}

export const CLOUD_API = 'whatsAppCloudApi';
export const LINKED_DEVICE = 'whatsAppLinkedDevice';

/** The Cloud API number a node works with: its credential becomes reachable in this process. */
export async function useCredentials(
	context: CredentialsContext,
): Promise<{ desk: Desk; credentials: CloudApiCredentials; channelId: string }> {
	const desk = await getDesk(context);
	const credentials = await context.getCredentials<CloudApiCredentials>(CLOUD_API);
	const channel = await desk.useCloudApi(credentials);
	return { desk, credentials, channelId: channel.id };
}

/** The number a node works with, whichever way it is connected. */
export type ChosenChannel =
	| { kind: 'cloudApi'; id: string; credentials: CloudApiCredentials }
	/** Its connection may be held by another process: only the outbox and the store reach it from here. */
	| { kind: 'linkedDevice'; id: string; credentials: LinkedDeviceCredentials };

interface ChannelContext extends CredentialsContext {
	getNode(): { parameters?: Record<string, unknown> };
}

/** @throws ConfigurationError naming the field of the credential */
export async function useChannel(
	context: ChannelContext,
	itemIndex?: number,
): Promise<{ desk: Desk; channel: ChosenChannel }> {
	const desk = await getDesk(context);
	if (connectsThrough(context) === 'linkedDevice') {
		const credentials = await context.getCredentials<LinkedDeviceCredentials>(LINKED_DEVICE, itemIndex);
		return { desk, channel: { kind: 'linkedDevice', id: await desk.useLinkedDevice(credentials), credentials } };
	}
	const credentials = await context.getCredentials<CloudApiCredentials>(CLOUD_API, itemIndex);
	return { desk, channel: { kind: 'cloudApi', id: (await desk.useCloudApi(credentials)).id, credentials } };
}

/** The parameter takes no expressions, so it is the same for all items, and the node as stored says it in every context. */
export function connectsThrough(context: Pick<ChannelContext, 'getNode'>): ChosenChannel['kind'] {
	return context.getNode().parameters?.connectThrough === 'linkedDevice' ? 'linkedDevice' : 'cloudApi';
}
