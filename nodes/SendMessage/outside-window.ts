/** What happens to a message that WhatsApp does not take any more, because the contact wrote more than 24 hours ago (D-19)? */
import type { INodeProperties } from 'n8n-workflow';
import type { Desk, SendRequest } from '../../engine/index';
import type { ChosenChannel } from '../shared/desk';
import { shownFor } from '../shared/operation';
import type { Draft, SendCall } from '../shared/send-items';
import { fillForItem } from '../shared/template/fill-for-item';
import { refuseWrongTemplate, templateFinder } from '../shared/template/find-template';
import type { Lookup } from '../shared/template/find-template';
import { readTemplateRef, templateFields } from '../shared/template/template-fields';

export const outsideWindowFields: INodeProperties[] = [
	{
		displayName: 'If Outside the 24-Hour Window',
		name: 'outsideWindow',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fail', value: 'fail', description: 'The item leaves through "Not Sent", with the reason' },
			{ name: 'Hold Until the Customer Writes', value: 'hold', description: 'It leaves as soon as they do' },
			{
				name: 'Send a Template Instead',
				value: 'template',
				description: 'An approved template; it may reopen the conversation',
			},
		],
		default: 'fail',
		description:
			'What to do when the contact has not written for 24 hours at the moment of sending: WhatsApp then takes approved templates only',
		displayOptions: { show: { connectThrough: ['cloudApi'] } },
	},
	...templateFields.map((field) => shownFor(field, { connectThrough: ['cloudApi'], outsideWindow: ['template'] })),
];

export interface WindowPlan {
	outsideWindow: SendRequest['outsideWindow'];
	/** Portuguese; why the template could not be used, should it come to that. */
	hint: string | null;
	lookup: Lookup | null;
}

export function windowPlans(desk: Desk, channel: ChosenChannel) {
	const findTemplate = templateFinder(desk, channel);
	const lookups = new Map<Draft, Lookup | null>();

	const planOf = async (call: SendCall): Promise<WindowPlan> => {
		// A linked device has no such window: what was set for the Cloud API stays in the workflow and does nothing.
		if (channel.kind === 'linkedDevice') return { outsideWindow: undefined, hint: null, lookup: null };
		const chosen = call.params.text('outsideWindow');
		if (chosen === 'hold') return { outsideWindow: { type: 'hold' }, hint: null, lookup: null };
		if (chosen !== 'template') return { outsideWindow: undefined, hint: null, lookup: null };
		const lookup = await findTemplate(readTemplateRef(call.params));
		if (lookup.type === 'unsendable') return { ...unusable(lookup.explanation), lookup };
		const item = await fillForItem(lookup.template, call);
		if (item.type === 'unsendable') return { ...unusable(item.explanation), lookup };
		return { outsideWindow: { type: 'template', content: item.content }, hint: null, lookup };
	};
	const remember = (draft: Draft, { lookup }: WindowPlan) => void lookups.set(draft, lookup);
	/** @throws ConfigurationError when no item names a template there is */
	const check = (drafts: Draft[]) => refuseWrongTemplate(drafts.map((draft) => lookups.get(draft) ?? null));
	return { planOf, remember, check };
}

/** Within the window the message needs no template: it is not held up by one that cannot be filled. */
function unusable(explanation: string): Pick<WindowPlan, 'outsideWindow' | 'hint'> {
	return {
		outsideWindow: undefined,
		hint: `Fora da janela de 24 horas o modelo não poderia substituir a mensagem: ${explanation}`,
	};
}
