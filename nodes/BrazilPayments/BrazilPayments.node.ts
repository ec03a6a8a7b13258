import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { itemParameters } from '../shared/item-parameters';
import { chosenOperation, propertiesOf } from '../shared/operation';
import { parameterReader } from '../shared/read-parameter';
import { runItems } from '../shared/run-items';
import { resources } from './resources';
import { resultFieldOf } from './result-field';

export class BrazilPayments implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Brazil Payments',
		name: 'brazilPayments',
		icon: { light: 'file:../../icons/brazil-payments.svg', dark: 'file:../../icons/brazil-payments.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read boletos, make and read Pix codes, check CPF and CNPJ, work out late charges and instalments',
		defaults: { name: 'Brazil Payments' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: propertiesOf(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const read = parameterReader(this);
		const operation = chosenOperation(this, resources);
		// One moment for all items of a run: they are judged alike.
		const now = Date.now();
		return await runItems(this, async (item, index) => {
			const params = itemParameters(read, index);
			const { result, binary } = await operation.run({ params, now, context: this });
			return {
				json: { ...item.json, [resultFieldOf(params, operation.resultField)]: result },
				binary: binary ? { ...item.binary, ...binary } : item.binary,
				output: 0,
			};
		});
	}
}
