import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { blockOperation } from './block.operation';
import { getManyOperation } from './get-many.operation';
import { unblockOperation } from './unblock.operation';

export const queueResource: Resource<DeskOperation> = {
	value: 'queue',
	name: 'Queue',
	description: 'The waiting line of a team',
	operations: [blockOperation, getManyOperation, unblockOperation],
};
