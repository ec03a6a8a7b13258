/** The termo de acordo as it is shipped (C-01): who, which debts, how it is paid, what happens when it is not, how it was accepted. */
import type { DocumentContent } from './content';

export const DEFAULT_AGREEMENT: DocumentContent = {
	blocks: [
		{ title: 'Termo de acordo nº #NUMERO#' },
		{
			paragraph:
				'As partes identificadas abaixo combinam, por este instrumento particular, o pagamento dos débitos aqui relacionados, nas condições seguintes.',
		},
		{ heading: '1. Partes' },
		{
			facts: [
				['Credor', '*#CREDOR#*, #CREDOR_DOCUMENTO#'],
				['Endereço', '#CREDOR_ENDERECO#'],
				['Contato', '#CREDOR_CONTATO#'],
				['Devedor', '*#DEVEDOR#*, #DEVEDOR_DOCUMENTO#'],
				['Endereço', '#DEVEDOR_ENDERECO#'],
				['Telefone', '#DEVEDOR_TELEFONE#'],
			],
		},
		{ heading: '2. Débitos de origem' },
		{
			paragraph:
				'O devedor reconhece os débitos do quadro abaixo (#QUANTIDADE_TITULOS#), com valores atualizados até #DATA_BASE#.',
		},
		{ table: 'titulos' },
		{ paragraph: 'Critério de atualização, conforme contrato: #CRITERIO_CALCULO#.', when: 'CRITERIO_CALCULO' },
		{ heading: '3. Valor e forma de pagamento' },
		{
			facts: [
				['Total atualizado', '#TOTAL_ATUALIZADO#'],
				['Desconto concedido', '#DESCONTO_ACORDO#'],
				['Valor do acordo', '*#VALOR_ACORDO#* (#VALOR_ACORDO_EXTENSO#)'],
				['Entrada', '#ENTRADA#, com vencimento em #ENTRADA_VENCIMENTO#'],
				['Parcelamento', '#PARCELAS#, a primeira com vencimento em #PRIMEIRO_VENCIMENTO#'],
				['Juros do parcelamento', '#JUROS_PARCELAMENTO#'],
				['Total a pagar', '*#TOTAL_A_PAGAR#*'],
			],
		},
		{ table: 'parcelas' },
		{
			paragraph:
				'O devedor pode antecipar parcelas, no todo ou em parte, com redução proporcional dos juros do parcelamento.',
			when: 'JUROS_PARCELAMENTO',
		},
		{ heading: '4. Atraso' },
		{ paragraph: 'Sobre parcela paga em atraso incide: #ENCARGOS_ATRASO#.' },
		{
			paragraph:
				'O atraso de #VENCIMENTO_ANTECIPADO#, seguidas ou não, antecipa o vencimento das demais, depois de aviso ao devedor.',
			when: 'VENCIMENTO_ANTECIPADO',
		},
		{ heading: '5. Quitação' },
		{
			paragraph:
				'Pagas a entrada, se houver, e todas as parcelas, o credor dá ao devedor quitação dos débitos do item 2, que deixam de ser cobrados.',
		},
		{ paragraph: 'Esta proposta vale para aceite até #VALIDADE#.', when: 'VALIDADE', unless: 'ACEITE_TEXTO' },
		{ heading: 'Aceite eletrônico', when: 'ACEITE_TEXTO' },
		{
			facts: [
				['Mensagem', '“#ACEITE_TEXTO#”'],
				['Recebida em', '#ACEITE_DATA#, pelo WhatsApp'],
				['Identificador', '#ACEITE_MENSAGEM#'],
			],
			when: 'ACEITE_TEXTO',
		},
		{ paragraph: '#LOCAL_DATA#.' },
		{ signatures: ['*#CREDOR#*\n#NOME_USUARIO#', '*#DEVEDOR#*\n#DEVEDOR_DOCUMENTO#'] },
	],
	footer: 'Termo de acordo nº #NUMERO# · gerado em #DATA_HORA#',
	signedBy: '',
	creditor: null,
	fields: [],
};
