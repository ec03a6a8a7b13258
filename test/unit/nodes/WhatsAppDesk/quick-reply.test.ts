import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { closeDesk } from '../../../../nodes/shared/desk';
import { searchQuickReplies } from '../../../../nodes/shared/quick-reply-field';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

let store: TestStore;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await store.drop();
});

const run = async (operation: string, parameters: IDataObject = {}, items: IDataObject[] = [{}], more = {}) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'quickReply', operation, ...parameters } as never,
		items: items as never,
		...more,
	});
	return out!;
};
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

describe('WhatsApp Desk: Quick Reply', () => {
	it('creates one per item and lists them shortened, in alphabetical order (B-73, B-75, B-77)', async () => {
		const items = [
			{ name: 'Pix', text: 'Nossa chave: contato@example.com' },
			{ name: 'Boleto', text: `Olá, [Cliente]!\nSegue ${'o boleto '.repeat(20)}` },
		];
		const made = await run('create', { name: '={{ $json.name }}', content: '={{ $json.text }}' }, items);
		expect(made.map(({ json, pairedItem }) => [json.name, json.variables, pairedItem])).toEqual([
			['Pix', [], { item: 0 }],
			['Boleto', ['[Cliente]'], { item: 1 }],
		]);
		const list = await run('getMany');
		expect(list.map(({ json }) => [json.name, json.shortContent])).toEqual([
			['Boleto', `Olá, [Cliente]! Segue ${'o boleto '.repeat(6)}o b…`],
			['Pix', 'Nossa chave: contato@example.com'],
		]);
		expect(await run('getMany', { limit: 1 })).toHaveLength(1);
		expect((await run('getMany', { returnAll: true })).length).toBe(2);
	});

	it('keeps the others when one name is taken and the node goes on (On Error)', async () => {
		const items = [{ name: 'Pix' }, { name: 'PIX' }, { name: 'Boleto' }];
		const made = await run('create', { name: '={{ $json.name }}', content: 'x' }, items, {
			onError: 'continueRegularOutput',
		});
		expect(made.map(({ json }) => json.name ?? json.error)).toEqual([
			'Pix',
			'There already is a quick reply named "Pix".',
			'Boleto',
		]);
	});

	it('edits the content alone, gets it by name and deletes it (B-76)', async () => {
		const [made] = await run('create', { name: 'Pix', content: 'Chave: 1' });
		const [edited] = await run('update', {
			quickReply: { __rl: true, mode: 'list', value: made!.json.id },
			updateFields: { content: 'Chave: 2' },
		});
		expect(edited!.json).toMatchObject({ id: made!.json.id, name: 'Pix', content: 'Chave: 2' });
		const [got] = await run('get', { quickReply: byName('pix') });
		expect(got!.json).toEqual(edited!.json);
		const [deleted] = await run('delete', { quickReply: byName('Pix') });
		expect(deleted!.json).toEqual({ id: made!.json.id, name: 'Pix', deleted: true });
		expect(await run('getMany')).toEqual([]);
	});

	it('says what is missing', async () => {
		await expect(run('get', { quickReply: byName('Pix') })).rejects.toMatchObject({
			message: 'There is no quick reply "Pix".',
			description: 'None exists yet. Create one with WhatsApp Desk: Quick Reply: Create.',
		});
		await expect(run('get', { quickReply: byName('={{ $json.nothing }}') })).rejects.toMatchObject({
			message: '"Quick Reply" is empty.',
		});
		await expect(run('update', { quickReply: byName('Pix') })).rejects.toMatchObject({
			message: 'There is nothing to change.',
		});
		await expect(run('create', { name: 'Pix', content: '={{ $json.nothing }}' })).rejects.toMatchObject({
			message: '"Content" is empty.',
		});
	});

	it('offers them in the editor with the beginning of their content, found by any part', async () => {
		await run('create', { name: 'Pix', content: 'Nossa chave é o CNPJ' });
		await run('create', { name: 'Boleto', content: 'Segue\no boleto' });
		const search = async (filter?: string) =>
			(await searchQuickReplies.call({} as ILoadOptionsFunctions, filter)).results.map(({ name }) => name);
		expect(await search()).toEqual(['Boleto: Segue o boleto', 'Pix: Nossa chave é o CNPJ']);
		expect(await search('CHAVE E')).toEqual(['Pix: Nossa chave é o CNPJ']);
	});
});
