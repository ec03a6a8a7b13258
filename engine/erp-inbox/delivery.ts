/** What does one request of an ERP bring to the store? Names its rows; decides nothing about them. */
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

/**
 * Several facts are numbered: `<key>#1`, `<key>#2`. A test has keys of its own.
 * @param digest names a body that nothing could be read from, the same for the same bytes
 */
export function candidatesOf(delivery: ErpDelivery, digest: (body: Buffer) => string): Candidate[] {
	const { reading, body, source, system, receivedAt, kinds, test } = delivery;
	const key = reading.type === 'read' ? reading.deliveryKey : `unreadable:${digest(body)}`;
	const base = clean(test ? `test:${newId('t', receivedAt)}` : key);
	const facts: Array<ErpFact | null> = reading.type === 'read' ? [...reading.facts] : [null];
	if (facts.length === 0) facts.push(NOTHING);
	const reason = reading.type === 'read' ? '' : clean(reading.reason);
	return facts.map((fact, i) => ({
		id: newId('erp', receivedAt),
		source,
		system,
		deliveryKey: facts.length > 1 ? `${base}#${i + 1}` : base,
		fact: test && fact?.type === 'event' ? { ...fact, businessKey: `${base}|${fact.businessKey}` } : fact,
		reason,
		raw: i === 0 ? clean(body.toString('utf8', 0, RAW_AT_MOST)) : '',
		receivedAt,
		wanted: fact?.type !== 'event' || kinds === null || kinds.has(fact.event.kind),
		test,
	}));
}

const NOTHING: ErpFact = { type: 'ignored', kind: 'vazio', reason: 'O aviso não traz nenhum fato.' };

/** The delivery a row came with, whichever of its facts it is. */
export function deliveryOf(deliveryKey: string): string {
	return deliveryKey.replace(/#\d+$/, '');
}

/** PostgreSQL keeps no NUL in a text. */
function clean(text: string): string {
	return text.replaceAll('\0', '\uFFFD');
}
