/**
 * How one fact is told from another, and how far along it puts its thing: entity, rank and business key. The same for
 * every sender, so that the rules of the order of news hold whoever speaks.
 */
import type { ErpEvent, ErpFact, ErpKind } from './types';

/**
 * Issued, changed and overdue share a rank: a boleto comes after a change, and a new due date after the old one has passed.
 * Money counts more than a cancellation: a cancelled boleto may still be paid. A reversal and a reopening open the charge
 * again; a part payment leaves it open.
 */
export const RANKS: Readonly<Record<ErpKind, number>> = {
	'service_order.opened': 10,
	'service_order.stage_changed': 40,
	'service_order.closed': 80,
	'service_order.cancelled': 90,
	'order.created': 10,
	'order.status_changed': 40,
	'order.cancelled': 90,
	'shipment.updated': 40,
	'invoice.issued': 20,
	'invoice.cancelled': 95,
	'charge.created': 10,
	'charge.issued': 40,
	'charge.changed': 40,
	'charge.overdue': 40,
	'charge.cancelled': 80,
	'charge.reopened': 40,
	'payment.received': 90,
	'payment.partial': 40,
	'payment.reversed': 40,
};

export interface FactNames {
	/** Of another thing than the kind's own, e.g. `pix:E123`. */
	entity?: string;
	/** Tells apart what would otherwise be the same transition twice: the id of one of several payments. */
	occurrence?: string | null;
	/** See ErpFact. */
	after?: readonly ErpKind[];
	newestWins?: true;
}

export function eventFact(event: ErpEvent, { entity: named, occurrence = null, ...more }: FactNames = {}): ErpFact {
	const entity = named ?? entityOf(event.kind, event.sourceId);
	const key = [entity, event.kind, ...detailsOf(event), occurrence].filter((part) => part !== null);
	return { type: 'event', event, businessKey: key.join('/'), entity, rank: RANKS[event.kind], ...more };
}

/** Payments are news of their charge. */
export function entityOf(kind: ErpKind, sourceId: string): string {
	const thing = kind.slice(0, kind.indexOf('.'));
	return `${thing === 'payment' ? 'charge' : thing}:${sourceId}`;
}

/** @param kind the sender's own topic, @param reason in Portuguese: the supervisor reads it */
export function ignored(kind: string, reason: string): ErpFact {
	return { type: 'ignored', kind: kind.slice(0, 120), reason };
}

/** One of several things in a body that is not what it should be: the others are told all the same. */
export function unreadableItem(kind: string, reason: string): ErpFact {
	return ignored(
		`${kind} (ilegível)`,
		`Um item deste aviso não pôde ser lido e ficou de fora; os outros valem: ${reason}.`,
	);
}

/** What makes the same transition of the same thing another fact: the stage it went to, the new due date. */
function detailsOf(event: ErpEvent): (string | null)[] {
	switch (event.kind) {
		case 'service_order.stage_changed':
		case 'order.status_changed':
			return [event.status];
		case 'shipment.updated':
			return [event.status, event.number];
		case 'charge.issued':
		case 'charge.overdue':
			return [event.dueDate];
		case 'charge.changed':
			return [event.dueDate, event.amountCents === null ? null : String(event.amountCents)];
		default:
			return [];
	}
}
