import { changeOperation } from './change-operation';

export const recordAlreadyPaidOperation = changeOperation({
	value: 'recordAlreadyPaid',
	name: 'Record "Already Paid"',
	action: 'Record that the payer says to have paid',
	description: 'The payer says "já paguei": reminders rest until somebody has checked it (Settle or Reopen)',
	news: () => ({ type: 'claimPaid' }),
});
