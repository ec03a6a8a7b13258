import { changeOperation } from './change-operation';

export const recordDisputeOperation = changeOperation({
	value: 'recordDispute',
	name: 'Record Dispute',
	action: 'Record a dispute',
	description:
		'The payer says "não reconheço": reminders rest until a person has looked at it (Settle, Cancel or Reopen)',
	news: () => ({ type: 'dispute' }),
});
