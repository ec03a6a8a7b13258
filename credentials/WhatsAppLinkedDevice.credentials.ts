import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/* eslint-disable n8n-nodes-base/cred-class-name-unsuffixed, n8n-nodes-base/cred-class-field-name-unsuffixed, n8n-nodes-base/cred-class-field-display-name-missing-api -- the number is linked, there is no API */
/* eslint-disable @n8n/community-nodes/credential-unnecessary-password -- whoever has the key can read the stored link */

/** One number linked by QR code, as WhatsApp Web is. The nodes that use it test it (nodes/shared/linked-device-credential-test.ts). */
export class WhatsAppLinkedDevice implements ICredentialType {
	name = 'whatsAppLinkedDevice';

	displayName = 'WhatsApp Linked Device';

	icon: Icon = {
		light: 'file:../icons/whatsapp-linked-device.svg',
		dark: 'file:../icons/whatsapp-linked-device.dark.svg',
	};

	documentationUrl = 'https://faq.whatsapp.com/1317564962315842';

	properties: INodeProperties[] = [
		{
			displayName:
				'<b>This is not an official API of WhatsApp.</b> The number is linked like WhatsApp Web, by reading a QR code; WhatsApp may restrict or ban a number that works this way, and what works today may stop. Use it to answer people who write first. For reminders and campaigns use the WhatsApp Cloud API. One credential is one number; the number itself is entered where it is activated (Desk Console, or WhatsApp Desk › Channel: Activate).',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Session Name',
			name: 'sessionName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. atendimento',
			description:
				'A name of your own for this link: lower-case letters, digits and hyphens, at most 40. Choose it once: conversations belong to it, and another name is another number to the desk.',
		},
		{
			displayName: 'Session Key',
			name: 'sessionKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. the output of: openssl rand -base64 32',
			description:
				'At least 20 characters nobody can guess, from a password manager or from the command "openssl rand -base64 32". The link is stored encrypted under it. Keep a copy: without it the number has to be linked again.',
		},
		{
			displayName: 'Previous Session Key',
			name: 'previousSessionKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. the key used until today',
			description:
				'Only to change the key: put the old one here and the new one above. What is stored is encrypted anew at the next connection; then this field can be emptied.',
		},
	];
}
