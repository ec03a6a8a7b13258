/** Boletos of public documentation and test suites; B, N and I as in the facts this kit was built from. */

export interface BankVector {
	id: string;
	line?: string;
	barcode?: string;
	bank: string;
	amountCents: number | null;
	dueDate: string | null;
}

export const BANK_BOLETOS: BankVector[] = [
	{
		id: 'B01',
		line: '10492006506100010004200997263900989810000021403',
		barcode: '10499898100000214032006561000100040099726390',
		bank: '104',
		amountCents: 21403,
		dueDate: '2022-05-10',
	},
	{
		id: 'B02',
		line: '23794150099001980167035000211405700000000000000',
		barcode: '23797000000000000004150090019801673500021140',
		bank: '237',
		amountCents: null,
		dueDate: null,
	},
	{
		id: 'B06',
		line: '00190000090114971860168524522114675860000102656',
		bank: '001',
		amountCents: 102656,
		dueDate: '2018-07-15',
	},
	{
		id: 'B08',
		line: '03399.12347 56700.000005 00033.701012 1 71190000003223',
		bank: '033',
		amountCents: 3223,
		dueDate: '2017-04-04',
	},
	{
		id: 'B09',
		line: '10496.00297 94000.100043 00005.034509 5 71880000076500',
		bank: '104',
		amountCents: 76500,
		dueDate: '2017-06-12',
	},
	{
		id: 'B10',
		line: '03399.77779 29900.000000 04751.101017 1 81510000002990',
		bank: '033',
		amountCents: 2990,
		dueDate: '2020-01-31',
	},
	{
		id: 'B11',
		barcode: '45097920600000002000067300000010001031992222',
		bank: '450',
		amountCents: 200,
		dueDate: '2022-12-21',
	},
	{
		id: 'B12',
		line: '23793.38128 60007.827136 95000.063305 9 75520000370000',
		bank: '237',
		amountCents: 370000,
		dueDate: '2018-06-11',
	},
	{
		id: 'B14',
		barcode: '00193373700000001000500940144816060680935031',
		bank: '001',
		amountCents: 100,
		dueDate: '2007-12-31',
	},
	{
		id: 'N01',
		line: '00190000090114971860168524522114210000000102656',
		bank: '001',
		amountCents: 102656,
		dueDate: '2025-02-22',
	},
	{
		id: 'N02',
		line: '00190000090114971860168524522114810010000102656',
		bank: '001',
		amountCents: 102656,
		dueDate: '2025-02-23',
	},
	{
		id: 'N03',
		line: '00190000090114971860168524522114799990000102656',
		bank: '001',
		amountCents: 102656,
		dueDate: '2025-02-21',
	},
	{
		id: 'N04',
		line: '10492006506100010004200997263900516400000021403',
		bank: '104',
		amountCents: 21403,
		dueDate: '2026-11-24',
	},
];

export interface UtilityVector {
	id: string;
	line: string;
	barcode?: string;
	segment: string;
	amountCents: number;
}

export const UTILITY_BILLS: UtilityVector[] = [
	{
		id: 'B03',
		line: '838600000050096000190009000801782309000343062712',
		barcode: '83860000005096000190000008017823000034306271',
		segment: '3',
		amountCents: 50960,
	},
	{
		id: 'B04',
		line: '858200000007572503282030560708202107539591904460',
		barcode: '85820000000572503282035607082021053959190446',
		segment: '5',
		amountCents: 5725,
	},
	{ id: 'B05', line: '846300000003299902962024004101360008002006441147', segment: '4', amountCents: 2999 },
	{
		id: 'B07',
		line: '84610000000-5 24610029110-2 00546033900-4 69589506108-0',
		barcode: '84610000000246100291100054603390069589506108',
		segment: '4',
		amountCents: 2461,
	},
	{
		id: 'B13',
		line: '85890000460-9 52460179160-5 60759305086-5 83148300001-0',
		segment: '5',
		amountCents: 4605246,
	},
];

const CHECK = 'Confira os números dele.';
export const INVALID_BOLETOS: Array<[id: string, text: string, errors: string[]]> = [
	[
		'I01',
		'00190000020114971860168524522114675860000102656',
		[`O 1º bloco de números da linha digitável não confere. ${CHECK}`],
	],
	[
		'I02',
		'00190000090114971860168524522114975860000102656',
		['O dígito verificador do boleto não confere. Confira o valor e o vencimento no fim do código.'],
	],
	[
		'I03',
		'00190000090114971860168524522114675860000102656999',
		['Um boleto tem 47 números (ou 44, no código de barras); aqui há 50. Confira se o código está inteiro.'],
	],
	[
		'I04',
		'536200000005667800481000180975657313001589636081',
		['Uma conta de consumo ou guia começa com 8. Confira os primeiros números.'],
	],
	[
		'I05',
		'84690000000246100291100054603390069589506108',
		['O dígito verificador da conta não confere. Confira os números.'],
	],
	[
		'I06',
		'846100000009246100291102005460339004695895061080',
		[`O 1º bloco de números da linha digitável não confere. ${CHECK}`],
	],
	[
		'I07',
		'84110000000246100291100054603390069589506108',
		['O terceiro número de uma conta é de 6 a 9. Confira os primeiros números.'],
	],
	['I08', '0'.repeat(47), ['O código não traz o banco. Confira os primeiros números.']],
];
