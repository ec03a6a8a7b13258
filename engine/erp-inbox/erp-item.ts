/** What a workflow gets for one fact of an ERP. A stable contract: fields may be added, none renamed. */
import { formatReais } from '../brazil/money';
import type { ErpEvent } from '../erp/types';
import type { Outcome } from './judge';
import { nameOfSystem } from './system-names';

/** A row of erp_event, without what no item carries. */
export interface StoredErpEvent {
	seq: number;
	id: string;
	source: string;
	system: string;
	delivery_key: string;
	business_key: string | null;
	kind: string;
	outcome: string;
	reason: string | null;
	event: string | null;
	received_at: number;
	test: number;
	raw?: string;
}

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** The canonical event, flat. Of a topic that is ignored, `kind` is the sender's own word and the rest is null. */
export interface ErpItem extends Omit<
	Nullable<ErpEvent>,
	'kind' | 'system' | 'occurredAt' | 'customer' | 'links' | 'related'
> {
	kind: string;
	system: string;
	/** As people know it, e.g. "Mercado Livre". */
	systemName: string;
	/** ISO 8601, UTC. */
	occurredAt: string | null;
	customer: ErpEvent['customer'];
	/** "R$ 1.234,50" */
	amount: string | null;
	links: ErpEvent['links'];
	related: ErpEvent['related'];
	/** The same fact always has the same: a base for the dedupe keys of what is sent for it. */
	key: string;
	outcome: Exclude<Outcome, 'unreadable'>;
	/** Why it is no event, in Portuguese. */
	reason: string | null;
	receivedAt: string;
	eventId: string;
	test: boolean;
	/** The body as the ERP sent it, when asked for: parsed, or as text where it is no JSON. */
	raw?: unknown;
}

/** @param raw the body it came with, when it is asked for */
export function erpItem(row: StoredErpEvent, raw?: string): ErpItem {
	const event = row.event === null ? null : (JSON.parse(row.event) as ErpEvent);
	return {
		kind: row.kind,
		system: row.system,
		systemName: nameOfSystem(row.system),
		sourceId: event?.sourceId ?? null,
		occurredAt: iso(event?.occurredAt ?? null),
		customer: event?.customer ?? { id: null, name: null, document: null, phone: null, email: null },
		amountCents: event?.amountCents ?? null,
		amount: event?.amountCents == null ? null : formatReais(event.amountCents),
		dueDate: event?.dueDate ?? null,
		number: event?.number ?? null,
		status: event?.status ?? null,
		description: event?.description ?? null,
		links: event?.links ?? { invoice: null, boleto: null, tracking: null },
		boleto: event?.boleto ?? null,
		pix: event?.pix ?? null,
		related: { ...NO_RELATED, ...event?.related },
		key: `${row.source}|${row.business_key ?? row.delivery_key}`,
		outcome: row.outcome as ErpItem['outcome'],
		reason: row.reason,
		receivedAt: iso(Number(row.received_at))!,
		eventId: row.id,
		test: row.test === 1,
		...(raw === undefined ? {} : { raw: parsed(raw) }),
	};
}

/** What was stored by an earlier version may lack the newest. */
const NO_RELATED: ErpEvent['related'] = { serviceOrder: null, order: null, txid: null, installment: null };

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}

function parsed(raw: string): unknown {
	try {
		return JSON.parse(raw);
	} catch {
		return raw;
	}
}
