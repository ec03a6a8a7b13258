import { changeOperation } from './change-operation';

export const wrongPersonOperation = changeOperation({
	value: 'wrongPerson',
	name: 'Wrong Person',
	action: 'Record that the contact is not the payer',
	description: 'The contact is somebody else: nothing more about this payer goes there, whichever invoice it is',
	news: () => ({ type: 'wrongPerson' }),
});
