import type { Desk } from '../../engine/index';
import type { OutboundContent } from '../../engine/model';
import type { Operation, OperationCall } from '../shared/operation';

/** One kind of message: its fields, and how they become what the desk sends. */
export type MessageType = Operation<MessageCall, OutboundContent>;

export type MessageCall = Pick<OperationCall<Desk>, 'desk' | 'params' | 'item' | 'index' | 'context' | 'message'>;
