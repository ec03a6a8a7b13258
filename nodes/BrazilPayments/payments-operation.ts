/** What is an operation of this node? Wrong input is a result with `valid: false`; only a wrong node is an error. */
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ItemParameters } from '../shared/item-parameters';
import type { OperationFields } from '../shared/operation';

export interface PaymentsCall {
	params: ItemParameters;
	/** Epoch milliseconds, the same for all items of a run. */
	now: number;
	/** For binary data only. */
	context: IExecuteFunctions;
}

export interface PaymentsResult {
	/** Goes into one field of the item, which keeps its own. */
	result: IDataObject;
	/** Goes to the files of the item. */
	binary?: IBinaryKeyData;
}

export interface PaymentsOperation extends OperationFields {
	/** Name of the field the result goes into unless the options name another. */
	resultField: string;
	run(call: PaymentsCall): PaymentsResult | Promise<PaymentsResult>;
}

/** `errors`: in Portuguese, so that they can be shown to whoever typed it. */
export function invalid(...errors: string[]): PaymentsResult {
	return { result: { valid: false, errors, warnings: [] } };
}
