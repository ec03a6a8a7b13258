import type { INodeProperties } from 'n8n-workflow';
import { kindOptions } from './kind-options';
import { mapperFields } from './mapper-fields';

/** Senders that sign nothing carry the secret in the address. */
const TOKEN = 'add ?token= and the secret of the credential to the URL';

const systemField: INodeProperties = {
	displayName: 'System',
	name: 'system',
	type: 'options',
	noDataExpression: true,
	default: 'omie',
	description: 'Who calls the URL of this node. It decides how the sender is checked and how its notices are read.',
	options: [
		{
			name: 'Asaas',
			value: 'asaas',
			description:
				'Integrações › Webhooks › Adicionar: paste the production URL. "Token de autenticação" there is the secret of the credential.',
		},
		{
			name: 'Bank Pix (Bacen API)',
			value: 'bacenPix',
			description: `Register the URL with PUT /webhook/{chave} at your bank, which puts /pix behind it: ${TOKEN}, then &sufixo= as the last part. The proxy in front of n8n checks the certificate of the bank.`,
		},
		{
			name: 'Bling',
			value: 'bling',
			description:
				'In your app at developer.bling.com.br › Webhooks: paste the production URL. The secret of the credential is the client secret of the app.',
		},
		{
			name: 'Generic',
			value: 'generic',
			description: `Any other system that can post JSON: say below where its fields are. It signs with X-Hub-Signature-256 (HMAC-SHA256), or ${TOKEN}.`,
		},
		{
			name: 'Kobana (Boleto Simples)',
			value: 'kobana',
			description:
				'Configurações › Webhooks: paste the production URL. The secret of the credential is the "segredo" of the webhook.',
		},
		{
			name: 'Mercado Livre',
			value: 'mercadoLivre',
			description: `In your application at developers.mercadolivre.com.br › Notificações: ${TOKEN}. Notices name an order only: look it up with an HTTP Request node.`,
		},
		{
			name: 'Odoo',
			value: 'odoo',
			description: `Settings › Technical › Automation Rules › Send Webhook Notification: ${TOKEN}. Choose the fields state, payment_state, move_type, name, amount_total, amount_residual, invoice_date_due, partner_id and write_date. Odoo delivers once and never again.`,
		},
		{
			name: 'Omie',
			value: 'omie',
			description: `In developer.omie.com.br › Aplicativos › Webhooks ${TOKEN}. Account of the credential: the app key.`,
		},
		{
			name: 'Tiny (Olist)',
			value: 'tiny',
			description: `Configurações › Integrações › Webhooks: ${TOKEN}. Account of the credential: the CNPJ.`,
		},
		{
			name: 'TOTVS EAI (Protheus, RM)',
			value: 'totvs',
			description:
				'In the EAI adapter set this URL as destination, JSON, with Basic authentication: the password is the secret of the credential, the user its account',
		},
		{
			name: 'Woovi (OpenPix)',
			value: 'woovi',
			description:
				'API/Plugins › Novo Webhook: paste the production URL. The secret of the credential is the HMAC secret of the webhook; without one, make up a secret and give it to the webhook as "authorization" or put it behind the URL as ?token=.',
		},
	],
};

const authenticationFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'credential',
		description: 'Whether the sender has to prove who it is',
		options: [
			{
				name: 'ERP Webhook Credential',
				value: 'credential',
				description: 'Each notice is checked the way its sender signs it; others are answered with 401',
			},
			{ name: 'None', value: 'none', description: 'Whoever knows the URL can deliver' },
		],
	},
	{
		displayName:
			'Anybody who learns this URL can make customers believe that they have paid, or owe. Choose this only on a private network that the ERP and n8n share.',
		name: 'openNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
];

const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	default: [],
	description:
		'What this workflow is about; empty = everything. Other kinds leave by the second output, or not at all (see Run for Ignored).',
	options: kindOptions,
};

const STAGED_SYSTEMS = ['bling', 'omie', 'tiny'];

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
			default: 50,
			description:
				'At most this many items in one run. Runs carry one item while it is quiet and many under load; with 1 every notice is a run of its own, which costs n8n much more work.',
		},
		{
			displayName: 'Cancelled Stages',
			name: 'cancelledStages',
			type: 'string',
			default: '',
			placeholder: 'e.g. 60, cancelado',
			description:
				'Stages (etapas, situações) of your ERP that mean cancelled, as it writes them, separated by commas. Empty: those the ERP has from the start.',
			displayOptions: { show: { '/system': STAGED_SYSTEMS } },
		},
		{
			displayName: 'Closed Stages',
			name: 'closedStages',
			type: 'string',
			default: '',
			placeholder: 'e.g. 50, concluído',
			description: 'Stages (etapas) of your ERP that mean that a service order is done, separated by commas',
			displayOptions: { show: { '/system': ['omie'] } },
		},
		{
			displayName: 'Include Raw Body',
			name: 'raw',
			type: 'boolean',
			default: false,
			description: 'Whether to add the notice exactly as the ERP sent it, in the field "raw"',
		},
		{
			displayName: 'Run for Ignored',
			name: 'runForIgnored',
			type: 'boolean',
			default: true,
			description:
				'Whether notices that are no news (repeated facts, late ones, other topics and kinds) run the workflow too and leave by the second output, each with the reason',
		},
	],
};

export const fields: INodeProperties[] = [
	{
		displayName:
			'Publish this workflow first, then register the PRODUCTION URL above at the sender: the description of each system says where. Opened in a browser, the URL says whether it works.',
		name: 'publishNotice',
		type: 'notice',
		default: '',
	},
	systemField,
	...authenticationFields,
	eventsField,
	...mapperFields,
	optionsField,
];
