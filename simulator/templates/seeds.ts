import type { NewTemplate } from './model';
import { DUNNING_TEMPLATES } from './seeds-dunning';
import { ERP_TEMPLATES } from './seeds-erp';

/**
 * The templates the demonstration starts with: one opening with numbered variables, one notice with named ones (C-32), and those
 * of the workflows for ERPs and payment reminders.
 */
export const DEMO_TEMPLATES: NewTemplate[] = [
	{
		name: 'abertura_negociacao',
		language: 'pt_BR',
		category: 'MARKETING',
		parameterFormat: 'POSITIONAL',
		components: [
			{
				type: 'BODY',
				text: 'Olá {{1}}, você tem débitos em aberto com {{2}}. Sou {{3}} e tenho uma proposta para regularizá-los. Podemos conversar agora?',
				example: { body_text: [['Ana Souza', 'Empresa Demonstração', 'Bia']] },
			},
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Quero negociar' },
					{ type: 'QUICK_REPLY', text: 'Agora não' },
				],
			},
		],
	},
	{
		name: 'aviso_os',
		language: 'pt_BR',
		category: 'UTILITY',
		parameterFormat: 'NAMED',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Ordem de serviço' },
			{
				type: 'BODY',
				text: 'Olá {{nome}}, a sua ordem de serviço {{numero}} mudou para: *{{situacao}}*. Se precisar de algo, responda a esta mensagem.',
				example: {
					body_text_named_params: [
						{ param_name: 'nome', example: 'Ana' },
						{ param_name: 'numero', example: '4711' },
						{ param_name: 'situacao', example: 'em andamento' },
					],
				},
			},
			{ type: 'FOOTER', text: 'Empresa Demonstração' },
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Falar com atendente' },
					{ type: 'QUICK_REPLY', text: 'Parar avisos' },
				],
			},
		],
	},
	...ERP_TEMPLATES,
	...DUNNING_TEMPLATES,
];
