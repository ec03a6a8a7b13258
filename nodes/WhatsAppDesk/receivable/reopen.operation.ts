import { changeOperation } from './change-operation';

export const reopenOperation = changeOperation({
	value: 'reopen',
	name: 'Reopen',
	action: 'Reopen a receivable',
	description:
		'The way back from any state, for example when a payment was reversed, a dispute was cleared or a number was corrected',
	news: () => ({ type: 'reopen' }),
});
