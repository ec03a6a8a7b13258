import type { INodeProperties } from 'n8n-workflow';

/** Of what a person or a workflow does to a ticket by hand. */
export const reasonField: INodeProperties = {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	description: 'Why, for the timeline',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: '',
	description: 'The word for where it stands from now on; when empty, the status stays',
};
