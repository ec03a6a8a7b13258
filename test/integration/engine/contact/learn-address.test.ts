import { openDesk, saveContacts, sendMessages, type Desk } from '../../../../engine';
import { learnAddresses, type AddressProof } from '../../../../engine/contact/learn-address';
import { otherForms } from '../../../../engine/contact/ninth-digit';
import { recordOptOut, consentOf } from '../../../../engine/consent/consent';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { text, webhook, type Value } from '../../../support/webhook-body';

const WITH_NINE = '5531987654321';
const WITHOUT_NINE = '553187654321';
const NOW = Date.parse('2026-11-22T15:00:00Z');

describe.each(STORES)('what WhatsApp calls a contact, on $name', ({ create }) => {
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
	const saved = async (phone: string) => {
		const [result] = await saveContacts(desk, [{ phone, name: null }]);
		if (result!.result === 'noPhone') throw new Error('no phone');
		return result!.contact.id;
	};
	const learn = (...proofs: AddressProof[]) => desk.store.transaction((tx) => learnAddresses(tx, proofs, NOW));
	const names = async (contactId: string) =>
		(
			await desk.store.db
				.selectFrom('contact_address')
				.select(['kind', 'value'])
				.where('contact_id', '=', contactId)
				.orderBy('kind')
				.orderBy('value')
				.execute()
		).map(({ kind, value }) => `${kind} ${value}`);
	const contacts = () => desk.store.db.selectFrom('contact').select(['id', 'phone']).orderBy('id').execute();
	const addressOf = async (id: string | null) =>
		(
			await desk.store.db
				.selectFrom('outbox')
				.select('address')
				.where('id', '=', id ?? '')
				.executeTakeFirstOrThrow()
		).address;
	const sendTo = async (phone: string) => {
		const [sent] = await sendMessages(
			desk,
			[
				{
					channelId: 'cloudApi:1',
					recipient: { type: 'phone', phone },
					content: { type: 'text', text: 'Oi' },
					origin: 'bot',
				},
			],
			0,
		);
		return addressOf(sent!.id);
	};

	it('learns the form without the ninth digit and writes there from then on (D-06)', async () => {
		const ana = await saved(WITH_NINE);
		expect(await sendTo(WITH_NINE)).toBe(WITH_NINE);
		expect(await learn({ contactId: ana, waId: WITHOUT_NINE, bsuid: 'BR.1' })).toEqual([]);
		expect(await names(ana)).toEqual(['bsuid BR.1', `phone +${WITH_NINE}`, `waId ${WITHOUT_NINE}`]);
		expect(await sendTo('(31) 98765-4321')).toBe(WITHOUT_NINE);
		await learn({ contactId: ana, waId: WITH_NINE, bsuid: null });
		expect(await names(ana)).toEqual(['bsuid BR.1', `phone +${WITH_NINE}`, `waId ${WITH_NINE}`]);
		expect(await sendTo(WITH_NINE)).toBe(WITH_NINE);
	});

	it('prefers the address that wrote over one it was told (D-06)', async () => {
		await receive(text({ waId: WITHOUT_NINE }, 'oi'));
		const [ana] = await contacts();
		await learn({ contactId: ana!.id, waId: WITH_NINE, bsuid: null });
		const channelId = (await desk.store.db.selectFrom('conversation').select('channel_id').executeTakeFirstOrThrow())
			.channel_id;
		const [sent] = await sendMessages(
			desk,
			[
				{
					channelId,
					recipient: { type: 'phone', phone: WITH_NINE },
					content: { type: 'text', text: 'Oi' },
					origin: 'bot',
				},
			],
			0,
		);
		expect(await addressOf(sent!.id)).toBe(WITHOUT_NINE);
	});

	it('asks the store once, and not at all when the process knows it is stored', async () => {
		const ana = await saved(WITH_NINE);
		const proof = { contactId: ana, waId: WITH_NINE, bsuid: 'BR.1' };
		await learn(proof, proof);
		const reads = async () => {
			const statements: string[] = [];
			await desk.store.transaction(async (tx) => {
				const logged = tx.withPlugin({
					transformQuery: ({ node }) => {
						statements.push(node.kind);
						return node;
					},
					transformResult: async ({ result }) => result,
				});
				await learnAddresses(logged as typeof tx, [proof], NOW);
			});
			return statements;
		};
		expect(await reads()).toEqual(['SelectQueryNode']);
		expect(await reads()).toEqual([]);
	});

	it('learns the phone of somebody known by the business-scoped id alone (D-05)', async () => {
		await receive(text({ bsuid: 'BR.1' }, 'oi'));
		const [ana] = await contacts();
		await learn({ contactId: ana!.id, waId: WITHOUT_NINE, bsuid: 'BR.1' });
		expect(await contacts()).toEqual([{ id: ana!.id, phone: `+${WITH_NINE}` }]);
		expect(await names(ana!.id)).toEqual(['bsuid BR.1', `phone +${WITH_NINE}`, `waId ${WITHOUT_NINE}`]);
	});

	it('joins two contacts when a report names both; what either refused stays refused (X-07)', async () => {
		await receive(text({ bsuid: 'BR.1' }, 'oi'));
		const [hidden] = await contacts();
		await desk.store.transaction((tx) => recordOptOut(tx, hidden!.id, 'all', 'respondeu PARAR', NOW));
		const listed = await saved(WITH_NINE);
		const lines = await learn({ contactId: listed, waId: WITH_NINE, bsuid: 'BR.1' });
		expect(lines.map((line) => [line.event, line.contactId])).toEqual([['contactsMerged', hidden!.id]]);
		expect(await contacts()).toEqual([{ id: hidden!.id, phone: `+${WITH_NINE}` }]);
		expect((await consentOf(desk.store.db, [hidden!.id])).get(hidden!.id)).toMatchObject({ optedOutAt: NOW });
		expect(await learn({ contactId: listed, waId: WITH_NINE, bsuid: 'BR.1' })).toEqual([]);
	});

	it('learns nothing that does not fit: another number, another person under the same number', async () => {
		const ana = await saved(WITH_NINE);
		await learn({ contactId: ana, waId: '5511911112222', bsuid: 'BR.9' });
		expect(await names(ana)).toEqual([`phone +${WITH_NINE}`]);
		await learn({ contactId: ana, waId: WITH_NINE, bsuid: 'BR.1' });
		await learn({ contactId: ana, waId: WITHOUT_NINE, bsuid: 'BR.2' });
		expect(await names(ana)).toEqual(['bsuid BR.1', `phone +${WITH_NINE}`, `waId ${WITH_NINE}`]);
		const bruno = await saved('5521976543210');
		await learn({ contactId: bruno, waId: '5521976543210', bsuid: 'BR.1' });
		expect(await contacts()).toHaveLength(2);
	});

	it('forgets the confirmed form when the number has a new owner', async () => {
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.1' }, 'oi'));
		const [ana] = await contacts();
		await learn({ contactId: ana!.id, waId: WITH_NINE, bsuid: 'BR.1' });
		await desk.store.db.updateTable('contact').set({ phone: '+5531911112222' }).execute();
		await receive(text({ waId: WITH_NINE, bsuid: 'BR.2', name: 'Bruno' }, 'oi'));
		expect(await names(ana!.id)).toEqual(['bsuid BR.1']);
	});

	describe('and a number that was refused (131026)', () => {
		const forms = async (contactId: string, address: string) =>
			desk.store.transaction((tx) => otherForms(tx, [{ id: 'out_1', contactId, address }]));

		it('may be tried in the form from before the ninth digit, once', async () => {
			const ana = await saved(WITH_NINE);
			expect(await forms(ana, WITH_NINE)).toEqual(new Map([['out_1', WITHOUT_NINE]]));
			expect(await forms(ana, WITHOUT_NINE)).toEqual(new Map());
			await sendTo(WITH_NINE);
			await desk.store.db.updateTable('outbox').set({ address: WITHOUT_NINE, error_code: '131026' }).execute();
			expect(await forms(ana, WITH_NINE)).toEqual(new Map());
		});

		it('is not rewritten when WhatsApp confirmed a form, landlines and foreign numbers never', async () => {
			const ana = await saved(WITH_NINE);
			await learn({ contactId: ana, waId: WITH_NINE, bsuid: null });
			expect(await forms(ana, WITH_NINE)).toEqual(new Map());
			await receive(text({ waId: '5521976543210' }, 'oi'));
			const bruno = (await contacts()).find((c) => c.phone === '+5521976543210')!;
			expect(await forms(bruno.id, '5521976543210')).toEqual(new Map());
			expect(await forms(ana, '551130000000')).toEqual(new Map());
			expect(await forms(ana, '351912345678')).toEqual(new Map());
			expect(await forms(ana, 'BR.1')).toEqual(new Map());
		});
	});
});
