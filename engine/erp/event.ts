/** What is an event of an ERP, exactly? The schema of the canonical event, and how one is made from what a body said. */
import { z } from 'zod';
import { isDateText } from '../business-hours/dates';
import { ERP_KINDS, type ErpCustomer, type ErpEvent, type ErpKind, type ErpSystem } from './types';

export const ERP_SYSTEMS = [
	'omie',
	'bling',
	'asaas',
	'kobana',
	'tiny',
	'bacenPix',
	'woovi',
	'mercadoLivre',
	'odoo',
	'totvs',
	'generic',
] as const satisfies readonly ErpSystem[];

const text = (longest: number) => z.string().min(1).max(longest).nullable();
const link = text(2000);

/** Every field is there and of its type, nothing else is. */
export const erpEventSchema: z.ZodType<ErpEvent> = z
	.object({
		kind: z.enum(ERP_KINDS),
		system: z.enum(ERP_SYSTEMS),
		sourceId: z.string().min(1).max(200),
		occurredAt: z.number().int().nullable(),
		customer: z
			.object({
				id: text(200),
				name: text(500),
				document: z
					.string()
					.regex(/^(\d{11}|[0-9A-Z]{12}\d\d)$/)
					.nullable(),
				phone: text(100),
				email: text(320),
			})
			.strict(),
		amountCents: z.number().int().nonnegative().nullable(),
		dueDate: z.string().refine(isDateText).nullable(),
		number: text(500),
		status: text(500),
		description: text(2000),
		links: z.object({ invoice: link, boleto: link, tracking: link }).strict(),
		boleto: z
			.string()
			.regex(/^\d{47,48}$/)
			.nullable(),
		pix: text(1000),
		related: z.object({ serviceOrder: text(200), order: text(200), txid: text(200), installment: text(200) }).strict(),
	})
	.strict();

export interface GivenEvent extends Partial<Omit<ErpEvent, 'kind' | 'system' | 'customer' | 'links' | 'related'>> {
	kind: ErpKind;
	sourceId: string;
	customer?: Partial<ErpCustomer>;
	links?: Partial<ErpEvent['links']>;
	related?: Partial<ErpEvent['related']>;
}

/** A whole event: what is not given is null. */
export function makeEvent(system: ErpSystem, given: GivenEvent): ErpEvent {
	return {
		kind: given.kind,
		system,
		sourceId: given.sourceId,
		occurredAt: given.occurredAt ?? null,
		customer: { id: null, name: null, document: null, phone: null, email: null, ...given.customer },
		amountCents: given.amountCents ?? null,
		dueDate: given.dueDate ?? null,
		number: given.number ?? null,
		status: given.status ?? null,
		description: given.description ?? null,
		links: { invoice: null, boleto: null, tracking: null, ...given.links },
		boleto: given.boleto ?? null,
		pix: given.pix ?? null,
		related: { serviceOrder: null, order: null, txid: null, installment: null, ...given.related },
	};
}
