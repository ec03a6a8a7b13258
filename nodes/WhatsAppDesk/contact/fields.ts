/** Fields that the operations on a contact share, how they are read, and what a contact looks like as an item. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ContactView } from '../../../engine/index';
import type { DeskCall } from '../desk-operation';

export const contactField: INodeProperties = {
	displayName: 'Contact',
	name: 'contact',
	type: 'string',
	default: '={{ $json.contact?.id }}',
	placeholder: 'e.g. +55 11 98765-4321',
	description:
		'ID of the contact, a phone with DDD however it is written, an ERP ID such as <code>erp:omie:6289226831</code>, or a CPF/CNPJ (<code>CPF 529.982.247-25</code>; bare digits that may be both are taken for a phone first). When empty, the contact of the message that started the workflow is taken.',
};

/** @throws UserError when neither the field nor the run names a contact */
export function contactOf(call: DeskCall): string {
	const contact = contactNamed(call);
	if (contact) return contact;
	throw new UserError('"Contact" is empty.', {
		description: 'Enter a contact ID or a phone, or let the workflow start with a WhatsApp Desk Trigger.',
	});
}

/** '' when nothing names one. */
export function contactNamed({ params, message }: DeskCall): string {
	return params.text('contact') || (message()?.contact?.id ?? '');
}

/** Names of a contact besides the phone; each is one of a collection. */
export const erpIdField: INodeProperties = {
	displayName: 'ERP ID',
	name: 'erpIds',
	type: 'string',
	default: '={{ $json.customer?.id ? $json.system + ":" + $json.customer.id : "" }}',
	placeholder: 'e.g. omie:6289226831',
	description:
		'How your ERP knows the customer: the name of the system, a colon and the ID; several are separated by commas. The contact is found by it from then on.',
};

export const documentField: INodeProperties = {
	displayName: 'CPF/CNPJ',
	name: 'document',
	type: 'string',
	default: '={{ $json.customer?.document }}',
	placeholder: 'e.g. 529.982.247-25',
	description:
		'With or without punctuation. One whose check digits are wrong is left out, with a warning in the result. It is shown masked.',
};

/** Several ids in one text, or a list from an expression. */
export function erpIdsOf(value: unknown): string[] {
	const list: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[,;\n]/);
	return list.map((each) => String(each ?? '').trim()).filter(Boolean);
}

export function contactJson({ createdAt, consent, reachability, lastInboundAt, ...contact }: ContactView): IDataObject {
	return {
		...contact,
		createdAt: iso(createdAt),
		consent: {
			optedOut: consent.optedOutAt !== null,
			optedOutAt: iso(consent.optedOutAt),
			marketingStopped: consent.optedOutAt !== null || consent.marketingStoppedAt !== null,
			marketingStoppedAt: iso(consent.marketingStoppedAt),
			optedInAt: iso(consent.optedInAt),
			proof: consent.proof,
		},
		reachability: { ...reachability, since: iso(reachability.since) },
		lastInboundAt: iso(lastInboundAt),
	};
}

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
