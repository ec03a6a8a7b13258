import type { Resource } from '../../shared/operation';
import type { PaymentsOperation } from '../payments-operation';
import { findInTextOperation } from './find-in-text.operation';
import { readOperation } from './read.operation';

export const boletoResource: Resource<PaymentsOperation> = {
	value: 'boleto',
	name: 'Boleto',
	description: 'A bill of a bank, a utility or a government',
	operations: [readOperation, findInTextOperation],
};
