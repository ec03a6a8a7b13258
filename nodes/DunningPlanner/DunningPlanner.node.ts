import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getDesk } from '../shared/desk';
import { creditorFields } from './creditor.fields';
import { hoursFields } from './hours.fields';
import { ladderFields } from './ladder.fields';
import { mappingField } from './mapping.fields';
import { chargesFields, optionsField } from './options.fields';
import { planRun } from './plan-run';

export class DunningPlanner implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dunning Planner',
		name: 'dunningPlanner',
		icon: { light: 'file:../../icons/dunning-planner.svg', dark: 'file:../../icons/dunning-planner.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["ladderFrom"] === "json" ? "ladder from JSON" : ((count) => count === 1 ? "1 step" : count + " steps")((($parameter.ladder || {}).step || []).length) }}',
		description: 'Decides which payment reminders are due now, and says why the others are not (régua de cobrança)',
		defaults: { name: 'Dunning Planner' },
		// It decides about everything that is owed at once: nothing an agent could call.
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Send Now', 'Later', 'Skipped', 'Human'],
		hints: [
			{
				message:
					'"Reference Time" is set: reminders are planned for that moment, not for now. Remove it in production.',
				type: 'warning',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ !!($parameter.options || {}).referenceTime }}',
			},
		],
		properties: [...creditorFields, ...ladderFields, ...hoursFields, ...chargesFields, mappingField, optionsField],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await planRun(this, await getDesk(this));
	}
}
