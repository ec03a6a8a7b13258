import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { capacityOperation } from './capacity.operation';
import { deliveryOperation } from './delivery.operation';
import { receivablesOperation } from './receivables.operation';
import { usageAndCostOperation } from './usage-and-cost.operation';

export const reportResource: Resource<DeskOperation> = {
	value: 'report',
	name: 'Report',
	description: 'What the numbers did, what it cost, and what the team can still take',
	operations: [deliveryOperation, receivablesOperation, capacityOperation, usageAndCostOperation],
};
