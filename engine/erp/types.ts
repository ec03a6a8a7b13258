/**
 * What an ERP tells, in one shape whatever its dialect (brazil.md §8). Values only.
 *
 *   delivery  one HTTP request of an ERP; the same one may come again
 *   event     one fact within it: a batch of Pix holds several
 *   entity    the thing it is about, e.g. "charge:pay_1"
 *   rank      how far along the entity is: news of a lower rank than what is known is stale
 */
import type { Instant } from '../model';

export type ErpSystem =
	'omie' | 'bling' | 'asaas' | 'kobana' | 'tiny' | 'bacenPix' | 'woovi' | 'mercadoLivre' | 'odoo' | 'totvs' | 'generic';

/** entity kind . transition. What a company tells its customers about; everything else is `ignored`. */
export const ERP_KINDS = [
	'service_order.opened',
	'service_order.stage_changed',
	'service_order.closed',
	'service_order.cancelled',
	'order.created',
	'order.status_changed',
	'order.cancelled',
	'shipment.updated',
	'invoice.issued',
	'invoice.cancelled',
	'charge.created',
	'charge.issued', // its boleto or Pix code exists
	'charge.changed',
	'charge.overdue',
	'charge.cancelled',
	'charge.reopened', // it was cancelled or deleted, and is owed again
	'payment.received',
	'payment.partial', // less than what is owed: the charge stays open
	'payment.reversed',
] as const;
export type ErpKind = (typeof ERP_KINDS)[number];

export interface ErpCustomer {
	/** The ERP's id of the customer, for a lookup; most bodies have nothing else. */
	id: string | null;
	name: string | null;
	/** CPF or CNPJ without punctuation. */
	document: string | null;
	phone: string | null;
	email: string | null;
}

/** The canonical event: every field is there; null = the body did not say. */
export interface ErpEvent {
	kind: ErpKind;
	system: ErpSystem;
	/** The id of the thing in the ERP: the order, the charge. */
	sourceId: string;
	/** When it happened there; null = the body has no clock. */
	occurredAt: Instant | null;
	customer: ErpCustomer;
	amountCents: number | null;
	/** YYYY-MM-DD */
	dueDate: string | null;
	/** What people call it: order number, invoice number. */
	number: string | null;
	/** Where it stands, in the ERP's words: stage, status. */
	status: string | null;
	description: string | null;
	links: { invoice: string | null; boleto: string | null; tracking: string | null };
	/** Linha digitável, digits only. */
	boleto: string | null;
	/** Copia e cola. */
	pix: string | null;
	/** What belongs to it: the service order of a charge, the txid of a Pix, the plan whose instalment it is. */
	related: { serviceOrder: string | null; order: string | null; txid: string | null; installment: string | null };
}

/** One fact of a delivery, with the keys that make it happen once. */
export type ErpFact =
	| {
			type: 'event';
			event: ErpEvent;
			/** Per source: the same fact in another delivery, e.g. CONFIRMED then RECEIVED, runs once. */
			businessKey: string;
			/** e.g. "charge:pay_1" */
			entity: string;
			/** 0–100. */
			rank: number;
			/**
			 * It is a fact only where the last news of its entity is one of these, and older: a body that says "not paid"
			 * tells of a reversal when the entity was paid, and of nothing otherwise.
			 */
			after?: readonly ErpKind[];
			/** The body tells how its thing stands as a whole: an older one is old, however far along it puts the thing. */
			newestWins?: true;
	  }
	/** Acknowledged, told, never messaged. `kind`: the sender's own topic. */
	| { type: 'ignored'; kind: string; reason: string };

export type ErpReading =
	| {
			type: 'read';
			/** Names the delivery: its replay is dropped. With several facts each gets a number behind it. */
			deliveryKey: string;
			facts: ErpFact[];
	  }
	/** Not a body of this sender: 4xx with this reason (English: an integrator reads it). */
	| { type: 'unreadable'; reason: string };

/** A request as it came in; header names in lower case. */
export interface ErpRequest {
	headers: Readonly<Record<string, string | undefined>>;
	query: Readonly<Record<string, string | undefined>>;
	body: Buffer;
}

/** What the credential holds; which of them a sender needs, its preset says. */
export interface ErpSecrets {
	/** Token, client secret or HMAC key, as the sender calls it. */
	secret: string;
	/** Who must be the sender: appKey, CNPJ, companyId…; '' = anybody with the secret. */
	account: string;
}

export type ErpCheck = { ok: true } | { ok: false; reason: string };

/** Everything that differs between senders. One file each in engine/erp/presets. */
export interface ErpPreset {
	system: ErpSystem;
	/** Whether the sender is who it says (constant time, over the raw bytes). */
	check(request: ErpRequest, secrets: ErpSecrets): ErpCheck;
	/** `options`: of the generic mapper and of presets with a choice (stage names, which status closes). */
	read(request: ErpRequest, options: ErpReadOptions, receivedAt: Instant): ErpReading;
	/** The status the sender wants to see for "taken", e.g. exactly 200. */
	acknowledge: 200 | 202 | 204;
}

export interface ErpReadOptions {
	/** Generic mapper: dotted paths into the body by canonical field. */
	paths?: Record<string, string>;
	/** Generic mapper: the sender's word → kind. */
	kinds?: Record<string, ErpKind>;
	/** Stages or statuses that mean closed or cancelled, in the ERP's words, lower case. */
	closedStages?: string[];
	cancelledStages?: string[];
}
