/** Fields that the operations on documents share, and how they are read. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DOCUMENT_KINDS, DOCUMENT_WILDCARDS } from '../../../engine/index';
import type { DocumentContent, DocumentKind } from '../../../engine/index';
import type { DeskCall } from '../desk-operation';

export const kindField: INodeProperties = {
	displayName: 'Document',
	name: 'documentKind',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Agreement', value: 'agreement', description: 'Termo de acordo: debts, discount, instalments, signatures' },
		{
			name: 'Debt Statement',
			value: 'debtStatement',
			description: 'Demonstrativo de débito (título original): each title and what it has grown to',
		},
	],
	default: 'agreement',
};

export function kindOf({ params }: DeskCall): DocumentKind {
	const given = params.text('documentKind');
	const kind = DOCUMENT_KINDS.find((each) => each === given);
	if (kind) return kind;
	throw new UserError(`There is no document "${given}".`, { description: 'Choose one from the list.' });
}

export const creditorField: INodeProperties = {
	displayName: 'Creditor',
	name: 'creditor',
	type: 'string',
	default: '',
	placeholder: 'e.g. 11.222.333/0001-81',
	description: 'CNPJ, CPF or another key of the creditor. When empty, the template of the whole account.',
};

export const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryField',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
};

/** The template as a person edits it, and what may be used in it. */
export function contentJson(content: DocumentContent): IDataObject {
	return JSON.parse(JSON.stringify(content)) as IDataObject;
}

export function wildcardsJson(): IDataObject[] {
	return DOCUMENT_WILDCARDS.map(({ name, meaning, aliases = [] }) => ({ wildcard: `#${name}#`, meaning, aliases }));
}

/** What a field of type JSON holds: an object already, or its text. @throws UserError */
export function jsonOf({ params }: DeskCall, name: string, label: string): unknown {
	const given = params.value(name);
	if (typeof given !== 'string') return given;
	const parsed = parse(given);
	if (parsed.ok) return parsed.value;
	throw new UserError(`"${label}" is no valid JSON.`, { description: parsed.reason });
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, reason: String(error) };
	}
}
