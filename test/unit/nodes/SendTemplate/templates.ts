import type { SimulatorOptions } from '../../../../simulator/server';

/** What the account has: a reminder, one with an image, one with a place, one still pending and one rejected. */
export const TEMPLATES: NonNullable<SimulatorOptions['templates']> = [
	{
		name: 'lembrete_de_vencimento',
		language: 'pt_BR',
		category: 'UTILITY',
		parameterFormat: 'POSITIONAL',
		components: [
			{
				type: 'BODY',
				text: 'Olá {{1}}, sua fatura vence em {{2}}. Qualquer dúvida, responda aqui.',
				example: { body_text: [['Ana', '10/03']] },
			},
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Já paguei' },
					{ type: 'URL', text: 'Ver boleto', url: 'https://example.com/{{1}}', example: ['https://example.com/b1'] },
				],
			},
		],
	},
	{
		name: 'oferta_com_imagem',
		language: 'pt_BR',
		category: 'MARKETING',
		parameterFormat: 'NAMED',
		components: [
			{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::a'] } },
			{
				type: 'BODY',
				text: 'Oi {{nome}}, veja a oferta da semana.',
				example: { body_text_named_params: [{ param_name: 'nome', example: 'Ana' }] },
			},
		],
	},
	{
		name: 'visita_agendada',
		language: 'pt_BR',
		category: 'UTILITY',
		components: [
			{ type: 'HEADER', format: 'LOCATION' },
			{ type: 'BODY', text: 'Sua visita está confirmada para hoje.' },
		],
	},
	{
		name: 'lembrete_novo',
		language: 'pt_BR',
		category: 'UTILITY',
		status: 'PENDING',
		components: [{ type: 'BODY', text: 'Sua fatura vence amanhã.' }],
	},
	{
		name: 'promocao_proibida',
		language: 'pt_BR',
		category: 'MARKETING',
		status: 'REJECTED',
		components: [{ type: 'BODY', text: 'Compre já.' }],
	},
];
