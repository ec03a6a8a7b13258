/** What goes out for one item: the template it names, filled with its values, or the reason why it cannot. */
import { templateOfText } from '../../engine/index';
import type { Desk } from '../../engine/index';
import type { ChosenChannel } from '../shared/desk';
import { readRecipient } from '../shared/recipient';
import type { Draft, SendCall } from '../shared/send-items';
import { fillForItem } from '../shared/template/fill-for-item';
import { refuseWrongTemplate, templateFinder } from '../shared/template/find-template';
import type { Lookup } from '../shared/template/find-template';
import { readTemplateRef, readTemplateText } from '../shared/template/template-fields';
import { readPurpose } from '../shared/purpose';

export function templateDrafts(desk: Desk, channel: ChosenChannel) {
	const findTemplate = templateFinder(desk, channel);
	const lookups = new Map<Draft, Lookup>();

	const draftOf = async (call: SendCall): Promise<Draft> => {
		const { params, message } = call;
		const recipient = readRecipient(params, message);
		const own = channel.kind === 'linkedDevice' ? readTemplateText(params) : null;
		const ref = own?.ref ?? readTemplateRef(params);
		const lookup: Lookup = own
			? { type: 'found', template: templateOfText(own.text, own.ref) }
			: await findTemplate(ref);
		const draft: Draft = { recipient, kind: readPurpose(params), ...(await filled(lookup, ref, call)) };
		lookups.set(draft, lookup);
		return draft;
	};
	/** @throws ConfigurationError when no item names a template there is */
	const check = (drafts: Draft[]) => refuseWrongTemplate(drafts.map((draft) => lookups.get(draft) ?? null));
	return { draftOf, check };
}

async function filled(
	lookup: Lookup,
	ref: { name: string; language: string },
	call: SendCall,
): Promise<Pick<Draft, 'content' | 'told' | 'hint'>> {
	if (lookup.type === 'unsendable') {
		return { content: lookup, told: { template: { ...ref, category: null, status: null }, text: null } };
	}
	const { name, language, category, status } = lookup.template;
	const template = { name, language, category, status };
	const item = await fillForItem(lookup.template, call);
	if (item.type === 'unsendable') return { content: item, told: { template, text: null } };
	const { content, ignored } = item;
	const hint = ignored.length > 0 ? `O modelo não tem lugar para: ${ignored.join(', ')}. Abra o nó e confira.` : null;
	return { content, told: { template, text: content.text }, hint };
}
