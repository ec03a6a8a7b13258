import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { cancelOperation } from './cancel.operation';
import { checkOperation } from './check.operation';
import { getManyOperation } from './get-many.operation';
import { getOperation } from './get.operation';
import { handToHumanOperation } from './hand-to-human.operation';
import { recordAlreadyPaidOperation } from './record-already-paid.operation';
import { recordDisputeOperation } from './record-dispute.operation';
import { recordPartPaymentOperation } from './record-part-payment.operation';
import { recordPromiseOperation } from './record-promise.operation';
import { renegotiateOperation } from './renegotiate.operation';
import { reopenOperation } from './reopen.operation';
import { settleOperation } from './settle.operation';
import { wrongPersonOperation } from './wrong-person.operation';

export const receivableResource: Resource<DeskOperation> = {
	value: 'receivable',
	name: 'Receivable',
	description: 'What is owed, and what the payer or the ERP says about it',
	operations: [
		cancelOperation,
		checkOperation,
		getOperation,
		getManyOperation,
		handToHumanOperation,
		recordAlreadyPaidOperation,
		recordDisputeOperation,
		recordPartPaymentOperation,
		recordPromiseOperation,
		renegotiateOperation,
		reopenOperation,
		settleOperation,
		wrongPersonOperation,
	],
};
