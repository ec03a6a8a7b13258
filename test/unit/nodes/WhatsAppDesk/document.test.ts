import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SendMessage } from '../../../../nodes/SendMessage/SendMessage.node';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { storedNode, typeName } from '../../../support/n8n-host';
import { readPdf } from '../../../support/read-pdf';
import { connect, runNode, runWorkflow } from '../../../support/run-node';
import { AGREEMENT, CREDITOR, STATEMENT } from '../../engine/document/facts';

const ANA = '5511987654321';

let store: TestStore;
let rig: DeskRig;

beforeAll(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, { listen: false });
	await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	await rig.simulator.admin.say(ANA, 'Quero o acordo');
	await rig.simulator.admin.waitForIdleWebhooks();
	// From here on the node's own desk is the only one that sends.
	await rig.desk.close();
});

afterAll(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const run = async (operation: string, parameters: IDataObject = {}, items: unknown[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'document', operation, ...parameters } as never,
		items: items as never,
		mode: 'manual',
	});
	return out!;
};
const pdfOf = (item: INodeExecutionData | undefined, field = 'data') =>
	readPdf(Buffer.from(item!.binary![field]!.data, 'base64'));

describe('WhatsApp Desk: Document', () => {
	it('makes a PDF of every item and says what it came to (C-01, C-02)', async () => {
		const items = [STATEMENT, { ...STATEMENT, number: 'D-78', charges: null }];
		const [first, second] = await run('render', { documentKind: 'debtStatement' }, items);
		expect(first!.json).toMatchObject({
			...{ rendered: true, kind: 'debtStatement', fileName: 'demonstrativo-de-debito-d-77.pdf', pages: 1 },
			...{ mimeType: 'application/pdf', template: 'default', hint: null, creditor: '11222333000181', agreement: null },
		});
		expect(second!.json).toMatchObject({ number: 'D-78', totals: { updatedCents: 91_980 } });
		expect([first!.pairedItem, second!.pairedItem]).toEqual([{ item: 0 }, { item: 1 }]);
		expect(first!.binary!.data).toMatchObject({
			...{ mimeType: 'application/pdf', fileName: 'demonstrativo-de-debito-d-77.pdf' },
		});
		expect((await pdfOf(second)).pages[0]!.text).toContain('Total 919,80 0,00 0,00 0,00 0,00 919,80');
	});

	it('takes the day, the place and who signs from its options, and JSON as text', async () => {
		const [item] = await run('render', {
			...{ documentKind: 'debtStatement', data: JSON.stringify({ ...STATEMENT, asOf: '2020-01-01' }) },
			...{ binaryField: 'pdf', options: { asOf: '2026-11-30T00:00:00', place: 'Recife', signedBy: 'Bia' } },
		});
		expect(item!.json).toMatchObject({ asOf: '2026-11-30' });
		const { text } = (await pdfOf(item, 'pdf')).pages[0]!;
		expect(text).toContain('Recife, ');
		expect(text).toContain('\nBia\n');
	});

	it('answers with the reason when no document can be made, and stops only for wrong parameters', async () => {
		const [item] = await run('render', { documentKind: 'agreement' }, [
			{ ...AGREEMENT, creditor: { ...CREDITOR, address: '' } },
		]);
		expect(item!.json).toMatchObject({
			...{ rendered: false, kind: 'agreement', code: 'creditorIncomplete' },
			problems: [{ field: 'creditor.address', explanation: 'falta o endereço' }],
		});
		expect(item!.json.reason).toContain('CDC, art. 42-A');
		expect(item!.binary).toBeUndefined();
		await expect(run('render', { data: '{' })).rejects.toMatchObject({ message: '"Data" is no valid JSON.' });
		await expect(run('render', { data: '[1]' })).rejects.toMatchObject({ message: '"Data" must be an object.' });
		await expect(run('render', { data: STATEMENT as never, options: { asOf: 'ontem' } })).rejects.toMatchObject({
			message: '"As of Date" is no date that can be read.',
		});
	});

	it('gives the words to edit with every wildcard, keeps what works and goes back (C-03, C-05)', async () => {
		const creditor = '11.222.333/0001-81';
		const [shipped] = await run('getTemplate', { documentKind: 'debtStatement', creditor });
		expect(shipped!.json).toMatchObject({ template: 'default', updatedAt: null });
		expect(shipped!.json.wildcards).toContainEqual({
			...{ wildcard: '#NOME_USUARIO#', meaning: 'quem assina pelo credor', aliases: ['USUARIO'] },
		});
		const { content } = shipped!.json as { content: { blocks: IDataObject[] } };
		content.blocks[0] = { title: 'Extrato de #DEVEDOR#' };
		const [set] = await run('setTemplate', { documentKind: 'debtStatement', creditor }, [{ content }]);
		expect(set!.json).toMatchObject({ template: 'creditor', creditor, pages: 1 });
		expect(set!.binary!.data!.fileName).toBe('modelo-demonstrativo-de-debito-1234.pdf');
		expect((await pdfOf(set)).info.Title).toBe('Extrato de Ana Souza');
		const [made] = await run('render', { documentKind: 'debtStatement' }, [STATEMENT]);
		expect((await pdfOf(made)).info.Title).toBe('Extrato de Ana Conceição');

		content.blocks[0] = { title: 'Extrato de #CLIENTES#' };
		await expect(run('setTemplate', { documentKind: 'debtStatement', creditor }, [{ content }])).rejects.toMatchObject({
			message: 'The document template does not work; nothing was changed.',
			description: expect.stringContaining('#CLIENTES#'),
		});
		const [deleted] = await run('deleteTemplate', { documentKind: 'debtStatement', creditor });
		expect(deleted!.json).toMatchObject({ deleted: true, template: 'default' });
	});

	it('hands its file to Send Message, which delivers it as it is (C-01)', async () => {
		const render = storedNode({
			...{ node: new WhatsAppDesk(), name: 'Termo' },
			parameters: { resource: 'document', operation: 'render', documentKind: 'agreement' },
		});
		const send = storedNode({
			...{ node: new SendMessage(), name: 'Enviar' },
			parameters: { sendTo: 'phone', phone: `+${ANA}`, messageType: 'document', caption: 'Segue o termo.' },
			credentials: { whatsAppCloudApi: { ...rig.credentials } },
		});
		const start = storedNode({ node: new WhatsAppDesk(), name: 'Início' });
		start.type = 'test.input';
		const results = await runWorkflow(
			{
				nodes: [start, render, send],
				connections: { ...connect('Início', 'Termo'), ...connect('Termo', 'Enviar') },
			},
			{
				nodeTypes: {
					[typeName(new WhatsAppDesk())]: new WhatsAppDesk(),
					[typeName(new SendMessage())]: new SendMessage(),
				},
				...{ triggerItems: [AGREEMENT as IDataObject], startAt: 'Início' },
				credentials: { whatsAppCloudApi: { ...rig.credentials } },
			},
		);
		const [made] = results.outputsOf('Termo')[0]!;
		expect(results.outputsOf('Enviar')[0]![0]!.json).toMatchObject({ delivery: { status: 'sent' } });
		const [message] = await rig.simulator.admin.messages(ANA, { from: 'business' });
		const { id, filename } = message!.content as { id: string; filename: string };
		expect(filename).toBe('termo-de-acordo-1234.pdf');
		const received = Buffer.from(await (await fetch(`${rig.simulator.url}/admin/media/${id}`)).arrayBuffer());
		expect(received.toString('base64')).toBe(made!.binary!.data!.data);
	});
});
