/**
 * What does the timeline tell of the answers to reminders? Each stands in the story of every invoice the reminder spoke of, in the
 * payer's own words, whatever a workflow makes of it and whether one takes it at all.
 */
import type { DateText } from '../business-hours/dates';
import type { Instant } from '../model';
import type { ReminderReply } from '../model-reminder';
import { invoiceTopic } from '../model-topic';
import type { TimelineLine } from '../timeline/timeline';
import type { Said } from './hear-consent';

const MOST_NAMED = 5;
const LONGEST = 80;

/** @param replies by the claim of the message that said it */
export function linesOfReplies(
	said: readonly Said[],
	replies: ReadonlyMap<string, ReminderReply>,
	now: Instant,
): TimelineLine[] {
	return said.flatMap((each) => {
		const reply = replies.get(each.claim);
		return reply && reply.invoices.length > 0 ? [lineOf(each, reply, now)] : [];
	});
}

function lineOf({ channelId, contactId, conversationId, event, claim }: Said, reply: ReminderReply, now: Instant) {
	const { intent, date, invoices } = reply;
	const { reply: option, text } = event.content;
	const words = (option?.title ?? text).replace(/\s+/g, ' ').trim().slice(0, LONGEST);
	const meant = date === null ? '' : ` (${written(date)})`;
	return {
		event: 'reminderAnswered',
		at: now,
		text: `O pagador respondeu "${words}"${meant} ao lembrete ${namesOf(invoices)}.`,
		...{ channelId, contactId, conversationId },
		data: { intent, date, invoices: invoices.map(({ creditor, invoice }) => ({ creditor, invoice })) },
		key: `reminderAnswered|${claim}`,
		topics: invoices.map(invoiceTopic),
	} satisfies TimelineLine;
}

/** "da fatura NF 1", "das faturas NF 1, NF 2 e mais 3" */
function namesOf(invoices: ReminderReply['invoices']): string {
	const names = invoices.map(({ number, invoice }) => number ?? invoice);
	if (names.length === 1) return `da fatura ${names[0]}`;
	const more = names.length - MOST_NAMED;
	return `das faturas ${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` e mais ${more}` : ''}`;
}

/** "24/12/2026" */
function written(date: DateText): string {
	return date.split('-').reverse().join('/');
}
