import type { Expected } from './expected';

/**
 * Carnival 2027: Monday 8 and Tuesday 9 February, when banks are closed and nobody is written to; Ash Wednesday is a day like
 * others. From Monday, 1 February to Tuesday, 2 March.
 */
export const CARNIVAL: Expected[] = [
	{
		// Overdue from the second bank day: Wednesday 10, Thursday 11. Then d+7 is a Friday, d+15 a Saturday.
		name: 'Ana, due on the Friday before',
		phone: '(11) 98765-0001',
		owes: { A1: '05/02' },
		hears: 'd-3 02/02 · d0 05/02 · d+2u 11/02 · d+7 12/02 · d+15 22/02',
	},
	{
		name: 'Bento, Acre, due on the Friday before',
		phone: '(68) 98765-0002',
		clock: -5,
		at: '13:30',
		owes: { A2: '05/02' },
		hears: 'd-3 02/02 · d0 05/02 · d+2u 11/02 · d+7 12/02 · d+15 22/02',
	},
	{
		// Payable on Wednesday 10.
		name: 'Célia, Rio, due on Carnival Monday',
		phone: '(21) 98765-0003',
		owes: { A3: '08/02' },
		hears: 'd-3 05/02 · d0 10/02 · d+2u 12/02 · d+7 15/02 · d+15 23/02',
	},
	{
		// d-3 is a Sunday before two closed days: the next open day is the due date.
		name: 'Davi, due on Ash Wednesday',
		phone: '(81) 98765-0004',
		owes: { A4: '10/02' },
		hears: 'd0 10/02 · d+2u 12/02 · d+7 17/02 · d+15 25/02',
	},
	{
		// d-3 is Carnival Monday.
		name: 'Elza, due on the Thursday after',
		phone: '(31) 98765-0005',
		owes: { A5: '11/02' },
		hears: 'd-3 10/02 · d0 11/02 · d+2u 15/02 · d+7 18/02 · d+15 26/02',
	},
	{
		// d+2u on Tuesday 2; promised for Carnival Monday, payable on Wednesday 10, checked on Thursday 11: d+7 of the 5th is told then,
		// d+15 falls on Saturday 13.
		name: 'Fábio promises for Carnival Monday',
		phone: '(11) 98765-0006',
		owes: { A6: '29/01' },
		does: ['02/02 11:00 says combinar data', '02/02 11:05 taps 08/02'],
		hears: 'd+2u 02/02 · datas 02/02 11:00 · d+7 11/02 · d+15 15/02 · d+30 01/03',
	},
	{
		// The last day of February is a Sunday.
		name: 'Gilda, over the end of February',
		phone: '(51) 98765-0007',
		owes: { A7: '28/02' },
		hears: 'd-3 25/02 · d0 01/03',
	},
];

/**
 * The end of 2026: Christmas and New Year are Fridays; Rondônia has a holiday of its own on Monday, 4 January. From Monday,
 * 21 December to Friday, 8 January.
 */
export const NEW_YEAR: Expected[] = [
	{
		// Overdue from the second bank day: Monday 28, Tuesday 29.
		name: 'Ana, due on Christmas Eve',
		phone: '(11) 98765-0001',
		owes: { A1: '24/12' },
		hears: 'd-3 21/12 · d0 24/12 · d+2u 29/12 · d+7 31/12 · d+15 08/01',
	},
	{
		// Banks are closed: payable on Monday 4 January, overdue from the second bank day, Wednesday 6.
		name: 'Bento, due on New Year’s Eve',
		phone: '(81) 98765-0002',
		owes: { A2: '31/12' },
		hears: 'd-3 28/12 · d0 04/01 · d+2u 06/01 · d+7 07/01',
	},
	{
		// Payable on Monday 4 January.
		name: 'Célia, due on New Year’s Day',
		phone: '(11) 98765-0003',
		owes: { A3: '01/01/2027' },
		hears: 'd-3 29/12 · d0 04/01 · d+2u 06/01 · d+7 08/01',
	},
	{
		// The same in Rondônia, where nobody is written to on 4 January.
		name: 'Davi, Rondônia, due on New Year’s Day',
		phone: '(69) 98765-0004',
		clock: -4,
		at: '09:15',
		owes: { A4: '01/01/2027' },
		hears: 'd-3 29/12 · d+2u 06/01 · d+7 08/01',
	},
	{
		// d-3 of Monday 28 is Christmas: told on the due date only. d+2u is Wednesday 30; d+7 is Monday 4 January.
		name: 'Elza, due right after Christmas',
		phone: '(41) 98765-0005',
		owes: { A5: '28/12' },
		hears: 'd0 28/12 · d+2u 30/12 · d+7 04/01',
	},
];
