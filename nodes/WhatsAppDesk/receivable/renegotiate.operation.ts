import { changeOperation } from './change-operation';

export const renegotiateOperation = changeOperation({
	value: 'renegotiate',
	name: 'Renegotiate',
	action: 'Record that a receivable was renegotiated',
	description: 'It became part of an agreement: reminders of it end',
	news: () => ({ type: 'renegotiate' }),
});
