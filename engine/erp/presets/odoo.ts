/**
 * Odoo: an automation rule posts `{ _action, _id, _model, …fields chosen in the rule }`, waits one second and never
 * repeats. Read are customer invoices (`account.move`); any other model is acknowledged only.
 * Source: github odoo/odoo, base/models/ir_actions.py, _run_action_webhook
 */
import { digestOf, readJson, readOf, unreadable, type JsonObject } from '../body';
import { checkToken } from '../checks';
import { makeEvent } from '../event';
import { entityOf, eventFact, ignored, type FactNames } from '../facts';
import type { ErpFact, ErpKind, ErpPreset } from '../types';
import { centsOf, dateOf, idOf, instantOf, textOf } from '../values';

export const odoo: ErpPreset = {
	system: 'odoo',
	acknowledge: 200,
	check: checkToken,
	read: (request) =>
		readJson(request, (body) => {
			const model = textOf(body['_model'], 120);
			if (model === null) return unreadable('_model is missing or is not a text');
			const id = idOf(body['_id']);
			if (id === null) return unreadable('_id is missing or is not an id');
			if (model !== 'account.move') {
				const why = `O modelo ${model} do Odoo não vira aviso a clientes; use a fonte genérica para ele.`;
				return readOf(digestOf(model, id, request.body), ignored(model, why));
			}
			const [state, paid] = [textOf(body['state'], 60), textOf(body['payment_state'], 60)];
			if (state === null) return unreadable('state is missing: choose it among the fields of the webhook action');
			// The same states come again when a payment is undone: the moment of writing tells them apart.
			const written = textOf(body['write_date'], 40);
			const deliveryKey = [model, id, state, paid ?? '', written].filter((part) => part !== null).join(':');
			const kind = kindOf(state, paid, textOf(body['move_type'], 60));
			if (kind === null) {
				const why = 'Lançamento do Odoo que não é fatura de cliente emitida, paga ou estornada.';
				return readOf(deliveryKey, ignored(`${model} ${state}`, why));
			}
			const names = { entity: entityOf('invoice.issued', id), newestWins: true } as const;
			return readOf(deliveryKey, eventFact(eventOf(body, id, kind), names), ...reopenings(body, id, kind, names));
		}),
};

/** What is still owed was perhaps paid or cancelled before. Odoo never says so; the clock of what is known of it does. */
function reopenings(body: JsonObject, id: string, kind: ErpKind, names: FactNames): ErpFact[] {
	const written = instantOf(body['write_date'], 'utc');
	if ((kind !== 'invoice.issued' && kind !== 'charge.changed') || written === null) return [];
	const occurrence = String(written);
	return [
		eventFact(eventOf(body, id, 'payment.reversed'), { ...names, occurrence, after: ['payment.received'] }),
		eventFact(eventOf(body, id, 'charge.reopened'), { ...names, occurrence, after: ['invoice.cancelled'] }),
	];
}

function eventOf(body: JsonObject, id: string, kind: ErpKind) {
	const partner = body['partner_id'];
	return makeEvent('odoo', {
		kind,
		sourceId: id,
		// Odoo writes UTC without saying so.
		occurredAt: instantOf(body['write_date'], 'utc'),
		customer: {
			id: idOf(Array.isArray(partner) ? partner[0] : partner),
			name: textOf(body['invoice_partner_display_name']) ?? (Array.isArray(partner) ? textOf(partner[1]) : null),
		},
		amountCents: centsOf(kind === 'charge.changed' ? body['amount_residual'] : body['amount_total']),
		dueDate: dateOf(body['invoice_date_due']),
		number: textOf(body['name'], 200),
		status: textOf(body['payment_state'], 60) ?? textOf(body['state'], 60),
		description: textOf(body['invoice_origin']) ?? textOf(body['ref']),
	});
}

/** Vendor bills, refunds and drafts are nobody's news. Rules without `move_type` must be limited to customer invoices. */
function kindOf(state: string, paid: string | null, moveType: string | null): ErpKind | null {
	if (moveType !== null && moveType !== 'out_invoice' && moveType !== 'out_receipt') return null;
	if (state === 'cancel') return 'invoice.cancelled';
	if (state !== 'posted') return null;
	if (paid === 'reversed') return 'invoice.cancelled';
	if (paid === 'paid' || paid === 'in_payment') return 'payment.received';
	return paid === 'partial' ? 'charge.changed' : 'invoice.issued';
}
