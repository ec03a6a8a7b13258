/**
 * What do answers and delivery reports tell about the contacts themselves? Under which names WhatsApp knows them (D-06), and
 * that they stopped the company's marketing (131050). Call it last: two contacts may turn out to be one.
 */
import { stopMarketing } from '../consent/consent';
import { learnAddresses, type AddressProof } from '../contact/learn-address';
import type { Instant, StatusEvent } from '../model';
import { normalizePhone } from '../phone';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';
import type { Answer } from './record';

/** Meta: the person stopped this company's marketing messages. */
const MARKETING_STOPPED = '131050';
const HOW = 'o WhatsApp recusou uma mensagem de marketing porque o contato as parou (131050)';

export async function newsOfAnswers(tx: Tx, answers: readonly Answer[], now: Instant): Promise<TimelineLine[]> {
	const stopped = answers.filter(({ verdict }) => verdict.errorCode === MARKETING_STOPPED);
	const lines = await stopMarketing(
		tx,
		stopped.map(({ claimed }) => claimed.contactId),
		HOW,
		now,
	);
	return [...lines, ...(await learnAddresses(tx, answers.flatMap(proofOfAnswer), now))];
}

/** A delivery report that changed what is known of its message. */
export interface Report {
	row: { contact_id: string; conversation_id: string | null; address: string };
	event: StatusEvent;
}

/** Those of failure name nobody. */
export async function newsOfReports(tx: Tx, reports: readonly Report[], now: Instant): Promise<TimelineLine[]> {
	const stopped = reports.filter(({ event }) => String(event.error?.code) === MARKETING_STOPPED);
	const lines = await stopMarketing(
		tx,
		stopped.map(({ row }) => row.contact_id),
		HOW,
		now,
	);
	return [...lines, ...(await learnAddresses(tx, reports.flatMap(proofOfReport), now))];
}

function proofOfReport({ row, event: { status, recipient } }: Report): AddressProof[] {
	if (status === 'failed' || !recipient) return [];
	const { waId, bsuid, lid } = recipient;
	// In a conversation, the address that wrote: known, unless it is a form that no message would be sent to by itself (D-06).
	const isKnown = waId === row.address && row.conversation_id !== null && isUsualForm(waId);
	return [{ contactId: row.contact_id, waId: isKnown ? null : waId, bsuid, lid }];
}

function isUsualForm(waId: string): boolean {
	const phone = normalizePhone(waId, { source: 'waId' });
	return phone.ok && phone.e164 === `+${waId}`;
}

/** An accepted number comes back as it was given, whether it is on WhatsApp or not; one that was rewritten is a word of WhatsApp. */
function proofOfAnswer({ claimed, verdict }: Answer): AddressProof[] {
	if (!verdict.recipient) return [];
	const { waId, bsuid } = verdict.recipient;
	return [{ contactId: claimed.contactId, waId: waId === claimed.address ? null : waId, bsuid }];
}
