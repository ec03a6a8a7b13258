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
		'ID of the contact, or a phone with DDD however it is written. When empty, the contact of the message that started the workflow is taken.',
};

/** @throws UserError when neither the field nor the run names a contact */
export function contactOf({ params, message }: DeskCall): string {
	const contact = params.text('contact') || message()?.contact?.id;
	if (contact) return contact;
	throw new UserError('"Contact" is empty.', {
		description: 'Enter a contact ID or a phone, or let the workflow start with a WhatsApp Desk Trigger.',
	});
}

export function contactJson({ createdAt, consent, reachability, ...contact }: ContactView): IDataObject {
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
	};
}

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
