/**
 * What did the other side say? Picks, from the events of a socket, those that become inbound events of the desk. They are taken
 * where Baileys hands them over, before its own buffer: that holds them back for seconds, merges them, and is lost with the line.
 */
import type { BaileysEventMap, LIDMapping, WAMessage } from '@whiskeysockets/baileys';
import type { InboundEvent, Instant } from '../../model';
import type { Db, Tx } from '../../store/open-store';
import { lidOf, phoneDigitsOf, type OwnNames } from './jids';
import { textsOfEdits, type EditFacts, type Spoken } from './open-edits';
import { readMessage, readUnopened } from './read-message';
import { readReceipt, readUpdate } from './read-receipt';
import { areOurs, outboxIdsOf } from './sent-messages';

type Events = BaileysEventMap;

export type Heard =
	| { what: 'message'; message: WAMessage; upsert: 'notify' | 'append' }
	/** One that could not be opened, and was not sent again. */
	| { what: 'unopened'; message: WAMessage }
	| { what: 'update'; update: Events['messages.update'][number] }
	| { what: 'receipt'; receipt: Events['message-receipt.update'][number] }
	| { what: 'mapping'; mapping: LIDMapping };

/** Copies what is said: Baileys goes on working with its objects. */
export function heardIn<E extends keyof Events>(event: E, data: Events[E]): Heard[] {
	switch (event) {
		case 'messages.upsert': {
			const { messages, type } = data as Events['messages.upsert'];
			return messages.map((message) => ({ what: 'message', message: { ...message }, upsert: type }));
		}
		case 'messages.update':
			return (data as Events['messages.update']).map((update) => ({ what: 'update', update }));
		case 'message-receipt.update':
			return (data as Events['message-receipt.update']).map((receipt) => ({ what: 'receipt', receipt }));
		case 'lid-mapping.update':
			return [{ what: 'mapping', mapping: data as LIDMapping }];
		case 'messaging-history.set':
			return ((data as Events['messaging-history.set']).lidPnMappings ?? []).map((mapping) => ({
				what: 'mapping',
				mapping,
			}));
		default:
			return [];
	}
}

export interface HeardFacts extends EditFacts {
	now: Instant;
}

/**
 * What it means to the desk, in the order it was heard. What is "from me" and was sent from here is no echo; reports are given the
 * outbox id of their message, by which they find it even before its sending was recorded.
 * @param skipped told of what could not be read
 */
export async function toEvents(
	db: Db | Tx,
	heard: readonly Heard[],
	{ now, ...facts }: HeardFacts,
	skipped: (error: unknown) => void,
): Promise<InboundEvent[]> {
	const { channelId, own } = facts;
	const spoken: Spoken[] = [];
	const events = heard.flatMap((each) => {
		try {
			const event = readHeard(each, own, now);
			if (each.what === 'message' && (event?.type === 'message' || event?.type === 'echo'))
				spoken.push({ message: each.message.message, event });
			return event ? [event] : [];
		} catch (error) {
			skipped(error);
			return [];
		}
	});
	const texts = await textsOfEdits(db, spoken, facts, skipped);
	const idsOf = (type: 'echo' | 'status') =>
		events.flatMap((event) => (event.type === type ? [event.providerMessageId] : []));
	const ours = await areOurs(db, channelId, idsOf('echo'));
	const outboxIds = await outboxIdsOf(db, channelId, idsOf('status'));
	return events.flatMap((event): InboundEvent[] => {
		if (event.type === 'echo' && ours.has(event.providerMessageId)) return [];
		if (event.type === 'message' || event.type === 'echo') {
			const text = texts.get(event);
			return [text === undefined ? event : { ...event, content: { ...event.content, text } }];
		}
		if (event.type !== 'status') return [event];
		return [{ ...event, outboxId: event.outboxId ?? outboxIds.get(event.providerMessageId) ?? null }];
	});
}

function readHeard(heard: Heard, own: OwnNames, now: Instant): InboundEvent | null {
	switch (heard.what) {
		case 'message':
			return readMessage(heard.message, own, heard.upsert, now);
		case 'unopened':
			return readUnopened(heard.message, own, now);
		case 'update':
			return readUpdate(heard.update, now);
		case 'receipt':
			return readReceipt(heard.receipt, now);
		case 'mapping':
			return identityOf(heard.mapping, now);
	}
}

/** The phone and the LID of one person. */
function identityOf({ lid: lidJid, pn }: LIDMapping, at: Instant): InboundEvent | null {
	const lid = lidOf(lidJid);
	const waId = phoneDigitsOf(pn);
	if (lid === null || waId === null) return null;
	const nobody = { waId: null, bsuid: null, lid: null };
	return {
		type: 'identity',
		providerMessageId: `${lid}=${waId}`,
		from: { ...nobody, lid },
		to: { ...nobody, waId, lid },
		at,
		raw: null,
	};
}
