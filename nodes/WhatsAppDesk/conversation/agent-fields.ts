import type { INodeProperties } from 'n8n-workflow';

export const agentField: INodeProperties = {
	displayName: 'Agent',
	name: 'agent',
	type: 'string',
	default: '',
	placeholder: 'e.g. ana@example.com',
	description: 'Stable name of the person who attends, such as their e-mail address',
};

export const agentNameField: INodeProperties = {
	displayName: 'Agent Name',
	name: 'agentName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Ana',
	description: 'The name the customer sees in "[Nome do atendente] aqui…"; by default the same as Agent',
};
