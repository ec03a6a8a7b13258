/** How does Meta learn where this node receives? By hand, or by itself when the workflow is published. */
import type { INodeProperties } from 'n8n-workflow';

export const subscriptionFields: INodeProperties[] = [
	{
		displayName: 'Subscribe Automatically',
		name: 'subscribe',
		type: 'options',
		noDataExpression: true,
		default: 'off',
		description: 'Whether publishing this workflow also tells Meta where to deliver',
		options: [
			{
				name: 'Off',
				value: 'off',
				description: 'Paste the production URL and the verify token into the Meta app by hand',
			},
			{
				name: 'App and Account',
				value: 'app',
				description:
					'Everything of the Meta app is delivered here: messages of all its numbers, news of templates and of the account. Needs App ID in the credential.',
			},
			{
				name: 'This Number Only',
				value: 'number',
				description:
					'Only messages of this number are delivered here; the callback of the app stays as it is and still gets the rest',
			},
		],
	},
	{
		displayName: 'Replace Another Callback',
		name: 'replaceCallback',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to take the place of another address that Meta delivers to now. Whoever uses it receives nothing any more. When off, publishing stops and names that address.',
		displayOptions: { show: { subscribe: ['app', 'number'] } },
	},
];
