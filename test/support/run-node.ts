/** Runs nodes through n8n's own execution engine: real expressions, routing, item linking and On Error. */
import type {
	IConnections,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IRun,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, n8nCore, n8nWorkflow, nodeTypesOf, storedNode } from './n8n-host';
import type { AnyNode, Credentials, NodeSpec } from './n8n-host';

type ItemInput = INodeExecutionData | INodeExecutionData['json'];

/** The run ended with this error; fields as n8n stores them. */
export class NodeRunFailed extends Error {
	constructor(
		message: string,
		readonly description: string | undefined,
		readonly itemIndex: number | undefined,
		readonly nodeName: string | undefined,
	) {
		super(message);
	}
}

/**
 * One node behind an input node called "Input". Items may be plain JSON or whole n8n items.
 * @returns the items of each output, empty outputs as [].
 * @throws NodeRunFailed when the run fails
 */
export async function runNode(
	spec: NodeSpec & { items: ItemInput[]; mode?: WorkflowExecuteMode },
): Promise<INodeExecutionData[][]> {
	const node = storedNode(spec);
	const results = await runWorkflow(
		{ nodes: [inputNode, node], connections: connect(inputNode.name, node.name) },
		{ nodeTypes: { [node.type]: spec.node }, triggerItems: spec.items, credentials: spec.credentials, mode: spec.mode },
	);
	const outputs = results.outputsOf(node.name);
	return Array.from({ length: Math.max(outputs.length, 1) }, (_, output) => outputs[output] ?? []);
}

export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface WorkflowRun {
	run: IRun;
	/** What a node's last run put out; [] when it did not run. */
	outputsOf(nodeName: string): INodeExecutionData[][];
	/** The names of the nodes that ran, in the order they first ran. */
	ran: string[];
}

/**
 * A whole workflow, started as if its trigger had emitted these items. `nodeTypes` maps type names
 * ('n8n-nodes-whatsapp-desk.queueRouter') to nodes; sticky notes are left out.
 * @throws NodeRunFailed when the run fails
 */
export async function runWorkflow(
	json: WorkflowJson,
	options: {
		nodeTypes: Record<string, AnyNode>;
		triggerItems: ItemInput[];
		/** Default: the first trigger node. */
		startAt?: string;
		credentials?: Credentials;
		mode?: WorkflowExecuteMode;
	},
): Promise<WorkflowRun> {
	const { mode = 'trigger', credentials = {} } = options;
	const nodes = json.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	const workflow = new n8nWorkflow.Workflow({
		id: 'workflow1',
		name: 'Test',
		nodes: structuredClone(nodes),
		connections: json.connections,
		active: mode !== 'manual',
		nodeTypes: nodeTypesOf({ [inputNode.type]: input, ...options.nodeTypes }),
		settings: { executionOrder: 'v1', timezone: 'America/Sao_Paulo', ...json.settings },
	});
	const start = options.startAt ? workflow.getNode(options.startAt) : workflow.getTriggerNodes()[0];
	if (!start) throw new Error('The workflow has no trigger to start at.');

	const items = options.triggerItems.map(asItem);
	const execution = new n8nCore.WorkflowExecute(
		additionalDataFor(credentials, mode),
		mode,
		n8nWorkflow.createRunExecutionData({
			// By hand n8n would call trigger() and wait for it to emit; pinned data stands in for that.
			...(mode === 'manual' ? { resultData: { pinData: { [start.name]: items } } } : {}),
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
			},
		}),
	);
	const run = await execution.processRunExecutionData(workflow);

	const { error, runData } = run.data.resultData;
	if (error) {
		const failed = error as typeof error & { node?: INode; context?: { itemIndex?: number } };
		const { itemIndex } = failed.context ?? {};
		throw new NodeRunFailed(failed.message, failed.description ?? undefined, itemIndex, failed.node?.name);
	}
	return {
		run,
		outputsOf: (name) => (runData[name]?.at(-1)?.data?.main ?? []).map((items) => items ?? []),
		ran: Object.keys(runData),
	};
}

/** { Input: main[0] → node } */
export function connect(from: string, to: string): IConnections {
	return { [from]: { main: [[{ node: to, type: n8nWorkflow.NodeConnectionTypes.Main, index: 0 }]] } };
}

const input: INodeType = {
	description: {
		name: 'testInput',
		displayName: 'Input',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	} as INodeTypeDescription,
	trigger: async () => ({}),
};

const inputNode: INode = {
	id: 'input',
	name: 'Input',
	type: 'test.input',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function asItem(item: ItemInput): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null;
	return isItem ? (item as INodeExecutionData) : { json: item as INodeExecutionData['json'] };
}
