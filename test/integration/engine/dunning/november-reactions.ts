import type { Expected } from './expected';

/** Customers of november.ts who pay or answer. */

/** Payments, in every way they become known. */
export const PAYING: Expected[] = [
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
export const ANSWERING: Expected[] = [
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
