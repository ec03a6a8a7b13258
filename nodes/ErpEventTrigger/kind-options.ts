import type { INodePropertyOptions } from 'n8n-workflow';
import type { ErpKind } from '../../engine/index';

/** What an ERP can tell, as supervisors know it. */
const KINDS: Record<ErpKind, { name: string; description?: string }> = {
	'charge.cancelled': { name: 'Charge Cancelled' },
	'charge.changed': { name: 'Charge Changed', description: 'A new due date or amount' },
	'charge.created': { name: 'Charge Created', description: 'It is owed; boleto or Pix may come later' },
	'charge.issued': { name: 'Charge Issued', description: 'Its boleto or Pix code is there' },
	'charge.overdue': { name: 'Charge Overdue', description: 'Told by few ERPs; the Dunning Planner reckons it for all' },
	'charge.reopened': { name: 'Charge Reopened', description: 'It was cancelled or deleted, and is owed again' },
	'invoice.cancelled': { name: 'Invoice Cancelled', description: 'Nota fiscal' },
	'invoice.issued': { name: 'Invoice Issued', description: 'Nota fiscal' },
	'order.cancelled': { name: 'Order Cancelled' },
	'order.created': { name: 'Order Created' },
	'order.status_changed': { name: 'Order Status Changed' },
	'payment.partial': {
		name: 'Payment in Part',
		description: 'Less than what is owed was paid: the charge stays open. The last part looks the same.',
	},
	'payment.received': { name: 'Payment Received' },
	'payment.reversed': { name: 'Payment Reversed', description: 'It was booked by mistake: the charge is owed again' },
	'service_order.cancelled': { name: 'Service Order Cancelled' },
	'service_order.closed': {
		name: 'Service Order Closed',
		description: 'Invoiced, or in a stage named under Closed Stages',
	},
	'service_order.opened': { name: 'Service Order Opened' },
	'service_order.stage_changed': { name: 'Service Order Stage Changed' },
	'shipment.updated': { name: 'Shipment Updated' },
};

export const kindOptions: INodePropertyOptions[] = Object.entries(KINDS).map(([value, texts]) => ({ ...texts, value }));
