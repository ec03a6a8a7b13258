import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import packageJson from '../../package.json';
import { typeName, type AnyNode } from '../support/n8n-host';
import { className, sources } from '../support/package-check';
import { workflowProblems, type WorkflowFile } from '../support/workflow-check';

const root = join(__dirname, '../..');
const folder = join(root, 'workflows');

const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const ours: Record<string, AnyNode> = Object.fromEntries(
	sources(packageJson.n8n.nodes).map((path) => {
		const loaded = require(join(root, path)) as Record<string, new () => INodeType>;
		const node = new loaded[className(path)]!();
		return [typeName(node), node];
	}),
);

describe('the shipped workflows', () => {
	it('are there', () => {
		expect(files).toEqual([
			'00-central.json',
			'01-triagem.json',
			'02-painel-de-atendimento.json',
			'10-enviar-modelo.json',
			'11-status-e-falhas.json',
			'12-alerta-de-desconexao.json',
			'13-whatsapp-qr.json',
			'20-erp-ordem-de-servico.json',
			'21-erp-cobranca-eventos.json',
			'30-regua-de-cobranca.json',
			'31-relatorio-de-cobranca.json',
		]);
	});

	it.each(files)('%s imports cleanly, holds nobody’s data and names what exists', (file) => {
		expect(workflowProblems(read(file), ours)).toEqual([]);
	});

	it('have ids and webhook ids of their own', () => {
		const nodes = files.flatMap((file) => read(file).nodes);
		const ids = [...files.map((file) => read(file).id), ...nodes.map(({ id }) => id)];
		const webhookIds = nodes.map(({ webhookId }) => webhookId).filter(Boolean);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(webhookIds).size).toBe(webhookIds.length);
	});
});

describe('a broken workflow file', () => {
	const menu = (workflow: WorkflowFile) => workflow.nodes.find(({ name }) => name === 'Menu de filas')!;
	const problemsAfter = (change: (workflow: WorkflowFile) => void) => {
		const workflow = read('01-triagem.json');
		change(workflow);
		return workflowProblems(workflow, ours);
	};

	it.each<[string, (workflow: WorkflowFile) => void, string]>([
		['an unknown node type', (w) => (menu(w).type = 'n8n-nodes-base.nope'), 'n8n-nodes-base.nope is not known'],
		['a version that does not exist', (w) => (menu(w).typeVersion = 7), 'there is no version 7'],
		['a parameter that does not exist', (w) => (menu(w).parameters.colour = 'red'), 'no parameter colour'],
		[
			'an option that does not exist',
			(w) => (menu(w).parameters.options = { menuStyle: 'carousel' }),
			'menuStyle has no option "carousel"',
		],
		[
			'a field within a row that does not exist',
			(w) => (menu(w).parameters.queues = { queue: [{ number: 1, name: 'a', nome: 'b' }] }),
			'no parameter queues.queue.0.nome',
		],
		['a required text left empty', (w) => (menu(w).parameters.welcome = ''), '"Welcome" is required'],
		['a credential', (w) => (w.nodes.at(-1)!.credentials = { a: { id: '1', name: 'b' } }), 'names a credential'],
		['a phone number', (w) => (menu(w).parameters.companyName = 'Fale: 5511987654321'), 'seems to hold a phone'],
		['an e-mail address', (w) => (menu(w).parameters.companyName = 'ana@padaria.com.br'), 'seems to hold an e-mail'],
		['an id used twice', (w) => (menu(w).id = w.nodes[0]!.id), 'is used twice'],
		['a wire to nowhere', (w) => (menu(w).name = 'Menu'), 'which is no node'],
		[
			'a wire from an output that does not exist',
			(w) => (menu(w).parameters.queues = { queue: [{ number: 1, name: 'a' }] }),
			'has no output 5',
		],
		['two nodes on one spot', (w) => (menu(w).position = w.nodes.at(-1)!.position), 'lies on'],
		['no overview', (w) => (w.nodes[0]!.name = 'Nota'), 'sticky notes'],
		['another zone', (w) => (w.settings!.timezone = 'America/New_York'), 'timezone'],
		['another execution order', (w) => (w.settings!.executionOrder = 'v0'), 'executionOrder'],
		['a published state', (w) => (w.active = true), 'inactive'],
		['pinned data', (w) => (w.pinData = { a: [] }), 'pinned data'],
	])('is told about %s', (_what, change, expected) => {
		expect(problemsAfter(change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
	});

	it('is told about a webhook node without webhookId', () => {
		const workflow = read('00-central.json');
		for (const node of workflow.nodes) delete node.webhookId;
		expect(workflowProblems(workflow, ours)).toEqual([expect.stringContaining('has no webhookId')]);
	});
});
