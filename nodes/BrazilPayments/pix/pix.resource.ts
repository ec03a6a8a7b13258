import type { Resource } from '../../shared/operation';
import type { PaymentsOperation } from '../payments-operation';
import { createCodeOperation } from './create-code.operation';
import { readCodeOperation } from './read-code.operation';

export const pixResource: Resource<PaymentsOperation> = {
	value: 'pix',
	name: 'Pix',
	description: 'A code to copy or scan and pay at once',
	operations: [createCodeOperation, readCodeOperation],
};
