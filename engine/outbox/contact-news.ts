/**
 * What do answers and delivery reports tell about the contacts themselves? Under which names WhatsApp knows them (D-06), and
 * that they stopped the company's marketing (131050). Call it last: two contacts may turn out to be one.
 */
import { stopMarketing } from '../consent/consent';
import { learnAddresses, type AddressProof } from '../contact/learn-address';
import type { Instant, StatusEvent } from '../model';
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

/** `event`: a report that changed what is known of the contact's message; one of failure names nobody. */
export async function newsOfReports(
	tx: Tx,
	reports: ReadonlyArray<{ contactId: string; event: StatusEvent }>,
	now: Instant,
): Promise<TimelineLine[]> {
	const stopped = reports.filter(({ event }) => String(event.error?.code) === MARKETING_STOPPED);
	const lines = await stopMarketing(
		tx,
		stopped.map(({ contactId }) => contactId),
		HOW,
		now,
	);
	const proofs = reports.flatMap(({ contactId, event: { status, recipient } }): AddressProof[] =>
		status === 'failed' || !recipient ? [] : [{ contactId, waId: recipient.waId, bsuid: recipient.bsuid }],
	);
	return [...lines, ...(await learnAddresses(tx, proofs, now))];
}

/** An accepted number comes back as it was given, whether it is on WhatsApp or not; one that was rewritten is a word of WhatsApp. */
function proofOfAnswer({ claimed, verdict }: Answer): AddressProof[] {
	if (!verdict.recipient) return [];
	const { waId, bsuid } = verdict.recipient;
	return [{ contactId: claimed.contactId, waId: waId === claimed.address ? null : waId, bsuid }];
}
