/** Which outputs does the node show, and in which place is each? Wires are stored by place. */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

/** The fixed ones come first, so that adding a queue never moves a wire. */
const FIXED = ['Waiting', 'No Valid Answer', 'With a Human', 'Nobody Available'];

export const OUTPUT = { waiting: 0, noValidAnswer: 1, withHuman: 2, nobodyAvailable: 3 };
export const FIRST_ROW = FIXED.length;

const fixedPorts = FIXED.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName }));

/** Evaluated by n8n's editor and server for each node. A value that is itself an expression is unknown here. */
export const outputsExpression = `={{ ((rows, known) => ${JSON.stringify(fixedPorts)}.concat(rows.map((row) => ({
	type: ${JSON.stringify(NodeConnectionTypes.Main)},
	displayName: (known(row.number) || "?") + " · " + (known(row.displayName) || known(row.name) || "?"),
})))) (($parameter.queues || {}).queue || [], (value) => value === undefined || String(value).startsWith("=") ? "" : String(value)) }}` as `={{${string}}}`;

export const subtitleExpression =
	'={{ ((count) => count === 0 ? "no queue yet" : count === 1 ? "1 queue" : count + " queues")((($parameter.queues || {}).queue || []).length) }}';

export const noActiveRowExpression =
	'={{ !(($parameter.queues || {}).queue || []).some((row) => row.active !== false) }}';

/** How many outputs this node has, by its stored rows. */
export function countOutputs(parameters: INodeParameters): number {
	const rows = (parameters.queues as { queue?: unknown[] } | undefined)?.queue;
	return FIRST_ROW + (Array.isArray(rows) ? rows.length : 0);
}
