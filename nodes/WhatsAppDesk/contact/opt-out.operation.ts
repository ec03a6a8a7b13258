import { changeConsent } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { consentResultJson } from './consent-result';
import { contactField, contactOf } from './fields';

export const optOutOperation: DeskOperation = {
	value: 'optOut',
	name: 'Opt Out',
	action: 'Opt a contact out',
	description: 'Write down that the contact wants no more messages; a phone nobody knew yet is remembered too',
	properties: [
		contactField,
		{
			displayName: 'From',
			name: 'scope',
			type: 'options',
			default: 'all',
			description: 'What the contact does not want any more; answers in a conversation are always sent',
			options: [
				{
					name: 'All Messages',
					value: 'all',
					description: 'Nothing on the company’s initiative: no notifications, no reminders, no marketing',
				},
				{ name: 'Marketing', value: 'marketing', description: 'No marketing; notifications go on' },
			],
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. pediu por telefone',
			description: 'For the timeline',
		},
	],
	run: async (call) => {
		const scope = call.params.text('scope') === 'marketing' ? 'marketing' : 'all';
		const wish = { type: 'optOut', scope, reason: call.params.text('reason'), at: call.desk.clock.now() } as const;
		return consentResultJson(await changeConsent(call.desk, contactOf(call), wish));
	},
};
