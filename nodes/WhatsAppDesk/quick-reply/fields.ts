/** Fields that the operations on quick replies share, and how a quick reply leaves the node. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { QuickReply } from '../../../engine/index';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Segunda via do boleto',
	description: 'Short and internal: agents choose by it, customers never see it',
};

export const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 5 },
	required: true,
	default: '',
	placeholder: 'e.g. Olá, [Cliente]! Segue a segunda via do seu boleto. Protocolo: [Protocolo].',
	description:
		'What customers receive, at most 4,096 characters, with WhatsApp formatting. Variables such as [Cliente], [Atendente], [Protocolo], [Fila], [Telefone] and [Saudação] are filled in when it is sent; values for others are given in Send Message.',
	hint: 'n8n takes {{ }} for an expression, so write variables in square brackets here, such as [Cliente]',
};

/** All of a quick reply. */
export function quickReplyJson({ createdAt, updatedAt, ...quickReply }: QuickReply): IDataObject {
	return {
		...quickReply,
		createdAt: new Date(createdAt).toISOString(),
		updatedAt: new Date(updatedAt).toISOString(),
	};
}

const SHOWN = 80;

/** The content in one line, shortened (B-75). */
export function shortened(content: string): string {
	const line = content.replace(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length <= SHOWN
		? line
		: `${letters
				.slice(0, SHOWN - 1)
				.join('')
				.trimEnd()}…`;
}
