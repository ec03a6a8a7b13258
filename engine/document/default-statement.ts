/** The demonstrativo de débito, título original, as it is shipped (C-02): each title, what it has grown to and why, and the total. */
import type { DocumentContent } from './content';

export const DEFAULT_STATEMENT: DocumentContent = {
	blocks: [
		{ title: 'Demonstrativo de débito' },
		{ paragraph: 'Título original. Valores atualizados até *#DATA_BASE#*.' },
		{
			facts: [
				['Número', '#NUMERO#'],
				['Devedor', '*#DEVEDOR#*'],
				['Documento', '#DEVEDOR_DOCUMENTO#'],
				['Credor', '#CREDOR#, #CREDOR_DOCUMENTO#'],
				['Endereço', '#CREDOR_ENDERECO#'],
				['Contato', '#CREDOR_CONTATO#'],
			],
		},
		{ heading: 'Títulos em aberto' },
		{ table: 'titulos' },
		{ highlight: 'Total atualizado até #DATA_BASE#: *#TOTAL_ATUALIZADO#* (#TOTAL_ATUALIZADO_EXTENSO#)' },
		{ heading: 'Como calculamos', when: 'CRITERIO_CALCULO' },
		{ paragraph: 'Conforme o contrato: #CRITERIO_CALCULO#.', when: 'CRITERIO_CALCULO' },
		{ heading: 'Algum valor não confere?' },
		{
			paragraph:
				'Responda à mensagem que trouxe este documento, ou envie o comprovante se já pagou: revisamos antes de qualquer outro passo. Pagamentos podem levar até dois dias úteis para aparecer aqui.',
		},
		{
			paragraph:
				'Este demonstrativo é informativo: mostra a situação na data indicada e não substitui outros avisos previstos em lei.',
		},
		{ paragraph: '#LOCAL_DATA#.' },
		{ signatures: ['*#CREDOR#*\n#NOME_USUARIO#'], when: 'NOME_USUARIO' },
	],
	footer: 'Demonstrativo de débito · gerado em #DATA_HORA#',
	signedBy: '',
	creditor: null,
	fields: [],
};
