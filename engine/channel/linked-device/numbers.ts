/**
 * Is a number on WhatsApp, and under which address? Asked once and known for a while (V-10): WhatsApp dislikes whoever asks much.
 * Of a Brazilian mobile both forms are tried, with and without the ninth digit, and the one that WhatsApp confirms is kept (D-06).
 */
import type { Instant } from '../../model';
import { normalizePhone, phoneVariants } from '../../phone';
import type { Store } from '../../store/open-store';
import { insertMany } from '../../store/sql';

/** As the socket's `onWhatsApp` answers: a number that is not there may be missing from the answer. */
export interface NumberAnswer {
	jid: string;
	/** The person's LID, where WhatsApp told it. */
	lid?: string | null;
	exists: boolean;
}

export interface NumberLookup {
	store: Store;
	channelId: string;
	/** Asks WhatsApp about digits with country code. Rejects, or answers with undefined as Baileys may, when no answer came. */
	ask(digits: string[]): Promise<NumberAnswer[] | undefined>;
	now: Instant;
}

export type FoundNumber =
	| { type: 'onWhatsApp'; jid: string; lid: string | null }
	| { type: 'notOnWhatsApp' }
	/** WhatsApp did not answer; nothing is known and nothing is kept. */
	| { type: 'unclear'; reason: string };

/** @param digits with country code */
export async function lookUpNumber(lookup: NumberLookup, digits: string): Promise<FoundNumber> {
	const { store, channelId, now } = lookup;
	const known = await store.read((db) =>
		db
			.selectFrom('linked_number')
			.select(['jid', 'lid', 'at'])
			.where('channel_id', '=', channelId)
			.where('phone', '=', digits)
			.executeTakeFirst(),
	);
	if (known && isFresh(known, now)) return known.jid === null ? { type: 'notOnWhatsApp' } : found(known.jid, known.lid);

	const forms = formsOf(digits);
	const answer = await askOneByOne(lookup, forms);
	if (answer.type !== 'unclear') await keep(lookup, [...new Set([digits, ...forms])], answer);
	return answer;
}

/** Deletes what is no answer any more, and questions that nobody answered. */
export async function forgetNumbers(store: Store, now: Instant): Promise<void> {
	await store.transaction((tx) =>
		tx
			.deleteFrom('linked_number')
			.where((e) =>
				e.or([e('at', '<', now - KNOWN_FOR_MS), e.and([e('jid', 'is', null), e('at', '<', now - UNKNOWN_FOR_MS)])]),
			)
			// Somebody may wait for it at this moment.
			.where((e) => e.or([e('asked_at', 'is', null), e('asked_at', '<', now - UNKNOWN_FOR_MS)]))
			.execute(),
	);
}

// ---------------------------------------------------------------- helpers

const DAY_MS = 86_400_000;
const KNOWN_FOR_MS = 30 * DAY_MS;
/** Somebody may begin to use WhatsApp tomorrow. */
const UNKNOWN_FOR_MS = DAY_MS;

/** A clock that was set back does not make an answer last longer. */
export function isFresh({ jid, at }: { jid: string | null; at: Instant }, now: Instant): boolean {
	return Math.abs(now - at) < (jid === null ? UNKNOWN_FOR_MS : KNOWN_FOR_MS);
}

/** Most likely first; what is no phone we know is asked as it is. */
function formsOf(digits: string): string[] {
	const phone = normalizePhone(digits, { source: 'waId' });
	return phone.ok ? phoneVariants(phone.e164) : [digits];
}

/** The second form only where the first is unknown: each question counts. */
async function askOneByOne({ ask }: NumberLookup, forms: readonly string[]): Promise<FoundNumber> {
	for (const form of forms) {
		try {
			const answers = await ask([form]);
			if (!answers) return { type: 'unclear', reason: 'WhatsApp did not answer.' };
			const there = answers.find(({ exists }) => exists);
			if (there) return found(there.jid, there.lid ?? null);
		} catch (error) {
			return { type: 'unclear', reason: error instanceof Error ? error.message : String(error) };
		}
	}
	return { type: 'notOnWhatsApp' };
}

const found = (jid: string, lid: string | null): FoundNumber => ({ type: 'onWhatsApp', jid, lid });

/** For every form of the number: all of them lead to the same answer. */
async function keep({ store, channelId, now }: NumberLookup, forms: readonly string[], answer: FoundNumber) {
	const { jid, lid } = answer.type === 'onWhatsApp' ? answer : { jid: null, lid: null };
	const rows = forms.map((phone) => ({ channel_id: channelId, phone, jid, lid, at: now }));
	const conflict =
		'on conflict (channel_id, phone) do update set jid = excluded.jid, lid = excluded.lid, at = excluded.at';
	await store.transaction((tx) => insertMany(tx, 'linked_number', rows, conflict));
}
