import { linkCredentials } from '../../../scripts/lib/workflows.mjs';

const STORED = [
	{ id: 'c1', name: 'Matriz', type: 'whatsAppCloudApi' },
	{ id: 'c2', name: 'Filial', type: 'whatsAppCloudApi' },
];
const ACCEPTS = new Map([['desk.send', ['whatsAppCloudApi']]]);

const linked = (node: object) => linkCredentials({ nodes: [node] }, STORED, ACCEPTS).nodes[0];

describe('linking the credentials of an imported workflow', () => {
	it('gives a node that names no credential the first one of a type it accepts', () => {
		expect(linked({ type: 'desk.send' }).credentials).toEqual({ whatsAppCloudApi: { id: 'c1', name: 'Matriz' } });
	});

	it('gives a node that names a credential the one of that name', () => {
		const node = { type: 'desk.send', credentials: { whatsAppCloudApi: { name: 'Filial' } } };
		expect(linked(node).credentials).toEqual({ whatsAppCloudApi: { id: 'c2', name: 'Filial' } });
	});

	it('leaves nodes that need no credential as they are', () => {
		const node = { type: 'n8n-nodes-base.noOp' };
		expect(linked(node)).toBe(node);
	});

	it('does not change the workflow it was given', () => {
		const workflow = { name: 'Triagem', nodes: [{ type: 'desk.send' }] };
		linkCredentials(workflow, STORED, ACCEPTS);
		expect(workflow).toEqual({ name: 'Triagem', nodes: [{ type: 'desk.send' }] });
	});
});
