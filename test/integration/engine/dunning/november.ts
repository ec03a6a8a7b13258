import type { Expected } from './expected';
import { ANSWERING, PAYING } from './november-reactions';

/**
 * Fifty customers and what each of them hears from Tuesday, 10 November to Wednesday, 9 December 2026. Derived by hand from the rules:
 *
 *   ladder   d-3 · d0 · d+2u (bank days) · d+7 · d+15 · d+30 · d+45 to a person
 *   closed   weekends, Friday 20/11 (Consciência Negra), in the DF also Monday 30/11 (Dia do Evangélico)
 *   due      on a closed day means the next bank day; overdue from the second bank day after that
 *   runs     08:30, 10:15 and 15:30 of São Paulo: a reader in Acre (-5) is at 06:30, 08:15 and 13:30 then
 */
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
		hears: 'd-3 13/11 · d0 16/11 · d+2u 18/11 · d+7 25/11',
	},
	{
		// One reminder per phone and day, two overdue ones in seven days: hers wait for a day without one, and "due today" is not said
		// the day after.
		name: 'Vera shares a phone',
		phone: '(11) 98765-0048',
		owes: { I2: '16/11' },
		does: ['26/11 12:00 settles I2'],
		hears: 'd+2u 19/11 · d+7 26/11',
	},
];

export const CUSTOMERS: Expected[] = [...QUIET, ...OLD, ...PAYING, ...ANSWERING, ...SILENT, ...SEVERAL];
