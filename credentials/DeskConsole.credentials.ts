import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/* eslint-disable n8n-nodes-base/cred-class-name-unsuffixed, n8n-nodes-base/cred-class-field-name-unsuffixed, n8n-nodes-base/cred-class-field-display-name-missing-api -- people sign in with it: there is no API it could be the key to */

/** What opens the desk's pages. The node that serves them tests it (nodes/DeskConsole/credential-test.ts). */
export class DeskConsole implements ICredentialType {
	name = 'deskConsole';

	displayName = 'Desk Console';

	icon: Icon = { light: 'file:../icons/desk-console-access.svg', dark: 'file:../icons/desk-console-access.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-desk/n8n-nodes-whatsapp-desk#readme';

	properties: INodeProperties[] = [
		{
			displayName:
				'Whoever knows this password can connect and disconnect the company’s WhatsApp. Changing it signs everybody out.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. four words nobody says together',
			description: 'What people type on the pages of the desk; at least 8 characters, better a sentence of your own',
		},
	];
}
