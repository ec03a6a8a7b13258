/** Looks at everything one number depends on and says what to fix: at Meta, in the desk, and on this machine. */
import { cloudApiChannelId } from './channel/cloud-api/channel';
import { tidyCredentials, type CloudApiCredentials } from './channel/cloud-api/credentials';
import { fine, guarded, lasting, plural, wrong } from './channel/findings';
import type { Finding } from './channel/port';
import type { Desk } from './desk';
import { outboxFindings } from './diagnose/outbox';
import { lastEventFindings, triggerFindings, webhookNodeFindings } from './diagnose/receiving';
import { sessionFindings } from './diagnose/session';
import { startsFindings } from './diagnose/starts';
import { diskFindings, lockFindings, storeFindings } from './diagnose/store';
import { timeZoneFindings } from './diagnose/time-zone';
import { addressesFor } from './inbound/webhook-addresses';
import type { Instant } from './model';
import type { LinkedDeviceCredentials } from './model-linked-device';
import { loadChannelSettings } from './settings/channel-settings';

export interface Diagnosis {
	channelId: string;
	ok: boolean;
	/** e.g. "2 of 18 checks need attention: token, callback." */
	summary: string;
	findings: Finding[];
}

export interface DiagnoseOptions {
	/** IANA zone in which the asking workflow runs. */
	workflowZone: string;
	/** After so long without any event the silence is a finding. */
	silentMs: number;
}

const RECENT_MS = 3_600_000;

export async function diagnoseChannel(
	desk: Desk,
	given: CloudApiCredentials,
	{ workflowZone, silentMs }: DiagnoseOptions,
): Promise<Diagnosis> {
	const { store } = desk;
	const credentials = tidyCredentials(given);
	const channelId = cloudApiChannelId(credentials.phoneNumberId);
	const channel = await desk.useCloudApi(credentials);
	const of = { channelId, appId: credentials.appId ?? null, accountId: credentials.wabaId };
	const receivingAt = await store.read((db) => addressesFor(db, of));
	const found = await Promise.all([
		guarded('channel', () => channel.diagnose?.(receivingAt) ?? []),
		guarded('webhookNode', () => webhookNodeFindings(receivingAt)),
		deskFindings(desk, channelId, { workflowZone, silentMs }),
	]);
	return diagnosisOf(channelId, found.flat());
}

/** The same for a linked device; its connection may be held by another process. @throws ConfigurationError */
export async function diagnoseLinkedDevice(
	desk: Desk,
	given: LinkedDeviceCredentials,
	options: DiagnoseOptions,
): Promise<Diagnosis> {
	const channelId = await desk.useLinkedDevice(given);
	const found = await Promise.all([
		guarded('session', async () => sessionFindings(await desk.linkedDevices.get(channelId), desk.clock.now())),
		deskFindings(desk, channelId, options),
	]);
	return diagnosisOf(channelId, found.flat());
}

/** What this desk itself knows about any number, and about itself. */
async function deskFindings(
	desk: Desk,
	channelId: string,
	{ workflowZone, silentMs }: DiagnoseOptions,
): Promise<Finding[]> {
	const { store, clock } = desk;
	const now = clock.now();
	const settings = async () => (await store.read((db) => loadChannelSettings(db, [channelId]))).get(channelId)!;
	const found = await Promise.all([
		guarded('lastEvent', () => lastEventFindings(store, channelId, silentMs, now)),
		guarded('triggers', () => triggerFindings(store, channelId, now)),
		guarded('outbox', () => outboxFindings(store, channelId, now)),
		guarded('starts', () => startsFindings(store, channelId, now)),
		guarded('timeZone', async () => timeZoneFindings(workflowZone, (await settings()).zone, now)),
		guarded('store', () => storeFindings(store)),
		guarded('storeLock', () => lockFindings(store, now)),
		guarded('disk', () => diskFindings(store)),
		guarded('background', () => backgroundFinding(desk, now)),
	]);
	return found.flat();
}

function diagnosisOf(channelId: string, findings: Finding[]): Diagnosis {
	const names = [...new Set(findings.filter(({ ok }) => !ok).map(({ check }) => check))];
	return { channelId, ok: names.length === 0, summary: summaryOf(findings, names), findings };
}

/** What the loops of this process complained about. */
function backgroundFinding({ troubles }: Desk, now: Instant): Finding {
	const { last } = troubles;
	if (!last || now - last.at > RECENT_MS) return fine('background', 'No trouble in the background of this process.');
	return wrong(
		'background',
		`${lasting(now - last.at)} ago: ${last.message} (${last.cause})`,
		'If it happens again and again, look at the findings store and storeLock and at the log of n8n.',
	);
}

function summaryOf(findings: readonly Finding[], names: readonly string[]): string {
	if (names.length === 0) return `Everything is in order (${plural(findings.length, 'check')}).`;
	const count = findings.filter(({ ok }) => !ok).length;
	return `${count} of ${plural(findings.length, 'check')} need attention: ${names.join(', ')}.`;
}
