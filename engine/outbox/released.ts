/**
 * Has a message certainly not reached its reader, so that what it was to tell may be told by another one? Pure.
 * This one list decides which steps, days and weeks of the ladder are free again (D-34).
 */

/** What decides it, as the outbox stores it. */
export interface Outcome {
	status: string;
	/** Code of a refusal: ours is a word, WhatsApp's a number. */
	errorCode: string | null;
	/** The last delivery report. */
	delivery: string | null;
	/** 1 = an earlier attempt may have arrived. */
	unconfirmed: number;
}

/** Of a reminder that somebody cancelled: they do not want this step told, so the ladder goes on with the next one. */
export const TAKEN_BACK = 'takenBack';

/**
 * A refusal before anything left. Not free is what may have arrived (`unconfirmed`), what WhatsApp took and then reported as failed
 * (a report of delivery may still follow), and what WhatsApp refused because of its reader: asked again the same day, it would
 * answer the same; nor what somebody took back.
 */
export function isReleased({ status, errorCode, delivery, unconfirmed }: Outcome): boolean {
	if (status !== 'refused' || delivery !== null || unconfirmed === 1) return false;
	return errorCode !== null && !KEPT.has(errorCode);
}

const KEPT: ReadonlySet<string> = new Set([
	'unconfirmed',
	TAKEN_BACK,
	// Refusals because of the reader (channel/cloud-api/error-table.ts, "this contact").
	...['130472', '130497', '131021', '131026', '131030', '131049', '131050', '137000'],
	// The same on a linked device (channel/linked-device/error-table.ts).
	...['notOnWhatsApp', '403', '404', '463'],
]);
