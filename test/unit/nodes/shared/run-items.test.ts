import { NodeConnectionTypes, NodeOperationError, UserError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { ConfigurationError, RuleBroken, StoreUnavailable } from '../../../../engine/errors';
import { runBatch, runItems } from '../../../../nodes/shared/run-items';
import type { OutputPlan } from '../../../../nodes/shared/run-items';
import { runNode } from '../../../support/run-node';

const nodeWith = (execute: INodeType['execute'], outputs = 1): INodeType => ({
	description: {
		name: 'probe',
		displayName: 'Probe',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: Array.from({ length: outputs }, () => NodeConnectionTypes.Main),
		properties: [],
	},
	execute,
});

/** Ana is served; Bruno's item is wrong in the way the test says. */
const people = [{ name: 'Ana' }, { name: 'Bruno' }, { name: 'Carla' }];
const json = (items: INodeExecutionData[] | undefined) => items?.map((item) => item.json);

const serving = (problem: () => never, plan?: OutputPlan) =>
	nodeWith(async function (this: IExecuteFunctions) {
		return await runItems(
			this,
			async ({ json: { name } }) => (name === 'Bruno' ? problem() : { json: { served: name! } }),
			plan,
		);
	}, plan?.outputs);

const ruleBroken = (): never => {
	throw new RuleBroken('alreadyResolved', 'A conversa já está encerrada.', 'Reabra a conversa antes.');
};

describe('runItems', () => {
	it('keeps the link to the input item, also when one item becomes several or none', async () => {
		const node = nodeWith(async function (this: IExecuteFunctions) {
			return await runItems(this, async (_item, index) => Array.from({ length: index }, (_, n) => ({ json: { n } })));
		});
		const [out] = await runNode({ node, items: people });
		expect(out).toEqual([
			{ json: { n: 0 }, pairedItem: { item: 1 } },
			{ json: { n: 0 }, pairedItem: { item: 2 } },
			{ json: { n: 1 }, pairedItem: { item: 2 } },
		]);
	});

	it('links an item that was made of several to all of them', async () => {
		const node = nodeWith(async function (this: IExecuteFunctions) {
			return await runItems(this, async (_item, index) =>
				index === 1 ? { json: { both: true }, madeOf: [0, 1] } : [],
			);
		});
		const [out] = await runNode({ node, items: people });
		expect(out).toEqual([{ json: { both: true }, pairedItem: [{ item: 0 }, { item: 1 }] }]);
	});

	it('stops the node with what happened, what to do and which item', async () => {
		await expect(runNode({ node: serving(ruleBroken), items: people })).rejects.toMatchObject({
			message: 'A conversa já está encerrada.',
			description: 'Reabra a conversa antes.',
			itemIndex: 1,
		});
	});

	it('with On Error: Continue an item fails alone and says why and what to do', async () => {
		const [out] = await runNode({ node: serving(ruleBroken), items: people, onError: 'continueRegularOutput' });
		expect(out).toEqual([
			{ json: { served: 'Ana' }, pairedItem: { item: 0 } },
			{
				json: { error: 'A conversa já está encerrada.', details: 'Reabra a conversa antes.' },
				pairedItem: { item: 1 },
			},
			{ json: { served: 'Carla' }, pairedItem: { item: 2 } },
		]);
	});

	it('with the error output n8n moves the failed item there, together with its own data', async () => {
		const [sent, notSent, errors] = await runNode({
			node: serving(ruleBroken, { outputs: 2, errorOutput: 1 }),
			items: people,
			onError: 'continueErrorOutput',
		});
		expect(json(sent)).toEqual([{ served: 'Ana' }, { served: 'Carla' }]);
		expect(notSent).toEqual([]);
		expect(json(errors)).toEqual([
			{ name: 'Bruno', error: 'A conversa já está encerrada.', details: 'Reabra a conversa antes.' },
		]);
	});

	it('puts failed items on the output meant for them', async () => {
		const [sent, notSent] = await runNode({
			node: serving(ruleBroken, { outputs: 2, errorOutput: 1 }),
			items: people,
			onError: 'continueRegularOutput',
		});
		expect(json(sent)).toEqual([{ served: 'Ana' }, { served: 'Carla' }]);
		expect(json(notSent)).toEqual([{ error: 'A conversa já está encerrada.', details: 'Reabra a conversa antes.' }]);
	});

	it.each([
		[
			'a wrong parameter',
			new UserError('"Limit" must be a number.', { description: 'Enter digits.' }),
			'Enter digits.',
		],
		['a foreign failure', new Error('"Limit" must be a number.'), undefined],
		[
			'an engine error of another copy of the package',
			foreignDeskError('"Limit" must be a number.', 'Digits.'),
			'Digits.',
		],
	])('tells the item of %s', async (_kind, error, description) => {
		const node = serving(() => {
			throw error;
		});
		const failure = { message: '"Limit" must be a number.', description, itemIndex: 1 };
		await expect(runNode({ node, items: people })).rejects.toMatchObject(failure);
	});

	it('shows a refused HTTP call as such', async () => {
		const refused = Object.assign(new Error('Request failed'), { response: { status: 403 }, httpCode: '403' });
		const node = serving(() => {
			throw refused;
		});
		await expect(runNode({ node, items: people })).rejects.toMatchObject({
			message: 'Forbidden - perhaps check your credentials?',
			itemIndex: 1,
		});
	});
});

describe('runBatch', () => {
	const acted: string[][] = [];
	beforeEach(() => void acted.splice(0));

	const batching = (act?: (names: string[]) => Promise<Array<string | Error>>) =>
		nodeWith(async function (this: IExecuteFunctions) {
			return await runBatch<string, string>(
				this,
				{
					prepare: (item) => {
						const name = item.json.name as string;
						if (name === '') throw new ConfigurationError('"Name" is empty.', 'Fill it in.', 'name');
						return name;
					},
					act: async (names) => {
						acted.push(names);
						return act ? await act(names) : names.map((name) => `${name} served`);
					},
					place: (result) => ({ json: { result }, output: result.startsWith('Ana') ? 1 : 0 }),
				},
				{ outputs: 2 },
			);
		}, 2);

	it('acts once for all items and places each result on its output', async () => {
		const [first, second] = await runNode({ node: batching(), items: people });
		expect(acted).toEqual([['Ana', 'Bruno', 'Carla']]);
		expect(first).toEqual([
			{ json: { result: 'Bruno served' }, pairedItem: { item: 1 } },
			{ json: { result: 'Carla served' }, pairedItem: { item: 2 } },
		]);
		expect(second).toEqual([{ json: { result: 'Ana served' }, pairedItem: { item: 0 } }]);
	});

	it('a wrong item does not spoil its neighbours', async () => {
		const items = [{ name: 'Bruno' }, { name: '' }, { name: 'Carla' }];
		const [out] = await runNode({ node: batching(), items, onError: 'continueRegularOutput' });
		expect(acted).toEqual([['Bruno', 'Carla']]);
		expect(json(out)).toEqual([
			{ result: 'Bruno served' },
			{ error: '"Name" is empty.', details: 'Fill it in.' },
			{ result: 'Carla served' },
		]);
	});

	it('does nothing at all when the node stops on a wrong item', async () => {
		const run = runNode({ node: batching(), items: [{ name: 'Ana' }, { name: '' }] });
		await expect(run).rejects.toMatchObject({ message: '"Name" is empty.', itemIndex: 1 });
		expect(acted).toEqual([]);
	});

	it('an answer that is an error fails its item only', async () => {
		const act = async (names: string[]) =>
			names.map((name) => (name === 'Bruno' ? new RuleBroken('optedOut', 'Bruno não quer mensagens.') : name));
		const [out] = await runNode({
			node: batching(act),
			items: [{ name: 'Bruno' }, { name: 'Carla' }],
			onError: 'continueRegularOutput',
		});
		expect(json(out)).toEqual([{ error: 'Bruno não quer mensagens.' }, { result: 'Carla' }]);
	});

	it('without a store every item fails, in a sentence', async () => {
		const act = async () => {
			throw new StoreUnavailable('The database does not answer.', 'Start PostgreSQL.');
		};
		const failure = { error: 'The database does not answer.', details: 'Start PostgreSQL.' };
		const [out] = await runNode({ node: batching(act), items: people, onError: 'continueRegularOutput' });
		expect(json(out)).toEqual([failure, failure, failure]);
		await expect(runNode({ node: batching(act), items: people })).rejects.toMatchObject({
			message: 'The database does not answer.',
			description: 'Start PostgreSQL.',
		});
	});

	it('does not act without items', async () => {
		const node = nodeWith(async function (this: IExecuteFunctions) {
			const emptied = Object.assign(Object.create(this) as IExecuteFunctions, { getInputData: () => [] });
			return await runBatch(emptied, {
				prepare: () => 1,
				act: async () => {
					throw new NodeOperationError(this.getNode(), 'acted');
				},
				place: () => [],
			});
		});
		expect(await runNode({ node, items: people })).toEqual([[]]);
	});
});

/** As seen after a package update: the same shape, another class. */
function foreignDeskError(message: string, hint: string): Error {
	return Object.assign(new Error(message), { hint, name: 'ConfigurationError' });
}
