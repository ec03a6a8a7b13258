import { NodeOperationError } from 'n8n-workflow';
import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { testErpItems } from '../../engine/index';
import { getDesk } from '../shared/desk';
import { outputsOf } from './listen-for-runs';
import { readRunning, sourceOf } from './read-options';

/** A test by hand: n8n calls this once webhook() has stored a notice for it. */
export function listenForTest(context: ITriggerFunctions): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			const items = await testErpItems(await getDesk(context), sourceOf(context), readRunning(context).raw);
			if (items.length === 0) {
				throw new NodeOperationError(context.getNode(), 'No notice came to the test URL in the last two minutes.', {
					description: 'Execute the node again, then have the ERP (or curl) post a notice to its test URL.',
				});
			}
			context.emit(outputsOf(items));
		},
	};
}
