import type { Resource } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { checkNumberOperation } from './check-number.operation';
import { getManyOperation } from './get-many.operation';
import { getOptInLinkOperation } from './get-opt-in-link.operation';
import { getOperation } from './get.operation';
import { optInOperation } from './opt-in.operation';
import { optOutOperation } from './opt-out.operation';
import { upsertOperation } from './upsert.operation';

export const contactResource: Resource<DeskOperation> = {
	value: 'contact',
	name: 'Contact',
	description: 'A person outside: names, phone, consent',
	operations: [
		checkNumberOperation,
		upsertOperation,
		getOperation,
		getManyOperation,
		getOptInLinkOperation,
		optInOperation,
		optOutOperation,
	],
};
