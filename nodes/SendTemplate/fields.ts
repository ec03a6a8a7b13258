/** Which template, in which words? On the Cloud API an approved one; on a linked device a text may stand in for it. */
import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../shared/operation';
import {
	templateField,
	templateLanguageField,
	templateTextField,
	templateValuesField,
} from '../shared/template/template-fields';

export const templateFields: INodeProperties[] = [
	shownFor(templateField, { connectThrough: ['cloudApi'] }),
	shownFor(
		{
			...templateField,
			required: false,
			description:
				'Whose text is sent: a template of a Cloud API number of this desk. Not needed when "Text" is filled in.',
		},
		{ connectThrough: ['linkedDevice'] },
	),
	templateLanguageField,
	shownFor(templateTextField, { connectThrough: ['linkedDevice'] }),
	templateValuesField,
];
