import type { Loose } from '../model';
import type { NewTemplate, TemplateCategory } from './model';

/** Writes a template of the demonstration as Graph keeps it. Variables have names, so that items of a workflow fill them by name. */
export interface Seed {
	name: string;
	/** Default UTILITY. */
	category?: TemplateCategory;
	/** With {{nome}}; every variable has an example. */
	body: string;
	examples: Record<string, string>;
	/** Quick replies. */
	replies?: string[];
	/** A file stands above the text. */
	document?: boolean;
}

/** What Meta would have given for the sample file of a document header. */
export const SEED_HANDLE = '4::demonstracao';

export function seed({ name, category = 'UTILITY', body, examples, replies = [], document }: Seed): NewTemplate {
	const named = Object.entries(examples).map(([param_name, example]) => ({ param_name, example }));
	const components: Loose[] = [{ type: 'BODY', text: body, example: { body_text_named_params: named } }];
	if (document) components.unshift({ type: 'HEADER', format: 'DOCUMENT', example: { header_handle: [SEED_HANDLE] } });
	if (replies.length > 0) {
		components.push({ type: 'BUTTONS', buttons: replies.map((text) => ({ type: 'QUICK_REPLY', text })) });
	}
	return { name, language: 'pt_BR', category, parameterFormat: 'NAMED', components };
}
