import {
	changeConsent,
	checkNumber,
	getContact,
	openDesk,
	saveContacts,
	type ContactEntry,
	type Desk,
} from '../../../../engine';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { text, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const BRUNO = '5521976543210';
const CPF = '529.982.247-25';
const OMIE = 'omie:6289226831';

describe.each(STORES)('contacts known by ERP ids and documents, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const save = async (entry: Partial<ContactEntry>) => (await saveContacts(desk, [{ phone: '', ...entry }]))[0]!;
	const contacts = () => desk.store.db.selectFrom('contact').select(['id', 'name', 'phone']).orderBy('id').execute();
	const told = async (event: string) =>
		(await desk.store.db.selectFrom('timeline').selectAll().where('event', '=', event).execute()).map((line) => ({
			text: line.text,
			contactId: line.contact_id,
		}));

	it('are found by each of their names, however it is written (D7, X-07)', async () => {
		const saved = await save({ phone: ANA, name: 'Ana Souza', erpIds: [OMIE, 'bling:7'], document: CPF });
		expect(saved).toMatchObject({ result: 'created', contact: { phone: '+5511987654321' }, warning: null });
		const { id } = (saved as { contact: { id: string } }).contact;
		for (const name of [id, `erp:${OMIE}`, OMIE, 'erp:BLING:7', CPF, '52998224725', 'document:52998224725', ANA]) {
			expect((await getContact(desk, name)).id).toBe(id);
			expect((await checkNumber(desk, name)).contactId).toBe(id);
		}
		expect((await getContact(desk, id)).addresses).toEqual([
			{ kind: 'document', value: '***.982.247-**' },
			{ kind: 'erp', value: 'bling:7' },
			{ kind: 'erp', value: OMIE },
			{ kind: 'phone', value: '+5511987654321' },
		]);
		await expect(getContact(desk, 'erp:omie:1')).rejects.toThrow('There is no contact "erp:omie:1".');
		await expect(checkNumber(desk, 'erp:omie:1')).rejects.toThrow('There is no contact "erp:omie:1".');
		const optOut = { type: 'optOut', scope: 'all', at: 1 } as const;
		await expect(changeConsent(desk, 'erp:omie:1', optOut)).rejects.toThrow('There is no contact "erp:omie:1".');
		expect(await changeConsent(desk, `erp:${OMIE}`, optOut)).toMatchObject({ result: 'recorded', contact: { id } });
	});

	it('change nothing when they are saved again', async () => {
		const entry = { phone: ANA, name: 'Ana', erpIds: [OMIE], document: CPF };
		await save(entry);
		expect(await save(entry)).toMatchObject({ result: 'unchanged', warning: null });
		expect(await save({ ...entry, phone: '' })).toMatchObject({ result: 'unchanged', contact: { phone: `+${ANA}` } });
		expect(await save({ ...entry, phone: '12' })).toMatchObject({
			result: 'unchanged',
			warning: expect.stringMatching(/^O telefone informado não foi usado\. /),
		});
		expect(await save({ phone: ANA, erpIds: ['bling:7'] })).toMatchObject({ result: 'updated' });
		expect(await save({ erpIds: [OMIE], name: 'Ana Souza' })).toMatchObject({
			result: 'updated',
			contact: { name: 'Ana Souza' },
		});
		expect(await contacts()).toHaveLength(1);
		expect(await desk.store.db.selectFrom('timeline').selectAll().execute()).toEqual([]);
	});

	it('exist without a phone, and get it when the company learns it (V-09, V-11)', async () => {
		const first = await save({ name: 'Ana', erpIds: [OMIE] });
		expect(first).toMatchObject({
			result: 'noPhone',
			contact: { name: 'Ana', phone: null },
			explanation: 'Não possui telefone para envio de mensagem',
			why: '',
		});
		expect(await save({ erpIds: [OMIE], phone: 'não tem' })).toMatchObject({
			result: 'noPhone',
			contact: first.contact,
		});
		expect(await checkNumber(desk, `erp:${OMIE}`)).toMatchObject({
			contactId: first.contact!.id,
			reachability: { status: 'noPhone' },
		});
		const second = await save({ erpIds: [OMIE], phone: ANA });
		expect(second).toMatchObject({
			result: 'updated',
			contact: { id: first.contact!.id, name: 'Ana', phone: `+${ANA}` },
		});
		expect((await getContact(desk, ANA)).id).toBe(first.contact!.id);
		expect(await save({ name: 'Ninguém' })).toMatchObject({ result: 'noPhone', contact: null });
	});

	it('join a record without a phone to the person who has it, with a line (X-07)', async () => {
		const paper = await save({ name: 'Ana do ERP', erpIds: [OMIE], document: CPF });
		await desk.receiveCloudApi(webhook(text({ waId: ANA, name: 'Aninha' }, 'Oi')), demoCredentials());
		const saved = await save({ phone: ANA, erpIds: [OMIE] });
		expect(saved).toMatchObject({ result: 'updated', contact: { id: paper.contact!.id, name: 'Ana do ERP' } });
		expect(await contacts()).toEqual([{ id: paper.contact!.id, name: 'Ana do ERP', phone: `+${ANA}` }]);
		expect((await getContact(desk, CPF)).id).toBe(paper.contact!.id);
		expect(await told('contactsMerged')).toEqual([
			{ text: 'Dois cadastros eram a mesma pessoa e foram unidos (Aninha).', contactId: paper.contact!.id },
		]);
	});

	it('never join two people: the id goes to whoever has the phone the company names now (X-07)', async () => {
		const ana = await save({ phone: ANA, name: 'Ana', erpIds: [OMIE], document: CPF });
		const bruno = await save({ phone: BRUNO, name: 'Bruno', erpIds: ['omie:2'] });
		const moved = await save({ phone: BRUNO, erpIds: [OMIE] });
		const sentence = 'O ID omie:6289226831 passou de Ana para Bruno, como a empresa informou.';
		expect(moved).toMatchObject({ result: 'updated', contact: { id: bruno.contact!.id }, warning: sentence });
		expect(await told('contactIdReassigned')).toEqual([{ text: sentence, contactId: bruno.contact!.id }]);
		expect((await getContact(desk, `erp:${OMIE}`)).id).toBe(bruno.contact!.id);
		expect((await getContact(desk, 'erp:omie:2')).id).toBe(bruno.contact!.id);
		expect((await getContact(desk, CPF)).id).toBe(ana.contact!.id);
		expect(await save({ phone: BRUNO, erpIds: [OMIE] })).toMatchObject({ result: 'unchanged', warning: null });

		const other = await save({ phone: '', erpIds: ['omie:2'], document: CPF });
		expect(other).toMatchObject({
			contact: { id: bruno.contact!.id },
			warning: 'O CPF ***.982.247-** passou de Ana para Bruno, como a empresa informou.',
		});
		const fresh = await save({ phone: '+55 31 97777-6666', erpIds: ['omie:2'] });
		expect(fresh).toMatchObject({
			result: 'created',
			warning: 'O ID omie:2 passou de Bruno para contato sem nome, como a empresa informou.',
		});
		expect(await contacts()).toHaveLength(3);
		expect(await told('contactsMerged')).toEqual([]);
	});

	it('keep their reminders and receivables when they are joined, also where both were reminded that day (X-07)', async () => {
		const paper = (await save({ name: 'Ana', erpIds: [OMIE] })).contact!.id;
		const ana = (await save({ phone: ANA })).contact!.id;
		const { db } = desk.store;
		const reminder = (outbox_id: string, contact_id: string, day: string) => ({
			...{ outbox_id, contact_id, day },
			...{ creditor: 'c', payer: 'p', after_due: 0, at: 1 },
		});
		await db
			.insertInto('dunning_message')
			.values([
				reminder('o1', ana, '2026-03-10'),
				reminder('o2', paper, '2026-03-10'),
				reminder('o3', ana, '2026-03-11'),
			])
			.execute();
		const stamps = { state: 'open', state_at: 1, created_at: 1, updated_at: 1 };
		await db
			.insertInto('receivable')
			.values({ creditor: 'c', invoice: '1', contact_id: ana, ...stamps })
			.execute();
		await save({ phone: ANA, erpIds: [OMIE] });
		const joined = await db
			.selectFrom('dunning_message')
			.select(['outbox_id', 'contact_id'])
			.orderBy('outbox_id')
			.execute();
		expect(joined.filter(({ contact_id }) => contact_id === paper).map(({ outbox_id }) => outbox_id)).toEqual([
			'o2',
			'o3',
		]);
		expect(await db.selectFrom('receivable').select('contact_id').execute()).toEqual([{ contact_id: paper }]);
	});

	it('of one list are seen together: the last line decides', async () => {
		const results = await saveContacts(desk, [
			{ phone: '', name: 'Ana', erpIds: [OMIE] },
			{ phone: ANA, name: 'Ana Souza', erpIds: [OMIE] },
			{ phone: BRUNO, name: 'Bruno', erpIds: ['omie:2'] },
			{ phone: '', erpIds: ['omie:2', 'bling:2'] },
			{ phone: '', document: '11.222.333/0001-81', name: 'Oficina' },
		]);
		expect(results.map(({ result, contact }) => [result, contact?.name, contact?.phone])).toEqual([
			['created', 'Ana Souza', `+${ANA}`],
			['updated', 'Ana Souza', `+${ANA}`],
			['created', 'Bruno', `+${BRUNO}`],
			['updated', 'Bruno', `+${BRUNO}`],
			['noPhone', 'Oficina', null],
		]);
		expect(await contacts()).toHaveLength(3);
		expect((await getContact(desk, 'erp:bling:2')).phone).toBe(`+${BRUNO}`);
	});

	it('are one contact when many runs save the same new id at once', async () => {
		const entry = { phone: '', name: 'Ana', erpIds: [OMIE], document: CPF };
		await Promise.all(Array.from({ length: 8 }, () => saveContacts(desk, [entry])));
		expect(await contacts()).toHaveLength(1);
	});
});
