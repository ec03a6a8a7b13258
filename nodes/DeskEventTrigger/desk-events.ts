import type { INodePropertyOptions } from 'n8n-workflow';

/** The timeline events a workflow can run for, as supervisors know them. */
export const DESK_EVENTS: INodePropertyOptions[] = [
	{ name: 'Agent Took the Conversation', value: 'assigned', description: 'A human attends; the bot is silent' },
	{ name: 'Attempts Exceeded', value: 'attemptsExceeded', description: 'A customer gave no valid answer to the menu' },
	{ name: 'Back From Closing', value: 'reopened', description: 'A customer wrote again shortly after closing' },
	{
		name: 'Bot Blocked by Loop Guard',
		value: 'loopBlocked',
		description: 'The bot stopped answering: it seemed to talk with another machine',
	},
	{ name: 'Bot Paused', value: 'botPaused' },
	{ name: 'Bot Resumed', value: 'botResumed' },
	{
		name: 'Channel Down',
		value: 'channelDown',
		description: 'A number cannot send at all: token, account, registration or payment; told once per outage',
	},
	{ name: 'Channel Up', value: 'channelUp', description: 'A number that could not send sends again' },
	{ name: 'Contact Opted In', value: 'optedIn', description: 'A contact agreed to receive messages of the company' },
	{
		name: 'Contact Opted Out',
		value: 'optedOut',
		description: 'A contact wants no more messages on the company’s initiative',
	},
	{ name: 'Contacts Merged', value: 'contactsMerged', description: 'Two records turned out to be one person' },
	{ name: 'Conversation Resolved', value: 'resolved' },
	{ name: 'Conversation Transferred', value: 'transferred' },
	{
		name: 'Human Wrote From the Phone',
		value: 'humanTookOver',
		description: 'Someone answered in the WhatsApp app; the bot pauses',
	},
	{ name: 'Late Message', value: 'lateMessage', description: 'A message was found too late for the bot to answer' },
	{
		name: 'Marketing Resumed',
		value: 'marketingResumed',
		description: 'A contact accepts marketing again, as WhatsApp reports',
	},
	{
		name: 'Marketing Stopped',
		value: 'marketingStopped',
		description: 'A contact wants no more marketing; other messages go on',
	},
	{ name: 'Menu Timeout', value: 'timeout', description: 'A customer did not answer the menu in time' },
	{
		name: 'Message Not Delivered',
		value: 'messageFailed',
		description: 'WhatsApp reported that a message did not arrive',
	},
	{ name: 'Message Not Sent', value: 'messageRefused', description: 'A message was not sent; the text says why' },
	{
		name: 'Message Unconfirmed',
		value: 'messageUnconfirmed',
		description: 'No answer came to a send; the desk waits for proof',
	},
	{
		name: 'News of the Account',
		value: 'account',
		description: 'Meta reports on templates, quality, limits or restrictions',
	},
	{
		name: 'Nobody Available',
		value: 'nobodyAvailable',
		description: 'A customer chose a queue where nobody is on duty',
	},
	{ name: 'Outside Business Hours', value: 'outsideHours', description: 'A conversation waits for the opening' },
	{
		name: 'Pending at Opening',
		value: 'pendingAtOpening',
		description: 'The business opened and a conversation is waiting',
	},
	{ name: 'Queue Blocked', value: 'queueBlocked' },
	{ name: 'Queue Unblocked', value: 'queueUnblocked' },
	{ name: 'Waiting in Queue', value: 'queued', description: 'A customer chose a queue and waits for an agent' },
	{
		name: 'Webhook Not Subscribed',
		value: 'webhookSubscriptionFailed',
		description: 'Automatic subscription did not work; the text says why',
	},
	{ name: 'Webhook Refused', value: 'webhookRefused', description: 'A webhook had no valid signature' },
	{ name: 'Workflow Failed', value: 'runFailed', description: 'A run failed while it handled a message' },
];
