/**
 * Would this workflow file import cleanly and mean what it says? Our own nodes are judged by their descriptions, with
 * n8n's own rules; n8n's by a short list, since n8n itself is not installed for these tests.
 */
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';
import { n8nWorkflow, nodeTypesOf } from './n8n-host';
import type { AnyNode } from './n8n-host';

export interface WorkflowFile {
	id?: string;
	name: string;
	active?: boolean;
	nodes: INode[];
	connections: Record<string, { main?: Array<Array<{ node: string; type: string; index: number }> | null> }>;
	settings?: { executionOrder?: string; timezone?: string };
	pinData?: Record<string, unknown>;
}

const { NodeHelpers } = n8nWorkflow;

/** n8n's nodes that the shipped workflows may use: newest version known to work, outputs, and whether it has webhooks. */
const N8N_NODES: Record<string, { version: number; outputs: (node: INode) => number; webhooks?: true }> = {
	'n8n-nodes-base.stickyNote': { version: 1, outputs: () => 0 },
	'n8n-nodes-base.set': { version: 3.4, outputs: () => 1 },
	'n8n-nodes-base.noOp': { version: 1, outputs: () => 1 },
	'n8n-nodes-base.code': { version: 2, outputs: () => 1 },
	'n8n-nodes-base.switch': { version: 3.2, outputs: switchOutputs },
	'n8n-nodes-base.if': { version: 2.2, outputs: () => 2 },
	'n8n-nodes-base.merge': { version: 3, outputs: () => 1 },
	'n8n-nodes-base.removeDuplicates': { version: 2, outputs: () => 1 },
	'n8n-nodes-base.httpRequest': { version: 4.2, outputs: () => 1 },
	'n8n-nodes-base.manualTrigger': { version: 1, outputs: () => 1 },
	'n8n-nodes-base.scheduleTrigger': { version: 1.2, outputs: () => 1 },
	'n8n-nodes-base.formTrigger': { version: 2.6, outputs: () => 1, webhooks: true },
	'n8n-nodes-base.form': { version: 2.5, outputs: () => 1, webhooks: true },
};

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const OVERVIEW = 'Leia primeiro';
/** Boxes on the canvas are 96 wide; names and subtitles stand below. */
const NODE_PX = 96;

/** Things that belong to one installation or one person. */
const PRIVATE = [
	{ what: 'an e-mail address', pattern: /[\w.+-]+@[\w-]+\.\w/ },
	{ what: 'a phone number, an id or a token', pattern: /\b(\+?\d{10,}|EAA\w{8,})\b/ },
	{ what: 'an address of a server', pattern: /https?:\/\// },
];

/** One sentence per problem, with the node in front. `ours`: our nodes by type name. */
export function workflowProblems(workflow: WorkflowFile, ours: Record<string, AnyNode>): string[] {
	const { nodes } = workflow;
	return [
		...fileProblems(workflow),
		...nodes.flatMap((node) => nodeProblems(node, ours).map((problem) => `${node.name}: ${problem}`)),
		...repeated(nodes.map(({ id }) => id)).map((id) => `the id ${id} is used twice`),
		...repeated(nodes.map(({ name }) => name)).map((name) => `the name "${name}" is used twice`),
		...connectionProblems(workflow, ours),
		...overlaps(nodes),
	];
}

function fileProblems({ id, active, settings, nodes, pinData }: WorkflowFile): string[] {
	const overviews = nodes.filter(({ type, name }) => type === STICKY_NOTE && name === OVERVIEW);
	return [
		...(id ? [] : ['the file has no id: a second import would make a copy']),
		...(active === false ? [] : ['the file is not inactive: whoever imports it decides when to publish']),
		...(settings?.executionOrder === 'v1' ? [] : ['settings: executionOrder is not v1']),
		...(settings?.timezone === 'America/Sao_Paulo' ? [] : ['settings: timezone is not America/Sao_Paulo']),
		...(overviews.length === 1 ? [] : [`there are ${overviews.length} sticky notes "${OVERVIEW}" instead of one`]),
		...(Object.keys(pinData ?? {}).length === 0 ? [] : ['there is pinned data']),
	];
}

function nodeProblems(node: INode, ours: Record<string, AnyNode>): string[] {
	const text = JSON.stringify(node.parameters);
	const found = PRIVATE.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `seems to hold ${what}`);
	if (node.credentials) found.push('names a credential, which belongs to one installation');
	const known = N8N_NODES[node.type];
	if (known) {
		if (node.typeVersion !== known.version) found.push(`has version ${node.typeVersion}, known is ${known.version}`);
		if (known.webhooks && !node.webhookId) found.push('has no webhookId: its address would change with every import');
		return found;
	}
	const type = ours[node.type];
	if (!type) return [...found, `the type ${node.type} is not known`];
	const { description } = 'nodeVersions' in type ? type.getNodeType(node.typeVersion) : type;
	if (![description.version].flat().includes(node.typeVersion)) found.push(`there is no version ${node.typeVersion}`);
	if (description.webhooks?.length && !node.webhookId) {
		found.push('has no webhookId: its address would change with every import');
	}
	return [...found, ...parameterProblems(node, description)];
}

function parameterProblems(node: INode, description: INodeTypeDescription): string[] {
	const { properties } = description;
	const read = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
	const unknown = unknownPaths(node.parameters, read).map((path) => `there is no parameter ${path}`);
	// As n8n does before it looks for issues: what the file leaves out has its default.
	const complete = { ...node, parameters: read };
	const issues = NodeHelpers.getNodeParametersIssues(properties, complete, description)?.parameters ?? {};
	// Operations may have fields of the same name; those of this one count.
	const shown = properties.filter((property) => NodeHelpers.displayParameter(read, property, node, description));
	return [...unknown, ...Object.values(issues).flat(), ...unknownOptions(shown, node.parameters)];
}

/** Values of dropdowns that the description does not offer; lists that are loaded at run time are not looked at. */
function unknownOptions(properties: INodeProperties[], values: INodeParameters): string[] {
	return properties.flatMap((property) => {
		const { name, type, typeOptions, options = [] } = property;
		const value = values[name];
		if (value === undefined) return [];
		if (type === 'collection') return unknownOptions(options as INodeProperties[], value as INodeParameters);
		if (type === 'fixedCollection') {
			return (options as INodePropertyCollection[]).flatMap((group) =>
				[(value as INodeParameters)[group.name] ?? []]
					.flat()
					.flatMap((row) => unknownOptions(group.values, row as INodeParameters)),
			);
		}
		if ((type !== 'options' && type !== 'multiOptions') || typeOptions?.loadOptionsMethod) return [];
		// A name may stand for several fields, each shown in other circumstances.
		const offered = properties
			.filter((other) => other.name === name)
			.flatMap((other) => (other.options ?? []) as INodePropertyOptions[])
			.map((option) => option.value);
		return [value]
			.flat()
			.filter((each) => !String(each).startsWith('=') && !offered.includes(each as string))
			.map((each) => `parameter ${name} has no option "${String(each)}"`);
	});
}

/** Paths in `given` that n8n drops when it reads the parameters. */
function unknownPaths(given: NodeParameterValueType, read: NodeParameterValueType, path = ''): string[] {
	if (typeof given !== 'object' || given === null || (given as { __rl?: unknown }).__rl) return [];
	return Object.entries(given).flatMap(([key, value]) => {
		const name = path === '' ? key : `${path}.${key}`;
		const there = (read as INodeParameters | null | undefined)?.[key];
		return there === undefined ? [name] : unknownPaths(value as NodeParameterValueType, there, name);
	});
}

function connectionProblems({ nodes, connections }: WorkflowFile, ours: Record<string, AnyNode>): string[] {
	const byName = new Map(nodes.map((node) => [node.name, node]));
	return Object.entries(connections).flatMap(([from, { main = [] }]) => {
		const source = byName.get(from);
		if (!source) return [`connections start at "${from}", which is no node`];
		const count = outputCount(source, ours);
		return main.flatMap((targets, output) => [
			...((targets ?? []).length > 0 && output >= count ? [`${from}: has no output ${output}`] : []),
			...(targets ?? [])
				.filter(({ node }) => !byName.has(node))
				.map(({ node }) => `${from}: is connected to "${node}", which is no node`),
		]);
	});
}

function outputCount(node: INode, ours: Record<string, AnyNode>): number {
	const known = N8N_NODES[node.type];
	if (known) return known.outputs(node);
	const type = ours[node.type];
	if (!type) return 0;
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf(ours),
	});
	return NodeHelpers.getNodeOutputs(workflow, node, type.description as INodeTypeDescription).length;
}

function switchOutputs({ parameters }: INode): number {
	const { rules, options } = parameters as { rules?: { values?: unknown[] }; options?: { fallbackOutput?: string } };
	return (rules?.values ?? []).length + (options?.fallbackOutput === 'extra' ? 1 : 0);
}

function overlaps(nodes: INode[]): string[] {
	const boxes = nodes.filter(({ type }) => type !== STICKY_NOTE);
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter(({ position: [x, y] }) => {
				const [left, top] = one.position;
				return Math.abs(x - left) < NODE_PX && Math.abs(y - top) < NODE_PX;
			})
			.map((other) => `"${one.name}" lies on "${other.name}"`),
	);
}

function repeated(values: string[]): string[] {
	return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
