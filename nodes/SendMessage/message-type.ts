import type { OutboundContent } from '../../engine/model';
import type { QuickReplyUse } from '../../engine/index';
import type { Operation } from '../shared/operation';
import type { SendCall } from '../shared/send-items';

/** One kind of message: its fields, and how they become what the desk sends. */
export type MessageType = Operation<SendCall, OutboundContent | QuickReplyUse>;

export type MessageCall = SendCall;
