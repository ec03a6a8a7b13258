import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** One number of Meta's WhatsApp Cloud API. The nodes that use it test it (nodes/shared/cloud-api-credential-test.ts). */
export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	icon: Icon = {
		light: 'file:../icons/whatsapp-cloud-api.svg',
		dark: 'file:../icons/whatsapp-cloud-api.dark.svg',
	};

	documentationUrl = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/access-tokens';

	properties: INodeProperties[] = [
		{
			displayName:
				'One credential is one phone number. In Meta Business Suite create a system user, assign the app and the WhatsApp account to it, and generate a token with the permissions whatsapp_business_messaging and whatsapp_business_management.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. EAAJB…',
			description:
				'Token of a system user (Business settings › System users › Generate token). The token shown in the app dashboard works too, but only for one day.',
		},
		{
			displayName: 'Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 106540352242922',
			description:
				'The ID that Meta gives to the number, not the phone number itself (App dashboard › WhatsApp › API Setup)',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'wabaId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 102290129340398',
			description: 'The account the number belongs to (App dashboard › WhatsApp › API Setup)',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 0123456789abcdef0123456789abcdef',
			description:
				'Proves that a webhook really comes from Meta (App dashboard › App settings › Basic). Without it received messages are refused.',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1234567890123456',
			description:
				'Optional (App dashboard › App settings › Basic). With it the app secret is checked, the Cloud API Webhook can subscribe by itself, Diagnose sees the callback URL of the app, and templates can carry example files.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. blue-kettle-42-river',
			description:
				'Make one up: any words nobody can guess. Paste the same text into the webhook form of the app (App dashboard › WhatsApp › Configuration), together with the callback URL of the Cloud API Webhook node.',
		},
		{
			displayName: 'Graph API Version',
			name: 'graphVersion',
			type: 'string',
			default: 'v26.0',
			placeholder: 'e.g. v26.0',
			description: 'Meta retires a version after about two years; a newer one can be entered here at any time',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://graph.facebook.com',
			placeholder: 'e.g. http://localhost:5700',
			description: 'Where the API answers. Change it only to use the simulator or a company proxy.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};
}
