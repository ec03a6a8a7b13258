import {
	deleteDocumentTemplate,
	findDocumentTemplate,
	renderDocument,
	sendMessages,
	setDocumentTemplate,
	storeAttachment,
} from '../../../../engine';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { readPdf } from '../../../support/read-pdf';
import { AGREEMENT, CREDITOR, STATEMENT } from '../../../unit/engine/document/facts';

const ANA = '5511987654321';
const ZONE = 'America/Sao_Paulo';

describe.each(STORES)('documents on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings, { listen: false });
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const find = (creditor: string) => findDocumentTemplate(rig.desk, 'debtStatement', creditor);
	const worded = (text: string) => ({ blocks: [{ title: text }, { table: 'titulos' }] });
	const set = (creditor: string, content: unknown) =>
		setDocumentTemplate(rig.desk, { kind: 'debtStatement', creditor, content }, ZONE);
	const titleFor = async (creditor: object) => {
		const request = { kind: 'debtStatement' as const, creditor: '', data: { ...STATEMENT, creditor } };
		const result = await renderDocument(rig.desk, request, ZONE);
		if (!result.ok) throw new Error(result.explanation);
		return [result.template, (await readPdf(result.bytes)).info.Title];
	};

	it('are worded by the creditor, else the account, else as shipped (C-05)', async () => {
		const other = { ...CREDITOR, document: '00.000.000/0001-91' };
		expect(await titleFor(CREDITOR)).toEqual(['default', 'Demonstrativo de débito']);
		await set('', worded('Da conta'));
		await set('11.222.333/0001-81', worded('Do credor'));
		expect(await titleFor(CREDITOR)).toEqual(['creditor', 'Do credor']);
		expect(await titleFor(other)).toEqual(['account', 'Da conta']);
		expect(await find('11222333000181')).toMatchObject({ from: 'creditor' });
		await set('11222333000181', worded('Do credor, de novo'));
		expect(await titleFor(CREDITOR)).toEqual(['creditor', 'Do credor, de novo']);

		expect(await deleteDocumentTemplate(rig.desk, 'debtStatement', '11222333000181')).toBe(true);
		expect(await titleFor(CREDITOR)).toEqual(['account', 'Da conta']);
		expect(await deleteDocumentTemplate(rig.desk, 'debtStatement', '11222333000181')).toBe(false);
		expect(await deleteDocumentTemplate(rig.desk, 'debtStatement', '')).toBe(true);
		expect(await titleFor(CREDITOR)).toEqual(['default', 'Demonstrativo de débito']);
		// The agreement has words of its own.
		expect(await findDocumentTemplate(rig.desk, 'agreement', '')).toMatchObject({ from: 'default' });
	});

	it('are tried before their words are kept', async () => {
		expect(await set('', '{ "blocks": [')).toMatchObject({ ok: false, code: 'documentTemplateInvalid' });
		expect(await set('', worded('#VALOR#'))).toMatchObject({ ok: false, code: 'documentWildcardUnknown' });
		expect(await set('', worded('#ENTRADA#'))).toMatchObject({ ok: false, code: 'documentValuesMissing' });
		expect(await find('')).toMatchObject({ from: 'default', updatedAt: null });
		const kept = await set('', { ...worded('#CONTRATO#'), fields: ['contrato'] });
		expect(kept).toMatchObject({ ok: true, sample: { pages: 1 } });
		expect(await find('')).toMatchObject({ from: 'account', content: { fields: ['contrato'] } });
	});

	it('go out through the chat as they were made (C-01)', async () => {
		const request = { kind: 'agreement' as const, creditor: '', data: AGREEMENT };
		const made = await renderDocument(rig.desk, request, ZONE);
		if (!made.ok) throw new Error(made.explanation);
		await rig.simulator.admin.say(ANA, 'Quero o acordo');
		await rig.simulator.admin.waitForIdleWebhooks();
		const blobId = await storeAttachment(rig.desk, made);
		const [outcome] = await sendMessages(
			rig.desk,
			[
				{
					channelId: rig.channelId,
					recipient: { type: 'phone', phone: `+${ANA}` },
					content: { type: 'media', mediaType: 'document', source: { blobId }, fileName: made.fileName },
					origin: 'bot',
				},
			],
			10_000,
		);
		expect(outcome).toMatchObject({ status: 'sent' });
		const [message] = await rig.simulator.admin.messages(ANA, { from: 'business' });
		const { id, filename } = message!.content as { id: string; filename: string };
		expect(filename).toBe('termo-de-acordo-1234.pdf');
		const received = Buffer.from(await (await fetch(`${rig.simulator.url}/admin/media/${id}`)).arrayBuffer());
		expect(received.equals(made.bytes)).toBe(true);
		expect((await readPdf(received)).pages[0]!.text).toContain('Termo de acordo nº 1234');
	});
});
