/**
 * What becomes of a message that is exactly a word of consent (D-35)? It is written down, answered once, and marked so that
 * no bot takes it for an answer. Costs nothing for all other messages.
 */
import { consentOf, NO_CONSENT, recordOptIn, recordOptOut, type Consent } from '../consent/consent';
import { consentKey, readConsentWord, type ConsentWord } from '../consent/opt-out-words';
import type { ConsentNews, Instant, MessageEvent } from '../model';
import { enqueue } from '../outbox/enqueue';
import { loadChannelSettings } from '../settings/channel-settings';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';
import { CONSENT_PURPOSES, confirmationOf, isConfirmedAlready } from './consent-confirmation';
import { pendingOptions } from './pending-options';

/** A new message of a contact and where it belongs. */
export interface Said {
	channelId: string;
	contactId: string;
	conversationId: string;
	event: MessageEvent;
	/** Identity of the message: its confirmation is enqueued once. */
	claim: string;
}

/**
 * Returns what each message changed, in their order, and how many confirmations wait to be sent. Messages of one contact count
 * in the order they were written.
 */
export async function hearConsent(
	tx: Tx,
	said: readonly Said[],
	now: Instant,
): Promise<{ news: Array<ConsentNews | null>; confirmations: number; lines: TimelineLine[] }> {
	const news: Array<ConsentNews | null> = said.map(() => null);
	const lines: TimelineLine[] = [];
	const words = said.flatMap((each, index) => {
		const word = readConsentWord(each.event.content);
		return word ? [{ ...each, word, index }] : [];
	});
	if (words.length === 0) return { news, confirmations: 0, lines };
	let confirmations = 0;

	const settings = await loadChannelSettings(tx, [...new Set(words.map((w) => w.channelId))]);
	for (const each of words) {
		if (!settings.get(each.channelId)!.optOutWords) continue;
		const known = (await consentOf(tx, [each.contactId])).get(each.contactId) ?? NO_CONSENT;
		if (each.word.onlyIfOut && !isOut(known)) continue;
		if (each.word.mayBeAnswer && (await isAnswer(tx, each, now))) continue;
		news[each.index] = each.word.news;
		lines.push(...(await writeDown(tx, each, each.word, now)));
		if (await confirm(tx, each, each.word.news, now)) confirmations++;
	}
	return { news, confirmations, lines };
}

function isOut(consent: Consent): boolean {
	return consent.optedOutAt !== null || consent.marketingStoppedAt !== null;
}

/** "Sair" may be an option of the menu the contact has just received: then it answers that. */
async function isAnswer(tx: Tx, said: Said, now: Instant): Promise<boolean> {
	const key = consentKey(said.event.content.text);
	const options = await pendingOptions(tx, said, now);
	return options.some((title) => consentKey(title) === key);
}

async function writeDown(tx: Tx, said: Said, word: ConsentWord, now: Instant): Promise<TimelineLine[]> {
	const { contactId, conversationId, channelId, event } = said;
	const at = Math.min(event.sentAt, now);
	const words = event.content.text.trim();
	const change =
		word.news === 'optedIn'
			? await recordOptIn(tx, contactId, `mensagem do próprio contato em ${dateTime(at)} (“${words}”)`, at)
			: await recordOptOut(tx, contactId, word.news === 'optedOut' ? 'all' : 'marketing', `respondeu “${words}”`, at);
	return change.lines.map((line) => ({ ...line, conversationId, channelId }));
}

/** Said once, also while a person attends the conversation: the contact shall know that the wish was heard. */
async function confirm(tx: Tx, said: Said, news: ConsentNews, now: Instant): Promise<boolean> {
	if (await isConfirmedAlready(tx, said.contactId, news, now)) return false;
	const { channelId, contactId, conversationId, event, claim } = said;
	await enqueue(
		tx,
		[
			{
				channelId,
				contactId,
				conversationId,
				address: event.sender.address,
				content: { type: 'text', text: confirmationOf(news) },
				origin: 'bot',
				purpose: CONSENT_PURPOSES[news],
				kind: 'reply',
				dedupeKey: `consent|${claim}`,
			},
		],
		now,
	);
	return true;
}

const BRASILIA = new Intl.DateTimeFormat('pt-BR', {
	timeZone: 'America/Sao_Paulo',
	dateStyle: 'short',
	timeStyle: 'short',
});

/** e.g. "22/11/2026, 10:00", by the clocks of Brasília. */
function dateTime(at: Instant): string {
	return BRASILIA.format(at);
}
