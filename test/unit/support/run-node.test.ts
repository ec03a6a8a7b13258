import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { callWebhook } from '../../support/call-webhook';
import { runNode, runWorkflow, connect } from '../../support/run-node';
import { storedNode, typeName } from '../../support/n8n-host';
import { startTrigger } from '../../support/start-trigger';

const description = (more: Partial<INodeTypeDescription>): INodeTypeDescription => ({
	name: 'greeter',
	displayName: 'Greeter',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'Greeter' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'someApi', required: false }],
	properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
	...more,
});

const greeter: INodeType = {
	description: description({}),
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		return [items.map((_, item) => ({ json: { text: this.getNodeParameter('text', item) }, pairedItem: { item } }))];
	},
};

const bell: INodeType = {
	description: description({ name: 'bell', group: ['trigger'], inputs: [] }),
	async trigger(this: ITriggerFunctions) {
		const done = this.helpers.createDeferredPromise<unknown>();
		const { someApi } = { someApi: await this.getCredentials('someApi') };
		const ring = (text: unknown) => this.emit([[{ json: { text } as never }]], undefined, done as never, 'key1');
		ring(someApi.sound);
		void done.promise.then(() => ring('ended'));
		return { closeFunction: async () => {}, manualTriggerFunction: async () => ring('by hand') };
	},
};

const door: INodeType = {
	description: description({
		name: 'door',
		version: 2,
		inputs: [],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', path: 'x', responseMode: 'onReceived' },
			{ name: 'default', httpMethod: 'POST', path: 'x', responseMode: 'onReceived' },
		],
	}),
	async webhook(this: IWebhookFunctions) {
		if (this.getWebhookName() === 'setup')
			return { webhookResponse: (this.getQueryData() as { challenge: string }).challenge };
		const { rawBody } = this.getRequestObject();
		if (rawBody.length < 5) {
			this.getResponseObject().status(401).json({ refused: true });
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: this.getBodyData() }]] };
	},
};

describe('the in-process n8n of the tests', () => {
	it('evaluates expressions for every item and links the items', async () => {
		const [out] = await runNode({
			node: greeter,
			parameters: { text: '=Oi {{ $json.name }} ({{ $itemIndex }})' },
			items: [{ name: 'Ana' }, { name: 'Bruno' }],
		});
		expect(out).toEqual([
			{ json: { text: 'Oi Ana (0)' }, pairedItem: { item: 0 } },
			{ json: { text: 'Oi Bruno (1)' }, pairedItem: { item: 1 } },
		]);
	});

	it('runs connected nodes one after the other, with references back', async () => {
		const first = storedNode({ node: greeter, name: 'First', parameters: { text: '={{ $json.name }}!' } });
		const second = storedNode({
			node: greeter,
			name: 'Second',
			parameters: { text: "={{ $json.text + $('Bell').item.json.name }}" },
		});
		const trigger = storedNode({ node: bell, name: 'Bell' });
		const { outputsOf, ran } = await runWorkflow(
			{
				nodes: [trigger, first, second],
				connections: { ...connect('Bell', 'First'), ...connect('First', 'Second') },
			},
			{
				nodeTypes: { [typeName(greeter)]: greeter, [typeName(bell)]: bell },
				triggerItems: [{ name: 'Ana' }, { name: 'Bruno' }],
			},
		);
		expect(ran).toEqual(['Bell', 'First', 'Second']);
		expect(outputsOf('Second')[0]!.map(({ json }) => json.text)).toEqual(['Ana!Ana', 'Bruno!Bruno']);
	});

	it('reports a failed run with the sentence a person sees', async () => {
		const run = runNode({ node: greeter, parameters: { text: "={{ $('Nobody').item.json.name }}" }, items: [{}] });
		await expect(run).rejects.toMatchObject({ message: "Referenced node doesn't exist" });
	});

	it('starts a trigger, captures what it emits and ends the runs', async () => {
		const spec = { node: bell, credentials: { someApi: { sound: 'ding' } } };
		const production = await startTrigger(spec);
		expect((await production.emission(2)).items[0]!.json).toEqual({ text: 'ended' });
		expect(production.emitted[0]).toMatchObject({ items: [{ json: { text: 'ding' } }], deduplicationKey: 'key1' });
		await production.close();

		const manual = await startTrigger({ ...spec, mode: 'manual', endRuns: false });
		expect(manual.emitted.map(({ items }) => items[0]!.json.text)).toEqual(['ding', 'by hand']);
		manual.emitted[0]!.end();
		expect((await manual.emission(3)).items[0]!.json.text).toBe('ended');
	});

	it('calls a webhook and answers as n8n does', async () => {
		expect(await callWebhook({ node: door, method: 'GET', query: { challenge: '42' } })).toMatchObject({
			status: 200,
			body: '42',
			workflowData: null,
		});
		expect(await callWebhook({ node: door, method: 'POST', rawBody: '{}' })).toMatchObject({
			status: 401,
			body: { refused: true },
		});
		expect(await callWebhook({ node: door, method: 'POST', rawBody: '{"a":1}' })).toMatchObject({
			status: 200,
			workflowData: [[{ json: { a: 1 } }]],
		});
	});
});
