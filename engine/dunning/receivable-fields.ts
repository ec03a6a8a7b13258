import { kept } from './kept';

/**
 * Under which names may an ERP give the fields of a receivable? Upper and lower case, accents, spaces, '_', '-' and '.' in names do not
 * matter. Of several names of one field the one that stands first here counts.
 */

export const ROW_FIELDS = {
	/** Its id in the ERP; required. */
	invoice: [
		'invoice',
		'invoiceId',
		'titulo',
		'idTitulo',
		'tituloId',
		'codigoTitulo',
		'fatura',
		'faturaId',
		'id',
		'codigo',
	],
	/** What the payer knows it by; default the id. */
	number: ['number', 'invoiceNumber', 'numero', 'numeroTitulo', 'numeroFatura', 'numeroDocumento', 'notaFiscal', 'nf'],
	creditor: ['creditor', 'creditorKey', 'credor'],
	/** Required. "2026-03-10", with or without a time, or "10/03/2026". */
	dueDate: ['dueDate', 'due', 'vencimento', 'dataVencimento', 'dataDeVencimento'],
	issuedOn: ['issuedOn', 'issueDate', 'emissao', 'dataEmissao', 'dataDeEmissao'],
	/** In whole cents. One of this and `amount` is required, unless there is an open balance. */
	amountCents: ['amountCents', 'valorCentavos', 'valorEmCentavos'],
	/** In reais: 1234.5 or "1.234,50". */
	amount: ['amount', 'value', 'valor', 'valorTitulo', 'valorDocumento'],
	/** See STATUS_WORDS; default open. */
	status: ['status', 'situacao'],
	/** Things only a person may deal with. */
	humanReason: ['humanReason', 'motivoPessoa', 'motivoHumano', 'atencao'],
	/** { finePercent, monthlyInterestPercent } */
	charges: ['charges', 'encargos'],
	finePercent: ['finePercent', 'multaPercentual', 'percentualMulta'],
	monthlyInterestPercent: ['monthlyInterestPercent', 'interestPercent', 'jurosMensal', 'jurosAoMes', 'percentualJuros'],
	boleto: ['boleto', 'linhaDigitavel'],
	pix: ['pix', 'pixCopiaECola', 'copiaECola', 'brCode'],
	link: ['link', 'url', 'linkBoleto', 'linkPagamento', 'invoiceUrl', 'bankSlipUrl'],
	/** An object with the fields below, or only the name. */
	payer: ['payer', 'cliente', 'customer', 'pagador', 'sacado', 'devedor'],
} as const;

/** What is still owed after payments in part: of a row that says both, this is charged and not the amount it began with. */
export const OPEN_BALANCE_FIELDS = {
	/** In whole cents. */
	openCents: [
		...['openCents', 'openAmountCents', 'balanceCents', 'saldoCentavos', 'saldoEmCentavos', 'saldoDevedorCentavos'],
		...['valorEmAbertoCentavos', 'valorAbertoCentavos'],
	],
	/** In reais. */
	openAmount: [
		...['openAmount', 'openBalance', 'openValue', 'outstanding', 'outstandingAmount'],
		...['balance', 'balanceDue', 'remainingAmount'],
		...['valorEmAberto', 'valorAberto', 'valorSaldo', 'valorRestante', 'valorPendente', 'valorDevido'],
		...['saldo', 'saldoEmAberto', 'saldoAberto', 'saldoDevedor', 'saldoRestante', 'saldoTitulo', 'saldoDoTitulo'],
	],
} as const;

/** Within the payer, or in the row itself: with the word for the payer in front ("clienteNome"), or alone where it is plain. */
export const PAYER_FIELDS = {
	/** Groups what one payer owes; default the document, else the phone, else the id. */
	key: ['key', 'chave'],
	id: ['id', 'codigo'],
	name: ['name', 'nome', 'razaoSocial', 'nomeFantasia'],
	/** CPF or CNPJ; what has wrong check digits is not believed. */
	document: ['document', 'documento', 'cpfCnpj', 'cnpjCpf', 'cpf', 'cnpj'],
	phone: ['phone', 'telefone', 'celular', 'whatsapp', 'fone'],
	/** Two letters, or the name of the state. */
	uf: ['uf', 'state', 'estado'],
	segment: ['segment', 'segmento'],
} as const;

/** Names of payer fields that mean the invoice, or nothing certain, when they stand alone in the row. */
const NOT_ALONE = new Set<string>(['key', 'chave', 'id', 'codigo']);

export const STATUS_WORDS = {
	open: [
		...['open', 'aberto', 'aberta', 'em aberto', 'pendente', 'pending', 'a vencer', 'a receber', 'vence hoje'],
		...['vencido', 'vencida', 'atrasado', 'atrasada', 'em atraso', 'overdue'],
	],
	paid: [
		...[
			'paid',
			'pago',
			'paga',
			'quitado',
			'quitada',
			'liquidado',
			'liquidada',
			'recebido',
			'recebida',
			'baixado',
			'baixada',
		],
		...['received', 'confirmed', 'received in cash'],
	],
	cancelled: ['cancelled', 'canceled', 'cancelado', 'cancelada', 'excluido', 'excluida', 'deleted'],
	renegotiated: ['renegotiated', 'renegociado', 'renegociada', 'em acordo'],
	disputed: ['disputed', 'contestado', 'contestada', 'em contestacao', 'em disputa'],
} as const;

export type RowField = keyof typeof ROW_FIELDS | keyof typeof OPEN_BALANCE_FIELDS;
export type PayerField = keyof typeof PAYER_FIELDS;

/** Fields of the payer are written as "payer.name". */
export type Field = RowField | `payer.${PayerField}`;

/** By field the names an object has for it, the first one that has a value counts. */
export type Names = { readonly [F in Field]?: readonly string[] };

const ROW_NAMES: Array<[Field, string[]]> = [
	...entries(ROW_FIELDS),
	...entries(OPEN_BALANCE_FIELDS),
	...entries(PAYER_FIELDS).flatMap(([field, names]): Array<[Field, string[]]> => [
		[`payer.${field}`, ROW_FIELDS.payer.flatMap((payer) => names.map((name) => payer + name))],
		[`payer.${field}`, names.filter((name) => !NOT_ALONE.has(name))],
	]),
];

/** In the row itself, also what it says about the payer. */
export const namesInRow = namesIn(ROW_NAMES);

/** Within the payer. */
export const namesInPayer = namesIn(
	entries(PAYER_FIELDS).map(([field, names]): [Field, string[]] => [`payer.${field}`, names]),
);

/** Lower case, without accents and separators: "Data de Vencimento" is "datadevencimento". */
function plainName(name: string): string {
	return name
		.normalize('NFD')
		.replace(/[\p{M}\s_.\-/]/gu, '')
		.toLowerCase();
}

function entries<Field extends string>(table: Record<Field, readonly string[]>): Array<[Field, string[]]> {
	return Object.entries(table) as Array<[Field, string[]]>;
}

/** Rows of one ERP have the same names one after the other: they are looked at once. */
function namesIn(table: Array<[Field, string[]]>): (object: object) => Names {
	const known = new Map<string, { field: Field; rank: number }>();
	for (const [field, names] of table) {
		for (const name of names) {
			const plain = plainName(name);
			if (!known.has(plain)) known.set(plain, { field, rank: known.size });
		}
	}
	const meaningOf = kept((name: string) => known.get(plainName(name)) ?? null, 2000);

	let last: { given: string[]; names: Names } = { given: [], names: {} };
	return (object) => {
		const given = Object.keys(object);
		if (given.length === last.given.length && given.every((name, at) => name === last.given[at])) return last.names;
		const ours = given
			.flatMap((name) => ({ name, meaning: meaningOf(name) }))
			.filter((each): each is { name: string; meaning: { field: Field; rank: number } } => each.meaning !== null)
			.sort((a, b) => a.meaning.rank - b.meaning.rank);
		const names: { [F in Field]?: string[] } = {};
		for (const { name, meaning } of ours) (names[meaning.field] ??= []).push(name);
		last = { given, names };
		return names;
	};
}
