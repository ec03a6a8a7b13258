/** What does one request of an ERP bring to the store? Names its rows; decides nothing about them. */
import { decodeBody } from '../erp/body';
import type { ErpFact, ErpKind, ErpReading, ErpSystem } from '../erp/types';
import { newId } from '../ids';
import type { Instant } from '../model';

export interface ErpDelivery {
	/** workflow id + node id of the trigger it came to. */
	source: string;
	system: ErpSystem;
	reading: ErpReading;
	body: Buffer;
	receivedAt: Instant;
	/** What the workflow asked for; null = every kind. */
	kinds: ReadonlySet<ErpKind> | null;
	/** Taken by a manual test: it leaves the keys of production alone and is never run in production. */
	test: boolean;
}

/** One row to be: a fact of a delivery, or a delivery without any. */
export interface Candidate {
	id: string;
	source: string;
	system: ErpSystem;
	deliveryKey: string;
	/** null where nothing could be read; `reason` says why. */
	fact: ErpFact | null;
	reason: string;
	/** '' but for the first fact of a delivery: it is kept once. */
	raw: string;
	receivedAt: Instant;
	/** Whether the workflow asked for this kind. */
	wanted: boolean;
	test: boolean;
}

/** Kept for people to look at; what is larger is cut. */
export const RAW_AT_MOST = 256 * 1024;

/** Stands between a delivery and the number of its fact; no key of a sender keeps it. Older rows have a '#'. */
const NUMBERED = '␟';

/**
 * Several facts are numbered: `<key>␟1`, `<key>␟2`. A test has keys of its own.
 * @param digest names a body that nothing could be read from, the same for the same bytes
 */
export function candidatesOf(delivery: ErpDelivery, digest: (body: Buffer) => string): Candidate[] {
	const { reading, body, source, system, receivedAt, kinds, test } = delivery;
	const key = reading.type === 'read' ? reading.deliveryKey : `unreadable:${digest(body)}`;
	const base = clean(test ? `test:${newId('t', receivedAt)}` : key).replaceAll(NUMBERED, '\uFFFD');
	const facts: Array<ErpFact | null> = reading.type === 'read' ? [...reading.facts] : [null];
	if (facts.length === 0) facts.push(NOTHING);
	const reason = reading.type === 'read' ? '' : clean(reading.reason);
	return facts.map((fact, i) => ({
		id: newId('erp', receivedAt),
		source,
		system,
		deliveryKey: facts.length > 1 ? `${base}${NUMBERED}${i + 1}` : base,
		fact: test && fact?.type === 'event' ? { ...fact, businessKey: `${base}|${fact.businessKey}` } : fact,
		reason,
		raw: i === 0 ? clean(decodeBody(body, RAW_AT_MOST)) : '',
		receivedAt,
		wanted: fact?.type !== 'event' || kinds === null || kinds.has(fact.event.kind),
		test,
	}));
}

const NOTHING: ErpFact = { type: 'ignored', kind: 'vazio', reason: 'O aviso não traz nenhum fato.' };

/** The delivery of a manual test a row came with, whichever of its facts it is. */
export function testDeliveryOf(deliveryKey: string): string {
	return deliveryKey.replace(/[␟#]\d+$/, '');
}

/**
 * The row that keeps the body of a row without one: the first fact of its delivery. A sender's own key may look numbered
 * (`aviso#2`), but a delivery of one fact keeps its body itself.
 */
export function firstRowOf(deliveryKey: string): string {
	return deliveryKey.replace(/(?<=[␟#])\d+$/, '1');
}

/** PostgreSQL keeps no NUL in a text. */
function clean(text: string): string {
	return text.replaceAll('\0', '\uFFFD');
}
