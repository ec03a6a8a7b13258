/**
 * Any other ERP: dotted paths lead from its body to the canonical fields, and a table turns its words into kinds. A body
 * that already has the canonical names needs no paths.
 */
import { digestOfBytes, readJson, readOf, unreadable, valueAt } from '../body';
import { checkHmac, checkToken } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import { ERP_KINDS, type ErpKind, type ErpPreset, type ErpReadOptions } from '../types';
import { boletoOf, centsOf, dateOf, idOf, instantOf, linkOf, pixOf, taxIdOf, textOf, wholeCentsOf } from '../values';

/** What `paths` may name. `amount` is in reais, `amountCents` in cents; `deliveryId` names the request itself. */
export const GENERIC_FIELDS = [
	'kind',
	'sourceId',
	'deliveryId',
	'occurredAt',
	'customer.id',
	'customer.name',
	'customer.document',
	'customer.phone',
	'customer.email',
	'amount',
	'amountCents',
	'dueDate',
	'number',
	'status',
	'description',
	'links.invoice',
	'links.boleto',
	'links.tracking',
	'boleto',
	'pix',
	'related.serviceOrder',
	'related.order',
	'related.txid',
	'related.installment',
] as const;
export type GenericField = (typeof GENERIC_FIELDS)[number];

const SIGNATURES = ['x-hub-signature-256', 'x-signature-256'];

export const generic: ErpPreset = {
	system: 'generic',
	acknowledge: 200,
	/** A signature when there is one (`sha256=<hex HMAC>`), else the token. */
	check(request, secrets) {
		const header = SIGNATURES.find((name) => request.headers[name] !== undefined);
		if (header === undefined) return checkToken(request, secrets);
		return checkHmac(request, { header, algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' }, secrets);
	},
	read: (request, options) =>
		readJson(request, (body) => {
			const at = (field: GenericField) => valueAt(body, pathOf(options, field));
			const missing = (field: GenericField, what: string) => unreadable(`${pathOf(options, field)} ${what}`);

			const deliveryKey = idOf(at('deliveryId')) ?? digestOfBytes(request.body);
			const word = textOf(at('kind'), 120);
			const kind = kindOf(word, options);
			if (kind === null) {
				if (word === null) return missing('kind', 'is missing or is not a text');
				return readOf(deliveryKey, ignored(word, `O evento "${word}" não está na tabela de tipos desta fonte.`));
			}
			const sourceId = idOf(at('sourceId'));
			if (sourceId === null) return missing('sourceId', 'is missing or is not an id');
			return readOf(deliveryKey, eventFact(eventOf(kind, sourceId, at)));
		}),
};

function pathOf(options: ErpReadOptions, field: GenericField): string {
	const paths = options.paths ?? {};
	const path = Object.hasOwn(paths, field) ? paths[field]!.trim() : '';
	return path === '' ? field : path;
}

/** The table first ('*' = any word), then the canonical name itself. */
function kindOf(word: string | null, options: ErpReadOptions): ErpKind | null {
	const table = Object.entries(options.kinds ?? {});
	const named = table.find(([name]) => word !== null && name.trim().toLowerCase() === word.toLowerCase());
	const found =
		named?.[1] ?? ERP_KINDS.find((kind) => kind === word) ?? table.find(([name]) => name.trim() === '*')?.[1];
	return found ?? null;
}

function eventOf(kind: ErpKind, sourceId: string, at: (field: GenericField) => unknown) {
	return makeEvent('generic', {
		kind,
		sourceId,
		occurredAt: instantOf(at('occurredAt')),
		customer: {
			id: idOf(at('customer.id')),
			name: textOf(at('customer.name')),
			document: taxIdOf(at('customer.document')),
			phone: textOf(at('customer.phone'), 100),
			email: textOf(at('customer.email'), 320),
		},
		amountCents: wholeCentsOf(at('amountCents')) ?? centsOf(at('amount')),
		dueDate: dateOf(at('dueDate')),
		number: textOf(at('number'), 200),
		status: textOf(at('status'), 120),
		description: textOf(at('description')),
		links: {
			invoice: linkOf(at('links.invoice')),
			boleto: linkOf(at('links.boleto')),
			tracking: linkOf(at('links.tracking')),
		},
		boleto: boletoOf(at('boleto')),
		pix: pixOf(at('pix')),
		related: {
			serviceOrder: idOf(at('related.serviceOrder')),
			order: idOf(at('related.order')),
			txid: idOf(at('related.txid')),
			installment: idOf(at('related.installment')),
		},
	});
}
