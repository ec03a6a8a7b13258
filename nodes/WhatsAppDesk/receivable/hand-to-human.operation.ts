import { changeOperation } from './change-operation';

export const handToHumanOperation = changeOperation({
	value: 'handToHuman',
	name: 'Hand to a Human',
	action: 'Hand a receivable to a human',
	description: 'A person deals with it from now on; reminders rest until it is reopened',
	news: () => ({ type: 'handToHuman' }),
});
