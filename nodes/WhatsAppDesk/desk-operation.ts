import type { Desk } from '../../engine/index';
import type { DeskOperation as AnyDeskOperation, OperationCall } from '../shared/operation';

export type DeskOperation = AnyDeskOperation<Desk>;
export type DeskCall = OperationCall<Desk>;
