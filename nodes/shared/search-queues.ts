import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listQueues } from '../../engine/index';
import { getDesk } from './desk';

/** The queues a node may be pointed at, by number; blocked and inactive ones are there too, and say so. */
export async function searchQueues(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const queues = await listQueues(await getDesk());
	const wanted = filter.toLowerCase();
	return {
		results: queues
			.map(({ name, displayName, number, active, blocked }) => ({
				name: `${number} - ${displayName}${blocked ? ' (blocked)' : active ? '' : ' (inactive)'}`,
				value: name,
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
