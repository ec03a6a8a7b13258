import type { Resource } from '../../shared/operation';
import type { PaymentsOperation } from '../payments-operation';
import { instalmentsOperation } from './instalments.operation';
import { lateChargesOperation } from './late-charges.operation';

export const chargesResource: Resource<PaymentsOperation> = {
	value: 'charges',
	name: 'Charges',
	description: 'What an amount has grown to, and how it can be paid in parts',
	operations: [lateChargesOperation, instalmentsOperation],
};
