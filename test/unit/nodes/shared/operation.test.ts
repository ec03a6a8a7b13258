import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties, INodeType } from 'n8n-workflow';
import { itemParameters } from '../../../../nodes/shared/item-parameters';
import { propertiesOf, runOperations } from '../../../../nodes/shared/operation';
import type { DeskOperation, Resource } from '../../../../nodes/shared/operation';
import { hasExpression, parameterReader } from '../../../../nodes/shared/read-parameter';
import { runNode } from '../../../support/run-node';

interface FakeDesk {
	prefix: string;
}

const text: INodeProperties = { displayName: 'Text', name: 'text', type: 'string', default: '' };

const say: DeskOperation<FakeDesk> = {
	value: 'say',
	name: 'Say',
	action: 'Say something',
	description: 'Says it',
	properties: [text, { ...text, name: 'loud', displayOptions: { show: { text: ['a'] }, hide: { text: ['b'] } } }],
	run: async ({ desk, params, index }) => ({ said: desk.prefix + params.text('text'), index }),
};

const list: DeskOperation<FakeDesk> = {
	...say,
	value: 'list',
	name: 'List',
	run: async ({ params }) => Array.from({ length: params.number('text') }, (_, n) => ({ n })),
};

const resources: Array<Resource<DeskOperation<FakeDesk>>> = [
	{ value: 'voice', name: 'Voice', operations: [say, list] },
	{ value: 'hand', name: 'Hand', operations: [say] },
];

const node: INodeType = {
	description: {
		name: 'probe',
		displayName: 'Probe',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: propertiesOf(resources),
	},
	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources, { prefix: 'desk: ' });
	},
};

describe('operations', () => {
	it('derives when a field shows from where its operation sits', () => {
		const fields = propertiesOf(resources);
		expect(fields.map(({ name, displayOptions }) => [name, displayOptions?.show])).toEqual([
			['resource', undefined],
			['operation', { resource: ['voice'] }],
			['text', { resource: ['voice'], operation: ['say'] }],
			['loud', { resource: ['voice'], operation: ['say'], text: ['a'] }],
			['text', { resource: ['voice'], operation: ['list'] }],
			['loud', { resource: ['voice'], operation: ['list'], text: ['a'] }],
			['operation', { resource: ['hand'] }],
			['text', { resource: ['hand'], operation: ['say'] }],
			['loud', { resource: ['hand'], operation: ['say'], text: ['a'] }],
		]);
		expect(fields[3]!.displayOptions!.hide).toEqual({ text: ['b'] });
		expect(say.properties[0]!.displayOptions).toBeUndefined();
	});

	it('runs the chosen operation for every item with its own parameters', async () => {
		const parameters = { resource: 'hand', operation: 'say', text: '={{ $json.name }}' };
		const [out] = await runNode({ node, parameters, items: [{ name: 'Ana' }, { name: 'Bruno' }] });
		expect(out!.map(({ json }) => json)).toEqual([
			{ said: 'desk: Ana', index: 0 },
			{ said: 'desk: Bruno', index: 1 },
		]);
	});

	it('puts out one item per result', async () => {
		const parameters = { resource: 'voice', operation: 'list', text: '={{ $json.n }}' };
		const [out] = await runNode({ node, parameters, items: [{ n: 2 }, { n: 0 }, { n: 1 }] });
		expect(out!.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 2 }]);
	});

	it('names the item and the field when a value is of the wrong kind', async () => {
		const parameters = { resource: 'voice', operation: 'list', text: '={{ $json.n }}' };
		const run = runNode({ node, parameters, items: [{ n: 1 }, { n: 'many' }] });
		await expect(run).rejects.toMatchObject({ message: '"Text" must be a number, but it is "many".', itemIndex: 1 });
	});

	it('refuses an operation it does not have, in a sentence', async () => {
		const run = runNode({ node, parameters: { resource: 'hand', operation: 'list' }, items: [{}] });
		await expect(run).rejects.toMatchObject({ message: 'This node has no operation "hand: list".' });
	});
});

describe('reading parameters', () => {
	const reading = (parameters: Record<string, unknown>) => {
		const evaluated: string[] = [];
		const context = {
			getNode: () => ({ parameters }),
			getNodeParameter: (name: string, index: number, fallback: unknown) => {
				evaluated.push(`${name}@${index}`);
				return parameters[name] ?? fallback;
			},
		} as unknown as IExecuteFunctions;
		return { read: parameterReader(context), evaluated };
	};

	it('evaluates a parameter without expressions once for all items', () => {
		const { read, evaluated } = reading({ text: 'Oi', name: '={{ $json.name }}' });
		expect([read('text', 0), read('text', 1), read('text', 2)]).toEqual(['Oi', 'Oi', 'Oi']);
		read('name', 0);
		read('name', 1);
		expect(evaluated).toEqual(['text@0', 'name@0', 'name@1']);
	});

	it('finds expressions wherever n8n hides them', () => {
		expect(hasExpression({ rows: { row: [{ a: 1 }, { b: ['x', '={{ 1 }}'] }] } })).toBe(true);
		expect(hasExpression({ __rl: true, mode: 'id', value: '=abc' })).toBe(true);
		expect(hasExpression({ a: 1, b: null, c: ['x = {{ 1 }}'] })).toBe(false);
	});

	it('asks n8n per item for what is not stored in the node', () => {
		const { read } = reading({});
		expect(read('options.text', 3, 'fallback')).toBe('fallback');
	});

	it('turns what an expression gave into the type the code needs, or names the field', () => {
		const values: Record<string, unknown> = {
			phone: 5511999990000,
			name: '  Ana ',
			count: '12',
			on: 'true',
			queue: { __rl: true, mode: 'list', value: 'financeiro' },
			rows: { row: [{ a: 1 }] },
			nothing: null,
		};
		const params = itemParameters((name, _index, fallback) => values[name] ?? fallback, 0);
		expect(params.text('phone')).toBe('5511999990000');
		expect(params.text('name')).toBe('Ana');
		expect(params.number('count')).toBe(12);
		expect(params.flag('on')).toBe(true);
		expect(params.flag('nothing')).toBe(false);
		expect(params.locator('queue')).toBe('financeiro');
		expect(params.rows('rows', 'row')).toEqual([{ a: 1 }]);
		expect(params.collection('nothing')).toEqual({});
		expect(params.text('missing')).toBe('');
		expect(() => params.requiredText('missing')).toThrow('"Missing" is empty.');
		expect(() => params.text('options.queue')).not.toThrow();
		expect(() => params.text('queue')).toThrow('"Queue" must be text, but it is an object.');
		expect(() => params.number('nothing')).toThrow('"Nothing" must be a number, but it is empty.');
		expect(() => params.flag('name')).toThrow('"Name" must be true or false, but it is "  Ana ".');
	});
});
