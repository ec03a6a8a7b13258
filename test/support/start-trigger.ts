/** Starts a trigger node in n8n's own TriggerContext and collects what it emits. */
import { once, EventEmitter } from 'node:events';
import type { ExecutionError, INodeExecutionData, IRun, WorkflowActivateMode, WorkflowExecuteMode } from 'n8n-workflow';
import { additionalDataFor, n8nCore, storedNode, workflowAround } from './n8n-host';
import type { NodeSpec } from './n8n-host';

export interface Emission {
	/** The items of the first output. */
	items: INodeExecutionData[];
	outputs: INodeExecutionData[][];
	deduplicationKey: string | undefined;
	/** Ends the run this emission started, as n8n does; without a run it is a duplicate that n8n skipped. */
	end(run?: Partial<IRun>): void;
}

export interface StartedTrigger {
	emitted: Emission[];
	/** Errors given to emitError (fatal) and saveFailedExecution (the trigger stays up). */
	errors: Array<{ fatal: boolean; error: Error }>;
	/** The n-th emission (from 1), as soon as there are that many. */
	emission(n: number): Promise<Emission>;
	close(): Promise<void>;
}

/**
 * `mode` 'manual' also calls manualTriggerFunction, as "Execute workflow" does.
 * With `endRuns` (default) every run succeeds at once; otherwise the test calls `end()`.
 */
export async function startTrigger(
	spec: NodeSpec & { mode?: 'trigger' | 'manual'; activation?: WorkflowActivateMode; endRuns?: boolean },
): Promise<StartedTrigger> {
	const mode: WorkflowExecuteMode = spec.mode ?? 'trigger';
	const node = storedNode(spec);
	const workflow = workflowAround(node, spec.node);
	const emitted: Emission[] = [];
	const errors: StartedTrigger['errors'] = [];
	const news = new EventEmitter();

	const emit = (
		outputs: INodeExecutionData[][],
		_response?: unknown,
		done?: { resolve(run: IRun): void },
		deduplicationKey?: string,
	) => {
		const end = (run?: Partial<IRun>) => done?.resolve(run as IRun);
		emitted.push({ items: outputs[0] ?? [], outputs, deduplicationKey, end });
		news.emit('emission');
		if (spec.endRuns ?? true) end({ status: 'success', finished: true });
	};

	const context = new n8nCore.TriggerContext(
		workflow,
		workflow.getNode(node.name)!,
		additionalDataFor(spec.credentials ?? {}, mode),
		mode,
		mode === 'manual' ? 'manual' : (spec.activation ?? 'activate'),
		emit,
		(error: Error) => void errors.push({ fatal: true, error }),
		(error: ExecutionError) => void errors.push({ fatal: false, error }),
	);
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const response = await type.trigger!.call(context);
	// n8n calls trigger() again every 10 s when it returns nothing.
	if (!response) throw new Error('trigger() returned nothing');
	if (mode === 'manual') await response.manualTriggerFunction?.();

	return {
		emitted,
		errors,
		emission: async (n) => {
			while (emitted.length < n) await once(news, 'emission');
			return emitted[n - 1]!;
		},
		close: async () => await response.closeFunction?.(),
	};
}
