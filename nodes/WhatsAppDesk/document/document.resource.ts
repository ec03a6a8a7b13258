import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { deleteTemplateOperation } from './delete-template.operation';
import { getTemplateOperation } from './get-template.operation';
import { renderOperation } from './render.operation';
import { setTemplateOperation } from './set-template.operation';

export const documentResource: Resource<DeskOperation> = {
	value: 'document',
	name: 'Document',
	description: 'A termo de acordo or demonstrativo de débito as a PDF',
	operations: [renderOperation, getTemplateOperation, setTemplateOperation, deleteTemplateOperation],
};
