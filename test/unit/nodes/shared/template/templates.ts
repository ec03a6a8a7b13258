import type { Template } from '../../../../../engine/model-template';

/** A reminder with a text header, two numbered variables, a quick reply and a link that takes its end. */
export const REMINDER: Template = {
	id: '1',
	name: 'lembrete',
	language: 'pt_BR',
	category: 'utility',
	status: 'approved',
	quality: 'green',
	reason: null,
	parameterFormat: 'positional',
	header: { type: 'text', text: 'Fatura {{1}}', variables: [{ name: '1', example: '10/2026' }] },
	body: {
		text: 'Olá {{1}}, sua fatura vence em {{2}}.',
		variables: [
			{ name: '1', example: 'Ana' },
			{ name: '2', example: null },
		],
	},
	footer: null,
	buttons: [
		{ type: 'quickReply', text: 'Já paguei', variable: null },
		{
			type: 'url',
			text: 'Ver boleto',
			url: 'https://example.com/{{1}}',
			variable: { name: '1', example: 'boleto/4711' },
		},
	],
};

/** Named variables and a file or a place above them. */
export function withHeader(header: Template['header']): Template {
	return {
		...REMINDER,
		name: 'aviso',
		parameterFormat: 'named',
		header,
		body: { text: 'Olá {{nome}}', variables: [{ name: 'nome', example: null }] },
		buttons: [],
	};
}
