import type { IDataObject } from 'n8n-workflow';
import type { ConversationView, OperationResult } from '../../../engine/index';

/** The conversation's fields first, then what was done; `drafts` are texts prepared for the agent, not sent. */
export function resultJson({ conversation, changed, messageIds, drafts }: OperationResult): IDataObject {
	return { ...conversationJson(conversation), changed, messageIds, drafts };
}

export function conversationJson(conversation: ConversationView): IDataObject {
	return { ...conversation };
}
