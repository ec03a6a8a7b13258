import { UserError } from 'n8n-workflow';
import { changeConsent } from '../../../engine/index';
import { instantOf } from '../../shared/instant-of';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { consentResultJson } from './consent-result';
import { contactField, contactOf } from './fields';

interface Options {
	givenAt: unknown;
	source: string;
}

export const optInOperation: DeskOperation = {
	value: 'optIn',
	name: 'Opt In',
	action: 'Opt a contact in',
	description: 'Write down that the contact agreed to receive messages of the company, and where the proof is',
	properties: [
		contactField,
		{
			displayName: 'Proof',
			name: 'proof',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. aceitou no formulário do site, registro 4711',
			description: 'Where the consent is written down; Meta and the LGPD may ask for it',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Given At',
					name: 'givenAt',
					type: 'dateTime',
					default: '',
					description: 'When the contact agreed; now when empty. An agreement older than an opt-out does not undo it.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. formulário do site',
					description: 'How the consent was given',
				},
			],
		},
	],
	run: async (call) => {
		const { source } = call.params.collection<Options>('options');
		const wish = { type: 'optIn', proof: call.params.requiredText('proof'), source, at: givenAt(call) } as const;
		return consentResultJson(await changeConsent(call.desk, contactOf(call), wish));
	},
};

/** @throws UserError for what is no moment, or one to come */
function givenAt({ params, desk, context }: DeskCall): number {
	const { givenAt: value } = params.collection<Options>('options');
	const now = desk.clock.now();
	if (value === undefined || value === null || value === '') return now;
	const at = instantOf(value, context.getTimezone());
	if (!Number.isFinite(at)) {
		throw new UserError(`"Given At" is not a moment: ${JSON.stringify(value)}.`, {
			description: 'Use an ISO date and time such as 2026-11-22T10:00.',
		});
	}
	if (at <= now) return at;
	throw new UserError('"Given At" lies in the future.', { description: 'Enter when the contact agreed.' });
}
