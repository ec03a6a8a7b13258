/** What is answered to one request of an ERP? Checked, read, stored, within the time its sender waits. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type {
	ErpCheck,
	ErpKind,
	ErpPreset,
	ErpReading,
	ErpReadOptions,
	ErpRequest,
	ErpSecrets,
	ErpSystem,
} from '../erp/types';
import type { Instant } from '../model';
import { candidatesOf } from './delivery';
import type { Prepared } from './store-deliveries';

export interface ErpCall {
	/** workflow id + node id of the trigger it came to. */
	source: string;
	preset: ErpPreset;
	request: ErpRequest;
	/** null = anybody who knows the address. */
	secrets: ErpSecrets | null;
	/** Asked before a sender is refused, where `secrets` may be older than a change of them. */
	reloadSecrets?: () => Promise<ErpSecrets>;
	options: ErpReadOptions;
	/** What the workflow asked for; null = every kind. */
	kinds: ReadonlySet<ErpKind> | null;
	/** A manual test: stored apart, never run in production. */
	test: boolean;
}

/**
 * `text` is English: an integrator reads it.
 *   taken       stored; answer exactly this status with an empty body
 *   refused     401: the sender did not prove who it is
 *   unreadable  400: not a body of this sender; kept all the same
 *   notStored   503: the store did not take it in time; whoever delivers again loses nothing
 */
export interface ErpAnswer {
	type: 'taken' | 'refused' | 'unreadable' | 'notStored';
	status: number;
	text: string;
}

export interface ErpIntake {
	now(): Instant;
	/** Resolves when it is durable. 'unusable' = the database cannot hold it. */
	submit(delivery: Prepared): Promise<'stored' | 'unusable'>;
	tellRefused(call: ErpCall, reason: string, at: Instant): Promise<void>;
}

/** How long a sender waits, with room for the way there and back (brazil.md §8). Others wait five seconds or more. */
const PATIENCE_MS: Partial<Record<ErpSystem, number>> = { mercadoLivre: 400, odoo: 800 };
const OTHERS_PATIENCE_MS = 4_000;

export async function receiveErp(intake: ErpIntake, call: ErpCall): Promise<ErpAnswer> {
	const { preset, request, source, kinds, test } = call;
	const receivedAt = intake.now();
	const check = await checkSender(call);
	if (!check.ok) {
		await intake.tellRefused(call, check.reason, receivedAt).catch(() => undefined);
		return { type: 'refused', status: 401, text: check.reason };
	}
	const reading = read(call, receivedAt);
	const unreadable = reading.type === 'unreadable' ? reading.reason : null;
	// Who makes a test sees the answer; there is nothing to run.
	if (unreadable !== null && test) return { type: 'unreadable', status: 400, text: unreadable };
	const { body } = request;
	const delivery = candidatesOf({ source, system: preset.system, reading, body, receivedAt, kinds, test }, digest);
	const stored = await within(PATIENCE_MS[preset.system] ?? OTHERS_PATIENCE_MS, intake.submit(delivery));
	if (stored === 'unusable') return { type: 'unreadable', status: 400, text: 'This body cannot be stored.' };
	if (stored !== 'stored') return { type: 'notStored', status: 503, text: 'Not stored yet; please deliver again.' };
	if (unreadable !== null) return { type: 'unreadable', status: 400, text: unreadable };
	return { type: 'taken', status: preset.acknowledge, text: '' };
}

async function checkSender({ preset, request, secrets, reloadSecrets }: ErpCall): Promise<ErpCheck> {
	if (secrets === null) return { ok: true };
	const check = preset.check(request, secrets);
	return check.ok || !reloadSecrets ? check : preset.check(request, await reloadSecrets());
}

/** A preset never throws; should one do so on a body nobody thought of, that body is kept for people to look at. */
function read({ preset, request, options }: ErpCall, receivedAt: Instant): ErpReading {
	try {
		return preset.read(request, options, receivedAt);
	} catch (error) {
		return { type: 'unreadable', reason: `the body could not be read: ${String(error)}` };
	}
}

/** null when it fails or takes longer; it may still succeed then, and the repetition is dropped. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
	const over = new AbortController();
	try {
		return await Promise.race([work, wait(ms, null, { signal: over.signal })]);
	} catch {
		return null;
	} finally {
		over.abort();
	}
}

function digest(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex');
}
