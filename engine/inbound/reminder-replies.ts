/**
 * Is a message the answer to a payment reminder? Then it goes to the trigger that takes such answers, if one is published, and not
 * to the triage too: a customer who taps "Já paguei" shall not be asked for a queue. Costs a message that says nothing of the kind
 * no query.
 */
import { daysBetween, type DateText } from '../business-hours/dates';
import { readPromiseDate } from '../dunning/read-promise-date';
import { readReminderAnswer, REMINDER_OPTION, type ReminderAnswer } from '../dunning/reminder-answers';
import type { Instant, MenuContent } from '../model';
import type { ReminderReply } from '../model-reminder';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Said } from './hear-consent';

const HOUR_MS = 3_600_000;
/** Typed words answer a reminder of at most this age; buttons answer whichever they belong to. */
const ANSWERED_WITHIN_MS = 72 * HOUR_MS;
/** A question for a date waits so long for an answer that does not name its reminder. */
const DATE_WITHIN_MS = 24 * HOUR_MS;

/**
 * @param hears whether some trigger of the channel takes answers to reminders: typed dates are only looked for then
 * @returns what each message answers, by its claim
 */
export async function reminderReplies(
	tx: Tx,
	said: readonly Said[],
	hears: (channelId: string) => boolean,
	now: Instant,
): Promise<Map<string, ReminderReply>> {
	const replies = new Map<string, ReminderReply>();
	const asked: Asked = new Map();
	for (const each of said) {
		const { type } = each.event.content;
		if (type !== 'text' && type !== 'menuReply') continue;
		const answer = readReminderAnswer(each.event.content);
		const reply = answer ? await place(tx, each, answer, asked, now) : await chosenDate(tx, each, hears, asked, now);
		if (!reply) continue;
		replies.set(each.claim, reply);
		if (reply.intent === 'chooseDate') asked.set(each.contactId, reply.reminderId);
	}
	return replies;
}

/** By contact: the reminder to which they asked for a date among the messages at hand, which are not stored yet. */
type Asked = Map<string, string | null>;

/** An answer counts when there was a reminder it can belong to. */
async function place(
	tx: Tx,
	said: Said,
	answer: ReminderAnswer,
	asked: Asked,
	now: Instant,
): Promise<ReminderReply | null> {
	const quoted = said.event.quotedMessageId;
	const reminder =
		(await ownReminder(tx, said, answer.reminderId)) ??
		(await reminderQuoted(tx, said)) ??
		(answer.intent === 'promiseDate' ? await reminderAskedOf(tx, said, asked, now) : null) ??
		(await lastReminder(tx, said.contactId));
	const isTap = said.event.content.reply !== null && reminder?.provider_message_id === quoted && quoted !== null;
	const isFresh = reminder !== null && now - Number(reminder.at) < ANSWERED_WITHIN_MS;
	const counts = answer.certain || isTap || (isFresh && !(await isWithPeople(tx, said.conversationId)));
	if (!counts) return null;
	return { intent: answer.intent, date: answer.date, ...(await toldIn(tx, reminder?.outbox_id ?? null)) };
}

/** A date, or the number of one, after the workflow offered some. */
async function chosenDate(
	tx: Tx,
	said: Said,
	hears: (channelId: string) => boolean,
	asked: Asked,
	now: Instant,
): Promise<ReminderReply | null> {
	const { content, sentAt } = said.event;
	if (content.reply || !hears(said.channelId)) return null;
	const today = saoPauloDate(sentAt);
	const date = readPromiseDate(content.text, today);
	const number = /^\s*(\d{1,2})\s*$/.exec(content.text)?.[1];
	if (!date && !number) return null;
	const options = await offeredDates(tx, said, now);
	if (options.length === 0) return null;
	const chosen = number ? (options[Number(number) - 1]?.id ?? null) : null;
	const answer = chosen ? readReminderAnswer({ text: '', reply: { id: chosen, title: '' } }) : null;
	if (!answer && (!date || daysBetween(today, date) > 366)) return null;
	const reminder =
		(await ownReminder(tx, said, answer?.reminderId ?? null)) ??
		(await reminderAskedOf(tx, said, asked, now)) ??
		(await lastReminder(tx, said.contactId));
	const told = await toldIn(tx, reminder?.outbox_id ?? null);
	return answer
		? { intent: answer.intent, date: answer.date, ...told }
		: { intent: 'promiseDate', date: date!, ...told };
}

/** Only the contact's own: an id is whatever the sender's app says. */
async function ownReminder(tx: Tx, { contactId }: Said, id: string | null) {
	if (id === null) return null;
	return reminders(tx)
		.where('d.outbox_id', '=', id)
		.where('d.contact_id', '=', contactId)
		.executeTakeFirst()
		.then(orNull);
}

/** A date that names no reminder belongs to the one the contact asked to name it for, although a newer one may have come since. */
async function reminderAskedOf(tx: Tx, said: Said, asked: Asked, now: Instant) {
	return ownReminder(tx, said, asked.get(said.contactId) ?? (await lastAskedOf(tx, said, now)));
}

/** The reminder to which the contact last answered that they want to name a date, a day ago at most. */
async function lastAskedOf(tx: Tx, { contactId, channelId }: Said, now: Instant): Promise<string | null> {
	const row = await tx
		.selectFrom('inbound')
		.select('content')
		.where('conversation_id', 'in', (e) =>
			e
				.selectFrom('conversation')
				.select('id')
				.where('contact_id', '=', contactId)
				.where('channel_id', '=', channelId)
				.where('last_inbound_at', '>', now - DATE_WITHIN_MS),
		)
		.where('received_at', '>', now - DATE_WITHIN_MS)
		.where('content', 'like', '%"intent":"chooseDate"%')
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row ? ((JSON.parse(row.content) as { reminder?: ReminderReply }).reminder?.reminderId ?? null) : null;
}

/** The options of the contact's last menu, when they are dates of a reminder. */
async function offeredDates(tx: Tx, { contactId, channelId }: Said, now: Instant) {
	const row = await tx
		.selectFrom('outbox')
		.select('content')
		.where('contact_id', '=', contactId)
		.where('created_at', '>', now - DATE_WITHIN_MS)
		.where('channel_id', '=', channelId)
		.orderBy('created_at', 'desc')
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	const content = row ? (JSON.parse(row.content) as { type: string }) : null;
	if (content?.type !== 'menu') return [];
	const { options } = content as MenuContent;
	return options.some(({ id }) => id.startsWith(`${REMINDER_OPTION}data:`)) ? options : [];
}

/** Only the contact's own: a quotation is whatever the sender's app says. */
async function reminderQuoted(tx: Tx, { contactId, event: { quotedMessageId } }: Said) {
	if (!quotedMessageId) return null;
	return reminders(tx)
		.where('o.provider_message_id', '=', quotedMessageId)
		.where('o.contact_id', '=', contactId)
		.executeTakeFirst()
		.then(orNull);
}

function lastReminder(tx: Tx, contactId: string) {
	return reminders(tx)
		.where('d.contact_id', '=', contactId)
		.where('o.status', '=', 'sent')
		.orderBy('d.at', 'desc')
		.limit(1)
		.executeTakeFirst()
		.then(orNull);
}

function reminders(tx: Tx) {
	return tx
		.selectFrom('dunning_message as d')
		.innerJoin('outbox as o', 'o.id', 'd.outbox_id')
		.select(['d.outbox_id', 'd.at', 'o.provider_message_id']);
}

async function isWithPeople(tx: Tx, conversationId: string): Promise<boolean> {
	const row = await tx.selectFrom('conversation').select('state').where('id', '=', conversationId).executeTakeFirst();
	return row?.state === 'attending' || row?.state === 'queued';
}

/** The invoices a reminder spoke of, oldest due date first. */
async function toldIn(tx: Tx, outboxId: string | null): Promise<Pick<ReminderReply, 'reminderId' | 'invoices'>> {
	if (outboxId === null) return { reminderId: null, invoices: [] };
	const rows = await tx
		.selectFrom('dunning_step as s')
		.leftJoin('receivable as r', (join) =>
			join.onRef('r.creditor', '=', 's.creditor').onRef('r.invoice', '=', 's.invoice'),
		)
		.select(['s.creditor', 's.invoice', 's.step', 'r.number', 'r.due_date', 'r.amount_cents', 'r.state'])
		.where(oneOf(tx, 's.outbox_id', [outboxId]))
		.orderBy('r.due_date')
		.orderBy('s.invoice')
		.execute();
	const invoices = rows.map(({ creditor, invoice, step, number, due_date, amount_cents, state }) => ({
		creditor,
		invoice,
		step,
		number,
		dueDate: due_date,
		amountCents: amount_cents === null ? null : Number(amount_cents),
		state: state ?? 'open',
	}));
	return { reminderId: outboxId, invoices };
}

const SAO_PAULO = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' });
const saoPauloDate = (at: Instant): DateText => SAO_PAULO.format(at);
const orNull = <T>(row: T | undefined): T | null => row ?? null;
