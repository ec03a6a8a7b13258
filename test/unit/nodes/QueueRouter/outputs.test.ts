import type { INodeParameters } from 'n8n-workflow';
import { countOutputs } from '../../../../nodes/QueueRouter/outputs';
import { QueueRouter } from '../../../../nodes/QueueRouter/QueueRouter.node';
import { n8nWorkflow, nodeTypesOf, storedNode } from '../../../support/n8n-host';

/** What n8n's editor works out for a node: its outputs, subtitle and hint. */
function shown(queue: INodeParameters[] | undefined, onError?: 'continueErrorOutput') {
	const parameters: INodeParameters = queue ? { queues: { queue } } : {};
	const node = storedNode({ node: new QueueRouter(), parameters, onError });
	const nodeTypes = nodeTypesOf({ [node.type]: new QueueRouter() });
	const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { description } = new QueueRouter();
	const names = n8nWorkflow.NodeHelpers.getNodeOutputs(workflow, node, description).map(
		(output) => (output as { displayName: string }).displayName,
	);
	const read = (expression: string) => workflow.expression.getSimpleParameterValue(node, expression, 'internal', {});
	return {
		names,
		subtitle: read(description.subtitle!),
		warned: read(description.hints![0]!.displayCondition!),
		count: countOutputs(node.parameters),
	};
}

const FIXED = ['Waiting', 'No Valid Answer', 'With a Human', 'Nobody Available'];

describe('Queue Router: outputs', () => {
	it('has the fixed ones first and then one for each row in row order', () => {
		const rows = [
			{ number: 2, name: 'suporte', displayName: 'Suporte' },
			{ number: 1, name: 'comercial' },
		];
		expect(shown(rows)).toEqual({
			names: [...FIXED, '2 · Suporte', '1 · comercial'],
			subtitle: '2 queues',
			warned: false,
			count: 6,
		});
	});

	it('never moves a wire when a row is switched off or added', () => {
		const rows = [
			{ number: 1, name: 'a', active: false },
			{ number: 2, name: 'b' },
		];
		expect(shown(rows).names).toEqual([...FIXED, '1 · a', '2 · b']);
		expect(shown([...rows, { number: 3, name: 'c' }]).names.slice(0, 6)).toEqual(shown(rows).names);
	});

	it('says on the canvas that no queue is active (B-50)', () => {
		expect(shown(undefined)).toEqual({ names: FIXED, subtitle: 'no queue yet', warned: true, count: 4 });
		expect(shown([{ number: 1, name: 'a', active: false }])).toMatchObject({ subtitle: '1 queue', warned: true });
	});

	it('names a row whose display name is an expression by its internal name', () => {
		const rows = [{ number: 1, name: 'vendas', displayName: '={{ $json.channel.name }}' }];
		expect(shown(rows).names[4]).toBe('1 · vendas');
	});

	it('puts the error output last', () => {
		expect(shown([{ number: 1, name: 'a' }], 'continueErrorOutput').names).toEqual([...FIXED, '1 · a', 'Error']);
	});
});
