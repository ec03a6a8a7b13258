import type { IDataObject, INodeExecutionData, IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { erpRunFailed } from '../../engine/index';
import type { ErpItem } from '../../engine/index';
import { getDesk } from '../shared/desk';
import { readRunning, sourceOf } from './read-options';

/** Published: runs the workflow for what was received, and lets the desk know when each run has ended. */
export async function listenForRuns(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const desk = await getDesk(context);
	const source = sourceOf(context);
	const { id, name } = context.getWorkflow();
	const workflow = { id: String(id), name: name ?? String(id) };
	const stop = await desk.listenToErp({
		...readRunning(context),
		source,
		workflowId: workflow.id,
		emit: async (items) => {
			const done = context.helpers.createDeferredPromise<IRun>();
			context.emit(outputsOf(items), undefined, done);
			const run = (await done.promise) as IRun | undefined;
			return run?.status === 'error' || run?.status === 'crashed' ? 'failed' : 'succeeded';
		},
		onFailed: (items) => desk.tell([erpRunFailed(items, source, workflow, desk.clock.now())]),
	});
	return { closeFunction: stop };
}

/** Event · Ignored */
export function outputsOf(items: readonly ErpItem[]): INodeExecutionData[][] {
	const asData = (item: ErpItem) => ({ json: item as unknown as IDataObject });
	return [
		items.filter(({ outcome }) => outcome === 'event').map(asData),
		items.filter(({ outcome }) => outcome !== 'event').map(asData),
	];
}
