import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { mayDiffer, parameterReader } from '../../../../nodes/shared/read-parameter';
import { runNode } from '../../../support/run-node';

const node: INodeType = {
	description: {
		name: 'reader',
		displayName: 'Reader',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
	} as unknown as INodeTypeDescription,
	async execute(this: IExecuteFunctions) {
		const read = parameterReader(this);
		return [this.getInputData().map((_, index) => ({ json: { text: read('text', index) as string } }))];
	},
};

const readAll = async (text: string) =>
	(await runNode({ node, parameters: { text }, items: [{ n: 1 }, { n: 2 }, { n: 3 }] }))[0]!.map(
		({ json }) => json.text,
	);

describe('reading parameters of many items', () => {
	it.each([
		['Olá', ['Olá', 'Olá', 'Olá']],
		['={{ $json.n }}', [1, 2, 3]],
		["={{ $('Input').first().json.n }}", [1, 1, 1]],
		["=Nº {{ $('Input').last().json.n }}!", ['Nº 3!', 'Nº 3!', 'Nº 3!']],
		["={{ $('Input').item.json.n }}", [1, 2, 3]],
		['={{ $itemIndex }}', [0, 1, 2]],
	])('%s gives %j', async (text, expected) => {
		expect(await readAll(text)).toEqual(expected);
	});
});

describe('what may differ from item to item', () => {
	it.each([
		['no expression', 'Olá, [nome]', false],
		['settings of one node', "={{ $('Configuração').first().json.credor.nome }}", false],
		['two of them, with words around', '={{ $("A").first().json.x }} de {{ $("B").last().json["y"] }}', false],
		['variables of n8n', '={{ $vars.EMPRESA }}', false],
		['the item', '={{ $json.nome }}', true],
		['the item of another node', "={{ $('Configuração').item.json.nome }}", true],
		['settings together with the item', "={{ $('Configuração').first().json.x + $json.y }}", true],
		['the item as an index', "={{ $('Configuração').first().json[$json.filial] }}", true],
		['a node named by the item', "={{ $('A' + $json.x).first().json.y }}", true],
		['all items of a node, by position', "={{ $('A').all()[$itemIndex].json.x }}", true],
		['a clock', '={{ Date.now() }}', true],
		['a die', '={{ Math.random() }}', true],
		['a run index', '={{ $runIndex }}', true],
		['something deep inside', { rows: [{ a: 1 }, { b: '={{ $json.x }}' }] }, true],
		['nothing deep inside', { rows: [{ a: 1 }, { b: "={{ $('A').first().json.x }}" }] }, false],
	])('%s', (_, raw, expected) => {
		expect(mayDiffer(raw)).toBe(expected);
	});
});
