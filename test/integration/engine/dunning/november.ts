import type { Customer } from '../../../support/dunning-town';

/**
 * Fifty customers and what each of them hears from Tuesday, 10 November to Wednesday, 9 December 2026. Derived by hand from the rules:
 *
 *   ladder   d-3 · d0 · d+2u (bank days) · d+7 · d+15 · d+30 · d+45 to a person
 *   closed   weekends, Friday 20/11 (Consciência Negra), in the DF also Monday 30/11 (Dia do Evangélico)
 *   due      on a closed day means the next bank day; overdue from the second bank day after that
 *   runs     08:30, 10:15 and 15:30 of São Paulo: a reader in Acre (-5) is at 06:30, 08:15 and 13:30 then
 *
 * `hears`: step, invoices when there are several, day; the time when it is not that of `at` (default 10:15), all on the reader's clock.
 */
export interface Expected extends Customer {
	hears: string;
	at?: string;
	/** What was left to a person: first day, why, of which invoice. */
	human?: string[];
	/** Of those who hear nothing at all: why, over all days. */
	reasons?: string[];
}

export const POLICY = { humanFromCents: 1_000_000 };

/** Due dates on every kind of day, in every time zone; nobody reacts. */
const QUIET: Expected[] = [
	{
		name: 'Ana, São Paulo',
		phone: '(11) 98765-0001',
		owes: { A1: '13/11' },
		hears: 'd-3 10/11 · d0 13/11 · d+2u 17/11 · d+7 23/11 · d+15 30/11',
	},
	{
		name: 'Bento, Acre',
		phone: '(68) 98765-0002',
		clock: -5,
		at: '13:30',
		owes: { A2: '16/11' },
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · d+7 23/11 · d+15 01/12',
	},
	{
		name: 'Célia, Manaus',
		phone: '(92) 98765-0003',
		clock: -4,
		at: '09:15',
		owes: { A3: '19/11' },
		hears: 'd-3 16/11 · d0 19/11 · d+2u 24/11 · d+7 26/11 · d+15 04/12',
	},
	{
		// DDD 97 has two clocks: 09:15 of Manaus is 08:15 in the west.
		name: 'Davi, west of Amazonas',
		phone: '(97) 98765-0004',
		clock: -4,
		at: '14:30',
		owes: { A4: '19/11' },
		hears: 'd-3 16/11 · d0 19/11 · d+2u 24/11 · d+7 26/11 · d+15 04/12',
	},
	{
		name: 'Elza, Pernambuco, due on the holiday',
		phone: '(81) 98765-0005',
		owes: { A5: '20/11' },
		hears: 'd-3 17/11 · d0 23/11 · d+2u 25/11 · d+7 27/11 · d+15 07/12',
	},
	{
		name: 'Fábio, Rio, due on a Saturday',
		phone: '(21) 98765-0006',
		owes: { A6: '14/11' },
		hears: 'd-3 11/11 · d0 16/11 · d+2u 18/11 · d+7 23/11 · d+15 30/11',
	},
	{
		// Nobody is told "due today" on a holiday of their state.
		name: 'Gilda, Brasília, due on a state holiday',
		phone: '(61) 98765-0007',
		owes: { A7: '30/11' },
		hears: 'd-3 27/11 · d+2u 02/12 · d+7 07/12',
	},
	{
		// The day of d-3 is the holiday, the next one is the due date itself.
		name: 'Hugo, Brasília',
		phone: '(61) 98765-0008',
		owes: { A8: '23/11' },
		hears: 'd0 23/11 · d+2u 25/11 · d+7 01/12 · d+15 08/12',
	},
	{
		name: 'João, Rio Grande do Sul',
		phone: '(51) 98765-0010',
		owes: { A10: '18/11' },
		hears: 'd-3 16/11 · d0 18/11 · d+2u 23/11 · d+7 25/11 · d+15 03/12',
	},
	{
		name: 'Kátia, Bahia, due on a Saturday before a Monday',
		phone: '(71) 98765-0011',
		owes: { A11: '21/11' },
		hears: 'd-3 18/11 · d0 23/11 · d+2u 25/11 · d+7 30/11 · d+15 07/12',
	},
	{
		name: 'Luís, Paraná',
		phone: '(41) 98765-0012',
		owes: { A12: '24/11' },
		hears: 'd-3 23/11 · d0 24/11 · d+2u 26/11 · d+7 01/12 · d+15 09/12',
	},
	{
		name: 'Marta, Ceará, over the end of the month',
		phone: '(85) 98765-0013',
		owes: { A13: '27/11' },
		hears: 'd-3 24/11 · d0 27/11 · d+2u 01/12 · d+7 04/12',
	},
	{
		name: 'Nilo, Santa Catarina, due on the first',
		phone: '(48) 98765-0014',
		owes: { A14: '01/12' },
		hears: 'd-3 30/11 · d0 01/12 · d+2u 03/12 · d+7 08/12',
	},
	{
		name: 'Olga, Goiás, due on a Saturday',
		phone: '(62) 98765-0015',
		owes: { A15: '05/12' },
		hears: 'd-3 02/12 · d0 07/12 · d+2u 09/12',
	},
	{
		name: 'Paulo, Mato Grosso',
		phone: '(65) 98765-0016',
		clock: -4,
		at: '09:15',
		owes: { A16: '10/12' },
		hears: 'd-3 07/12',
	},
	{
		name: 'Quitéria, Pará, due on the first day',
		phone: '(91) 98765-0017',
		owes: { A17: '10/11' },
		hears: 'd0 10/11 · d+2u 12/11 · d+7 17/11 · d+15 25/11',
	},
	{
		// d-3 was yesterday: caught up with.
		name: 'Rui, Rondônia',
		phone: '(69) 98765-0018',
		clock: -4,
		at: '09:15',
		owes: { A18: '12/11' },
		hears: 'd-3 10/11 · d0 12/11 · d+2u 16/11 · d+7 19/11 · d+15 27/11',
	},
	{
		name: 'Zilda, number from before the ninth digit',
		phone: '011 8765-0050',
		owes: { A50: '25/11' },
		hears: 'd-3 23/11 · d0 25/11 · d+2u 27/11 · d+7 02/12',
	},
	{
		name: 'Abel, moved to Acre with a number of São Paulo',
		phone: '(11) 98765-0051',
		uf: 'AC',
		clock: -5,
		at: '13:30',
		owes: { A51: '26/11' },
		hears: 'd-3 23/11 · d0 26/11 · d+2u 30/11 · d+7 03/12',
	},
];

/** What is older when the ladder starts. */
const OLD: Expected[] = [
	{
		name: 'Sara, a month late, then a person',
		phone: '(11) 98765-0019',
		owes: { B1: '12/10' },
		// The statement is a document: its text names no invoice.
		hears: 'd+30 11/11',
		human: ['26/11 step B1'],
	},
	{
		name: 'Tiago, Mato Grosso do Sul, two weeks late',
		phone: '(67) 98765-0020',
		clock: -4,
		at: '09:15',
		owes: { B2: '26/10' },
		hears: 'd+15 10/11 · d+30 25/11',
	},
	{
		name: 'Úrsula, Amapá, six weeks late',
		phone: '(96) 98765-0021',
		owes: { B3: '27/09' },
		hears: '',
		human: ['11/11 step B3'],
		reasons: ['notDue', 'ladderEnded'],
	},
	{
		name: 'Vítor, six years late',
		phone: '(84) 98765-0022',
		owes: { B4: '10/11/2020' },
		hears: '',
		reasons: ['tooOld'],
	},
];

/** Payments, in every way they become known. */
const PAYING: Expected[] = [
	{
		name: 'Xavier pays on the due date',
		phone: '(11) 98765-0024',
		owes: { C1: '13/11' },
		does: ['13/11 14:00 pays C1'],
		hears: 'd-3 10/11 · d0 13/11',
	},
	{
		name: 'Yara pays, only the list of open items knows',
		phone: '(11) 98765-0025',
		owes: { C2: '16/11' },
		does: ['17/11 12:00 settles C2'],
		hears: 'd-3 13/11 · d0 16/11',
	},
	{
		name: 'Zeca pays an hour before the reminder',
		phone: '(21) 98765-0026',
		owes: { C3: '12/11' },
		does: ['16/11 09:00 pays C3'],
		hears: 'd-3 10/11 · d0 12/11',
	},
	{
		name: 'Alice says that she paid, and did',
		phone: '(11) 98765-0027',
		owes: { C4: '16/11' },
		does: ['18/11 11:00 taps Já paguei', '24/11 09:00 pays C4'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11',
	},
	{
		name: 'Bruno says that he paid, and did not',
		phone: '(11) 98765-0028',
		owes: { C5: '16/11' },
		does: ['18/11 11:00 says Já paguei!', '24/11 09:00 reopens C5'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · d+7 24/11 · d+15 01/12',
	},
	{
		name: 'Jonas, landline, pays quietly',
		phone: '(11) 3256-7890',
		owes: { C6: '16/11' },
		does: ['20/11 12:00 settles C6'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11',
	},
	{
		name: 'Mila, invoice cancelled',
		phone: '(11) 98765-0039',
		owes: { C7: '16/11' },
		does: ['13/11 12:00 cancels C7'],
		hears: 'd-3 13/11',
	},
	{
		name: 'Leo, renegotiated',
		phone: '(11) 98765-0038',
		owes: { C8: '16/11' },
		does: ['17/11 09:00 renegotiates C8'],
		hears: 'd-3 13/11 · d0 16/11',
	},
];

/** What customers answer. A message of theirs means a day of silence. */
const ANSWERING: Expected[] = [
	{
		name: 'Caio does not recognise it',
		phone: '(31) 98765-0029',
		owes: { D1: '16/11' },
		does: ['18/11 11:00 says Não reconheço'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11',
	},
	{
		name: 'Dalva promises and keeps it',
		phone: '(11) 98765-0030',
		owes: { D2: '16/11' },
		does: ['18/11 11:00 says combinar data', '18/11 11:05 taps 25/11', '25/11 10:00 pays D2'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · datas 18/11 11:00',
	},
	{
		// Checked on 26/11, the first bank day after: d+7 of 23/11 is told then.
		name: 'Edu promises and breaks it',
		phone: '(11) 98765-0031',
		owes: { D3: '16/11' },
		does: ['18/11 11:00 says combinar data', '18/11 11:05 taps 25/11'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · datas 18/11 11:00 · d+7 26/11 · d+15 01/12',
	},
	{
		// 20/11 is a holiday: payable on Monday, checked on Tuesday. Her third promise is a matter for a person.
		name: 'Flávia promises three times',
		phone: '(11) 98765-0032',
		owes: { D4: '16/11' },
		does: [
			'18/11 11:00 says combinar data',
			'18/11 11:05 taps 20/11',
			'24/11 11:00 taps Combinar data',
			'24/11 11:05 taps 30/11',
			'01/12 11:00 says combinar uma data',
			'01/12 11:05 taps 07/12',
		],
		hears:
			'd-3 13/11 · d0 16/11 · d+2u 18/11 · datas 18/11 11:00 · d+7 24/11 · datas 24/11 11:00 · d+15 01/12 · datas 01/12 11:00',
		human: ['01/12 human D4'],
	},
	{
		name: 'Gabi says PARAR',
		phone: '(11) 98765-0033',
		owes: { D5: '16/11' },
		does: ['16/11 12:00 says PARAR'],
		hears: 'd-3 13/11 · d0 16/11 · pronto 16/11 12:00',
	},
	{
		name: 'Heitor is somebody else',
		phone: '(11) 98765-0034',
		owes: { D6: '16/11' },
		does: ['16/11 12:00 says Não sou eu'],
		hears: 'd-3 13/11 · d0 16/11',
	},
	{
		name: 'Yuri wants to talk to a person',
		phone: '(11) 98765-0045',
		owes: { D7: '16/11' },
		does: ['18/11 11:00 taps Falar com a equipe'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11',
		human: ['18/11 human D7'],
	},
	{
		// Quiet until 16:00 of the 24th, the last run of which is at 15:30.
		name: 'Pati writes about something else',
		phone: '(11) 98765-0042',
		owes: { D8: '17/11' },
		does: ['23/11 16:00 says Oi, tudo bem?'],
		hears: 'd-3 16/11 · d0 17/11 · d+2u 19/11 · d+7 25/11 · d+15 02/12',
	},
	{
		name: 'Quim writes an hour before the reminder',
		phone: '(11) 98765-0043',
		owes: { D9: '16/11' },
		does: ['23/11 09:00 says Vocês abrem hoje?'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · d+7 24/11 · d+15 01/12',
	},
];

/** Nobody to write to, or only a person may. */
const SILENT: Expected[] = [
	{
		name: 'Inês, without a phone',
		phone: '',
		owes: { E1: '16/11' },
		hears: '',
		reasons: ['notDue', 'noPhone'],
	},
	{
		name: 'Walter, not on WhatsApp',
		phone: '(11) 98765-0049',
		onWhatsApp: false,
		owes: { E2: '16/11' },
		hears: '',
	},
	{
		name: 'Kelly, a large amount',
		phone: '(11) 98765-0037',
		owes: { E3: '16/11 12.000,00' },
		hears: '',
		human: ['13/11 highValue E3'],
		reasons: ['notDue'],
	},
	{
		name: 'Nando, a death in the family',
		phone: '(11) 98765-0040',
		owes: { E4: '16/11' },
		erp: { atencao: 'falecimento' },
		hears: '',
		human: ['10/11 flagged E4'],
	},
	{
		name: 'Otto, disputed in the ERP',
		phone: '(11) 98765-0041',
		owes: { E5: '16/11' },
		erp: { situacao: 'contestado' },
		hears: '',
		human: ['10/11 disputed E5'],
	},
];

/** Several invoices, or several payers behind one phone. */
const SEVERAL: Expected[] = [
	{
		name: 'Rosa, two of one day, pays one',
		phone: '(11) 98765-0044',
		owes: { F1: '16/11', F2: '16/11' },
		does: ['17/11 12:00 pays F2'],
		hears: 'd-3 F1+F2 13/11 · d0 F1+F2 16/11 · d+2u F1 18/11 · d+7 F1 23/11 · d+15 F1 01/12',
	},
	{
		// 17/11 and 18/11 are the two overdue reminders of seven days: d+7 of both waits from 23/11 until 24/11.
		name: 'Saulo, two of different days',
		phone: '(11) 98765-0046',
		owes: { G1: '13/11', G2: '16/11' },
		does: ['25/11 12:00 settles G2'],
		hears:
			'd-3 G1 10/11 · d0 G1+G2 13/11 · d0 G2 16/11 · d+2u G1 17/11 · d+2u G2 18/11 · d+7 G1+G2 24/11 · d+15 G1 30/11',
	},
	{
		// Overdue on 16/11 and 17/11, so nothing overdue before 23/11: d+2u of H3 and d+7 of H1 wait until then, and so d+7 of all is told.
		// Overdue on 27/11 and 30/11, so d+15 of H3 waits from 01/12 until 04/12.
		name: 'Tânia, three of different days',
		phone: '(11) 98765-0047',
		owes: { H1: '12/11', H2: '13/11', H3: '16/11' },
		hears:
			'd-3 H1+H2 10/11 · d0 H1 12/11 · d0 H2+H3 13/11 · d+2u H1+H3 16/11 · d+2u H2 17/11 · ' +
			'd+7 H1+H2+H3 23/11 · d+15 H1 27/11 · d+15 H2 30/11 · d+15 H3 04/12',
	},
	{
		name: 'Ulisses shares a phone',
		phone: '(11) 98765-0048',
		owes: { I1: '16/11' },
		does: ['26/11 12:00 settles I1'],
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · d+7 23/11',
	},
	{
		// One reminder per phone and day: hers wait for a day without one, and "due today" is not said the day after.
		name: 'Vera shares a phone',
		phone: '(11) 98765-0048',
		owes: { I2: '16/11' },
		does: ['26/11 12:00 settles I2'],
		hears: 'd+2u 19/11 · d+7 24/11',
	},
];

export const CUSTOMERS: Expected[] = [...QUIET, ...OLD, ...PAYING, ...ANSWERING, ...SILENT, ...SEVERAL];
