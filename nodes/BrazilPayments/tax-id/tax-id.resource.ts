import type { Resource } from '../../shared/operation';
import type { PaymentsOperation } from '../payments-operation';
import { checkOperation } from './check.operation';

export const taxIdResource: Resource<PaymentsOperation> = {
	value: 'taxId',
	name: 'Tax ID',
	description: 'The CPF of a person or the CNPJ of a company',
	operations: [checkOperation],
};
