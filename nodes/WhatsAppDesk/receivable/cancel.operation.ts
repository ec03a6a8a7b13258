import { changeOperation } from './change-operation';

export const cancelOperation = changeOperation({
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a receivable',
	description: 'The creditor gave it up or replaced it: reminders that still wait are taken back',
	news: () => ({ type: 'cancel' }),
});
