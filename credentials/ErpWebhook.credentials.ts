import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/* eslint-disable n8n-nodes-base/cred-class-name-unsuffixed, n8n-nodes-base/cred-class-field-name-unsuffixed, n8n-nodes-base/cred-class-field-display-name-missing-api -- the ERP calls us: there is no API it could be the key to */

/** How an ERP proves that a notice is its own. The node that uses it tests it (nodes/ErpEventTrigger/credential-test.ts). */
export class ErpWebhook implements ICredentialType {
	name = 'erpWebhook';

	displayName = 'ERP Webhook';

	icon: Icon = { light: 'file:../icons/erp-webhook.svg', dark: 'file:../icons/erp-webhook.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-desk/n8n-nodes-whatsapp-desk#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'One credential is one webhook at one ERP. Only the ERP and n8n know its secret.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 7d0f4e8c2b9a41d6a3f5',
			description:
				'Asaas: "token de autenticação" of the webhook. Bling: client secret of the app. Kobana: secret of the webhook. Woovi: HMAC secret of the webhook (or its "authorization"; of the sandbox its public key, then Account too). TOTVS: password of Basic authentication. Omie, Tiny, Mercado Livre, Odoo and banks (Pix) sign nothing: make one up and put it behind the address, as ?token=… Generic: the HMAC secret or that token.',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12.345.678/0001-90',
			description:
				'Optional: who the notices must be about. Omie: app key or app hash. Tiny: CNPJ. Bling: company ID. Woovi: company ID or CNPJ. Mercado Livre: user ID or application ID. TOTVS: user of Basic authentication. Others need none.',
		},
	];
}
