import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { createOperation } from './create.operation';
import { deleteOperation } from './delete.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';
import { updateOperation } from './update.operation';

export const quickReplyResource: Resource<DeskOperation> = {
	value: 'quickReply',
	name: 'Quick Reply',
	description: 'A ready message (mensagem pronta) with variables',
	operations: [createOperation, deleteOperation, getOperation, getManyOperation, updateOperation],
};
