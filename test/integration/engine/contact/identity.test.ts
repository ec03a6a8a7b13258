import { openDesk, type Desk } from '../../../../engine';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { changedNumber, echo, text, wamid, webhook, type Value } from '../../../support/webhook-body';

const WITH_NINE = '5511987654321';
const WITHOUT_NINE = '551187654321';

describe.each(STORES)('who writes, on $name', ({ create }) => {
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

	const receive = (...values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials());
	const contacts = () => desk.store.db.selectFrom('contact').select(['id', 'name', 'phone']).orderBy('id').execute();
	const conversations = () =>
		desk.store.db.selectFrom('conversation').select(['id', 'contact_id', 'address', 'state']).orderBy('id').execute();
	const told = async (event: string) =>
		(await desk.store.db.selectFrom('timeline').selectAll().where('event', '=', event).execute()).map((line) => ({
			text: line.text,
			contactId: line.contact_id,
		}));
	const senders = async () =>
		(await desk.store.db.selectFrom('inbound').select('contact_id').orderBy('seq').execute()).map((r) => r.contact_id);

	it('takes both ninth-digit forms for one contact and replies to the one that wrote last (D-06)', async () => {
		await receive(text({ waId: WITH_NINE }, 'Oi'));
		await receive(text({ waId: WITHOUT_NINE }, 'de novo'));
		const [contact, ...others] = await contacts();
		expect(others).toEqual([]);
		expect(contact).toMatchObject({ phone: '+5511987654321', name: 'Ana Souza' });
		expect(await conversations()).toMatchObject([{ contact_id: contact!.id, address: WITHOUT_NINE }]);
	});

	it('takes both forms for one contact when they come in one webhook (D-06, D-15)', async () => {
		await receive(text({ waId: WITH_NINE }, 'Oi'), text({ waId: WITHOUT_NINE }, 'de novo'));
		expect(await contacts()).toHaveLength(1);
		expect(await conversations()).toHaveLength(1);
	});

	it('knows a contact by the BSUID alone and learns the phone when it shows (D-05)', async () => {
		await receive(text({ bsuid: 'BR.1' }, 'Oi'));
		expect(await contacts()).toMatchObject([{ phone: null }]);
		expect(await conversations()).toMatchObject([{ address: 'BR.1' }]);
		await receive(text({ bsuid: 'BR.1', waId: WITH_NINE }, 'agora com telefone'));
		expect(await contacts()).toMatchObject([{ phone: '+5511987654321' }]);
		expect(await conversations()).toMatchObject([{ address: WITH_NINE }]);
	});

	it('joins two contacts when one message proves them the same, and tells it once (X-07)', async () => {
		await receive(text({ waId: WITH_NINE, name: 'Ana' }, 'sem identificador'));
		await receive(text({ bsuid: 'BR.1', name: 'Ana S.' }, 'sem telefone'));
		expect(await contacts()).toHaveLength(2);
		const [older] = await contacts();
		const proof = text({ bsuid: 'BR.1', waId: WITH_NINE, name: 'Ana S.' }, 'com os dois');
		await receive(proof);
		await receive(proof);
		expect(await contacts()).toEqual([{ id: older!.id, name: 'Ana S.', phone: '+5511987654321' }]);
		expect(await told('contactsMerged')).toEqual([
			{ text: 'Dois cadastros eram a mesma pessoa e foram unidos (Ana S.).', contactId: older!.id },
		]);
		expect(new Set(await senders())).toEqual(new Set([older!.id]));
		const open = (await conversations()).filter((c) => c.state !== 'resolved');
		expect(open).toMatchObject([{ contact_id: older!.id, address: WITH_NINE }]);
		expect(await told('conversationMerged')).toHaveLength(1);
	});

	it('joins contacts proven the same within one webhook, whatever the order of its messages (X-07)', async () => {
		await receive(text({ waId: WITH_NINE }, 'a'));
		await receive(text({ bsuid: 'BR.1' }, 'b'));
		await receive(
			text({ bsuid: 'BR.1' }, 'c'),
			text({ waId: WITH_NINE }, 'd'),
			text({ bsuid: 'BR.1', waId: WITH_NINE }, 'e'),
			text({ bsuid: 'BR.1' }, 'f'),
		);
		const [only, ...others] = await contacts();
		expect(others).toEqual([]);
		expect(await senders()).toEqual(Array(6).fill(only!.id));
		expect((await conversations()).filter((c) => c.state !== 'resolved')).toHaveLength(1);
	});

	it('keeps the conversation that a person attends when two are joined (X-07)', async () => {
		await receive(text({ waId: WITH_NINE }, 'a'));
		const [attended] = await conversations();
		await desk.store.db.updateTable('conversation').set({ state: 'attending', agent: 'bia' }).execute();
		await receive(text({ bsuid: 'BR.1' }, 'b'));
		await receive(text({ bsuid: 'BR.1', waId: WITH_NINE }, 'c'));
		expect((await conversations()).filter((c) => c.state !== 'resolved')).toMatchObject([
			{ id: attended!.id, state: 'attending' },
		]);
	});

	it('follows a changed number: contact, open conversation and what has not left yet (D-05)', async () => {
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.1' }, 'Oi'));
		const moved = changedNumber({ waId: WITH_NINE }, { waId: '5511966665555', bsuid: 'BR.2' });
		await receive(moved);
		await receive(moved);
		expect(await contacts()).toMatchObject([{ phone: '+5511966665555' }]);
		expect(await conversations()).toMatchObject([{ address: '5511966665555', state: 'triage' }]);
		expect(await told('contactMoved')).toHaveLength(1);
		await receive(text({ waId: '5511966665555', bsuid: 'BR.2' }, 'do novo'));
		expect(await contacts()).toHaveLength(1);
		expect(await conversations()).toHaveLength(1);
	});

	it('does not go back to an older number when an old move is told again (D-02, D-05)', async () => {
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.1' }, 'Oi'));
		const first = changedNumber({ waId: WITH_NINE }, { waId: '5511966665555', bsuid: 'BR.2' });
		await receive(first);
		await receive(changedNumber({ waId: '5511966665555' }, { waId: '5511955554444', bsuid: 'BR.3' }));
		await receive(first);
		expect(await contacts()).toMatchObject([{ phone: '+5511955554444' }]);
		expect(await conversations()).toMatchObject([{ address: '5511955554444' }]);
	});

	it('joins whoever already wrote from the new number when the change is told late (D-05, X-07)', async () => {
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.1' }, 'Oi'));
		await receive(text({ waId: '5511966665555', bsuid: 'BR.2' }, 'do novo'));
		expect(await contacts()).toHaveLength(2);
		await receive(changedNumber({ waId: WITH_NINE }, { waId: '5511966665555', bsuid: 'BR.2' }));
		expect(await contacts()).toMatchObject([{ phone: '+5511966665555' }]);
		expect((await conversations()).filter((c) => c.state !== 'resolved')).toHaveLength(1);
	});

	it('gives a number somebody gave up to the stranger who writes from it later (D-05)', async () => {
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.1', name: 'Ana' }, 'Oi'));
		await receive(changedNumber({ waId: WITH_NINE }, { waId: '5511966665555', bsuid: 'BR.2' }));
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.9', name: 'Caio' }, 'Oi, sou novo'));
		expect((await contacts()).map(({ name, phone }) => ({ name, phone }))).toEqual([
			{ name: 'Ana', phone: '+5511966665555' },
			{ name: 'Caio', phone: '+5511987654321' },
		]);
		// Whoever carried the number away is still found by the new one.
		await receive(text({ waId: '5511966665555', bsuid: 'BR.2', name: 'Ana' }, 'ainda eu'));
		expect(await contacts()).toHaveLength(2);
	});

	it('ignores the move of somebody nobody here knows (D-05)', async () => {
		await receive(changedNumber({ waId: WITH_NINE }, { waId: '5511966665555' }));
		expect(await contacts()).toEqual([]);
		expect(await told('contactMoved')).toEqual([]);
	});

	it('opens the conversation of a contact the company writes to first, without a service window (D-09, D-10)', async () => {
		await receive(echo({ waId: WITH_NINE, bsuid: 'BR.1' }, 'Oi, aqui é a Bia', { id: wamid() }));
		const [conversation] = await desk.store.db.selectFrom('conversation').selectAll().execute();
		expect(conversation).toMatchObject({ last_inbound_at: null, address: WITH_NINE });
		expect(Number(conversation!.bot_paused_until)).toBeGreaterThan(Date.now());
	});

	it('never shortens the service window for a message that comes late (D-19)', async () => {
		const now = Date.now();
		await receive(text({ waId: WITH_NINE }, 'nova', { at: now }));
		await receive(text({ waId: WITHOUT_NINE }, 'velha', { at: now - 3_600_000 }));
		const [row] = await desk.store.db.selectFrom('conversation').select(['last_inbound_at', 'address']).execute();
		expect(row).toEqual({ last_inbound_at: Math.floor(now / 1000) * 1000, address: WITH_NINE });
	});
});
