import type { IDataObject } from 'n8n-workflow';
import { closeDesk } from '../../../../nodes/shared/desk';
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

const run = async (operation: string, parameters: IDataObject = {}, items: IDataObject[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'contact', operation, ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!;
};
const json = async (...call: Parameters<typeof run>) => (await run(...call)).map((item) => item.json);

const LIST = [
	{ name: 'Ana Souza', phone: '(11) 98765-4321' },
	{ name: 'Bruno', phone: 5521976543210 },
	{ name: 'Ana S.', phone: '11 8765-4321' },
	{ name: 'Carla', phone: '' },
	{ name: 'Davi', phone: '123' },
];

describe('WhatsApp Desk: Contact', () => {
	it('saves an imported list: one contact per phone, a result for who has none (D-06, V-11)', async () => {
		const saved = await run('upsert', {}, LIST);
		expect(saved.map(({ json: each, pairedItem }) => [each.result, each.name, each.phone, pairedItem])).toEqual([
			['created', 'Ana Souza', '+5511987654321', { item: 0 }],
			['created', 'Bruno', '+5521976543210', { item: 1 }],
			['updated', 'Ana S.', '+5511987654321', { item: 2 }],
			['noPhone', 'Carla', null, { item: 3 }],
			['noPhone', 'Davi', null, { item: 4 }],
		]);
		expect(saved[2]!.json.id).toBe(saved[0]!.json.id);
		expect(saved[3]!.json).toMatchObject({ explanation: 'Não possui telefone para envio de mensagem', why: '' });
		expect(saved[4]!.json.why).toMatch(/^Falta/);
		expect((await json('upsert', { name: '' }, LIST.slice(0, 1)))[0]).toMatchObject({
			result: 'unchanged',
			name: 'Ana S.',
		});
	});

	it('gets a contact by ID and by any way to write the phone', async () => {
		const [saved] = await json('upsert', {}, LIST.slice(0, 1));
		const [byId] = await json('get', { contact: saved!.id as string });
		expect(byId).toMatchObject({
			id: saved!.id,
			name: 'Ana Souza',
			phone: '+5511987654321',
			addresses: [{ kind: 'phone', value: '+5511987654321' }],
			consent: { optedOut: false, marketingStopped: false, optedInAt: null, proof: null },
			reachability: { status: 'unknown', since: null, by: null },
			lastInboundAt: null,
		});
		expect(await json('get', { contact: '11987654321' })).toEqual([byId]);
		expect(await json('get', {}, [{ contact: { id: saved!.id } }])).toEqual([byId]);
		await expect(run('get', { contact: 'cnt_nobody' })).rejects.toMatchObject({
			message: 'There is no contact "cnt_nobody".',
		});
		await expect(run('get', { contact: '' })).rejects.toMatchObject({ message: '"Contact" is empty.' });
	});

	it('knows a customer by ERP IDs and document, and finds them by these (D7)', async () => {
		const options = { erpIds: 'omie:6289226831, bling:7', document: '529.982.247-25' };
		const [saved] = await json('upsert', { options }, LIST.slice(0, 1));
		expect(saved).toMatchObject({ result: 'created', name: 'Ana Souza', warning: null });
		for (const contact of ['erp:omie:6289226831', 'bling:7', '529.982.247-25', 'cpf 52998224725']) {
			expect((await json('get', { contact }))[0]).toMatchObject({ found: true, id: saved!.id, name: 'Ana Souza' });
		}
		const [shown] = await json('get', { contact: 'erp:bling:7' });
		expect(shown!.addresses).toContainEqual({ kind: 'document', value: '***.982.247-**' });
		expect(JSON.stringify(shown)).not.toContain('52998224725');
		await expect(run('upsert', { options: { erpIds: '4711' } })).rejects.toMatchObject({
			message: 'The ERP ID "4711" does not say which system it belongs to.',
		});
	});

	it('tries several names of a customer in turn, as an ERP gives them', async () => {
		const [saved] = await json('upsert', { options: { document: '529.982.247-25' } }, LIST.slice(0, 1));
		const contact = 'erp:kobana:404, (21) 99999-0000, CPF 529.982.247-25, erp:omie:1';
		expect((await json('get', { contact }))[0]).toMatchObject({ found: true, id: saved!.id });
		const nobody = 'erp:kobana:404, , (21) 99999-0000';
		expect((await json('get', { contact: nobody, ifNotFound: 'empty' }))[0]).toMatchObject({ found: false });
		await expect(run('get', { contact: nobody })).rejects.toMatchObject({
			message: `There is no contact "${nobody}".`,
		});
	});

	it('saves a customer without a phone by the ERP ID, and takes a list of IDs (V-11)', async () => {
		const parameters = { phone: '', name: 'Carla', options: { erpIds: '={{ $json.ids }}' } };
		const [carla] = await json('upsert', parameters, [{ ids: ['omie:9', 'odoo:9'] }]);
		expect(carla).toEqual({
			result: 'noPhone',
			explanation: 'Não possui telefone para envio de mensagem',
			why: '',
			warning: null,
			id: expect.stringMatching(/^cnt_/),
			name: 'Carla',
			phone: null,
		});
		expect((await json('get', { contact: 'erp:odoo:9' }))[0]).toMatchObject({ id: carla!.id, phone: null });
	});

	it('goes on without a contact when the workflow wants to branch', async () => {
		const empty = { found: false, id: null, name: null, phone: null };
		const get = (contact: string) => json('get', { contact, ifNotFound: 'empty' });
		expect(await get('erp:omie:1')).toEqual([{ ...empty, wanted: 'erp:omie:1' }]);
		expect(await get('={{ $json.nothing }}')).toEqual([{ ...empty, wanted: '' }]);
		const [saved] = await json('upsert', {}, LIST.slice(0, 1));
		expect(await get('11987654321')).toMatchObject([{ found: true, id: saved!.id }]);
		await expect(run('get', { contact: 'erp:omie:1', ifNotFound: 'fail' })).rejects.toMatchObject({
			message: 'There is no contact "erp:omie:1".',
		});
	});

	it('opts in with a proof, and refuses without one', async () => {
		await json('upsert', {}, LIST.slice(0, 1));
		const options = { source: 'formulário do site', givenAt: '2026-01-10T10:00:00-03:00' };
		const [result] = await json('optIn', { contact: '11987654321', proof: 'registro 4711', options });
		expect(result).toMatchObject({
			result: 'recorded',
			explanation: 'O contato aceitou receber mensagens: formulário do site: registro 4711.',
			consent: { optedInAt: '2026-01-10T13:00:00.000Z', proof: 'formulário do site: registro 4711' },
		});
		await expect(run('optIn', { contact: '11987654321', proof: ' ' })).rejects.toMatchObject({
			message: '"Proof" is empty.',
		});
		const future = { givenAt: '2999-01-01T00:00:00' };
		await expect(run('optIn', { contact: '11987654321', proof: 'x', options: future })).rejects.toMatchObject({
			message: '"Given At" lies in the future.',
		});
	});

	it('opts out of marketing or of everything, also a phone nobody knew; an older consent does not undo it', async () => {
		const [marketing] = await json('optOut', { contact: '+55 21 97654-3210', scope: 'marketing' });
		expect(marketing).toMatchObject({
			result: 'recorded',
			phone: '+5521976543210',
			consent: { optedOut: false, marketingStopped: true },
		});
		const [all] = await json('optOut', { contact: '21976543210', reason: 'pediu por telefone' });
		expect(all).toMatchObject({
			result: 'recorded',
			explanation: 'O contato não quer mais receber mensagens da empresa: pediu por telefone. Atendimentos continuam.',
			consent: { optedOut: true, marketingStopped: true },
		});
		expect((await json('optOut', { contact: '21976543210' }))[0]).toMatchObject({ result: 'unchanged' });
		const [old] = await json('optIn', {
			contact: '21976543210',
			proof: 'ficha de 2020',
			options: { givenAt: '2020-01-01T00:00:00Z' },
		});
		expect(old).toMatchObject({ result: 'unchanged', consent: { optedOut: true } });
		const [fresh] = await json('optIn', { contact: '21976543210', proof: 'ligou de novo' });
		expect(fresh).toMatchObject({ result: 'recorded', consent: { optedOut: false, marketingStopped: false } });
		expect((await json('optOut', { contact: 'sem telefone' }))[0]).toEqual({
			result: 'noPhone',
			explanation: 'Não possui telefone para envio de mensagem',
		});
	});

	it('lists by consent, phone and part of name or number', async () => {
		await json('upsert', {}, LIST.slice(0, 2));
		await json('optOut', { contact: '21976543210', scope: 'marketing' });
		await json('optOut', { contact: '31976543210' });
		const names = async (filters: IDataObject, more: IDataObject = {}) =>
			(await json('getMany', { filters, ...more })).map(({ name, phone }) => name ?? phone);
		expect(await names({})).toEqual(['+5531976543210', 'Bruno', 'Ana Souza']);
		expect(await names({ consent: 'optedOut' })).toEqual(['+5531976543210']);
		expect(await names({ consent: 'marketingStopped' })).toEqual(['+5531976543210', 'Bruno']);
		expect(await names({ consent: 'mayReceive' })).toEqual(['Ana Souza']);
		expect(await names({ search: 'souz' })).toEqual(['Ana Souza']);
		expect(await names({ search: '7654-3210' })).toEqual(['+5531976543210', 'Bruno']);
		expect(await names({ search: '%' })).toEqual([]);
		expect(await names({ hasPhone: false })).toEqual([]);
		expect(await names({ consent: 'any', hasPhone: true }, { limit: 1 })).toEqual(['+5531976543210']);
	});

	it('knows nothing about a number before the first message (V-10)', async () => {
		expect(await json('checkNumber', { contact: '(11) 98765-4321' })).toEqual([
			{
				status: 'unknown',
				since: null,
				by: null,
				explanation:
					'Ainda não se sabe: a API oficial não informa se um número tem WhatsApp; o primeiro envio vai mostrar.',
				contactId: null,
				phone: '+5511987654321',
				formatted: '+55 11 98765-4321',
			},
		]);
		const [none] = await json('checkNumber', { contact: 'x' });
		expect(none).toMatchObject({ status: 'noPhone', phone: null });
		expect(none!.explanation).toMatch(/^Não possui telefone para envio de mensagem: /);
	});

	it('makes an opt-in link whose words will be understood (M-24)', async () => {
		const [link] = await json('getOptInLink', { company: 'Oficina Aurora' }, [
			{ channel: { phone: '+55 11 3000-0000' } },
		]);
		expect(link).toEqual({
			link: 'https://wa.me/551130000000?text=Quero%20receber%20avisos%20da%20Oficina%20Aurora',
			text: 'Quero receber avisos da Oficina Aurora',
		});
		await expect(run('getOptInLink', { channelPhone: '551130000000', text: 'Olá!' })).rejects.toMatchObject({
			message: 'The text "Olá!" would not be understood as consent when a contact sends it.',
		});
		await expect(run('getOptInLink', {}, [{ channel: null }])).rejects.toMatchObject({
			message: '"Channel Phone" is empty.',
		});
	});
});
