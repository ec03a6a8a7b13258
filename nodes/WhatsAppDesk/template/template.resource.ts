import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { createOperation } from './create.operation';
import { deleteOperation } from './delete.operation';
import { editOperation } from './edit.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';

export const templateResource: Resource<DeskOperation> = {
	value: 'template',
	name: 'Template',
	description:
		'A message approved by Meta (modelo de mensagem), which may start conversations. Only the Cloud API has them: on a linked device Send Template sends their text.',
	operations: [createOperation, deleteOperation, editOperation, getOperation, getManyOperation],
};
