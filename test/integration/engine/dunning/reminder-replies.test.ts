import { readStory } from '../../../../engine';
import { openConsumer } from '../../../../engine/store/consumers';
import { insertMany } from '../../../../engine/store/sql';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { sentRow, storeOutbox } from '../../../support/outbox-rows';
import { message, text, webhook } from '../../../support/webhook-body';

const ANA = { waId: '5511987654321', name: 'Ana' };
const HOUR = 3_600_000;
const dateOption = (date: string, reminderId = '') => ['regua:data', date, reminderId].filter(Boolean).join(':');

describe.each(STORES)('answers to payment reminders on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let contactId: string;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings, { listen: false });
		await rig.desk.receiveCloudApi(webhook(text(ANA, 'Oi')), rig.credentials);
		contactId = (await rig.desk.store.db.selectFrom('contact').select('id').executeTakeFirstOrThrow()).id;
		await rig.desk.store.db.deleteFrom('inbound').execute();
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	/** A trigger for the answers is published. */
	const listen = () =>
		openConsumer(
			rig.desk.store,
			{
				id: 'regua/gatilho',
				source: 'inbound',
				channelId: rig.channelId,
				workflowId: 'regua',
				events: ['reminderReply'],
			},
			Date.now(),
		);
	const reminded = async (hoursAgo = 2, more: Parameters<typeof sentRow>[0] = {}) => {
		const at = Date.now() - hoursAgo * HOUR;
		const row = sentRow({ id: 'out_1', contact_id: contactId, address: ANA.waId, created_at: at, ...more });
		await storeOutbox(rig.desk.store, [row]);
		await rig.desk.store.transaction(async (tx) => {
			const owed = { creditor: '11222333000181', invoice: 'tit-9' };
			await insertMany(tx, 'dunning_message', [
				{ outbox_id: 'out_1', creditor: owed.creditor, payer: 'p', contact_id: contactId, day: 'd', after_due: 1, at },
			]);
			await insertMany(tx, 'dunning_step', [{ ...owed, step: 'd+7', outbox_id: 'out_1', at }]);
		});
	};
	/** @param reminderId as the options name it; '' = a menu of earlier versions */
	const offerDates = (reminderId = '') =>
		storeOutbox(rig.desk.store, [
			sentRow({
				id: 'out_menu',
				contact_id: contactId,
				content: JSON.stringify({
					type: 'menu',
					body: 'Escolha',
					plainText: 'Escolha',
					style: 'list',
					options: [
						{ id: dateOption('2026-11-25', reminderId), title: '25/11' },
						{ id: dateOption('2026-11-26', reminderId), title: '26/11' },
					],
				}),
			}),
		]);
	const stored = async () => {
		const row = await eventually(() =>
			rig.desk.store.db.selectFrom('inbound').select(['kind', 'content']).executeTakeFirst(),
		);
		const { reminder } = JSON.parse(row.content) as { reminder?: { intent: string; date: string | null } };
		return { kind: row.kind, intent: reminder?.intent ?? null, date: reminder?.date ?? null, reminder };
	};
	const receive = (value: Parameters<typeof webhook>[0]) => rig.desk.receiveCloudApi(webhook(value), rig.credentials);
	const tap = (id: string, quoted?: string) => {
		const button = { type: 'button', button: { payload: id, text: id } };
		return message(ANA, quoted ? { ...button, context: { id: quoted } } : button);
	};

	it('go to who takes them, with the invoices of the reminder (B-09)', async () => {
		await listen();
		await reminded();
		await receive(text(ANA, 'Já paguei'));
		expect(await stored()).toMatchObject({
			kind: 'reminderReply',
			reminder: {
				intent: 'alreadyPaid',
				date: null,
				reminderId: 'out_1',
				invoices: [{ creditor: '11222333000181', invoice: 'tit-9', step: 'd+7', state: 'open' }],
			},
		});
	});

	it('stay customer messages while nobody takes them, and say what they answer', async () => {
		await reminded();
		await receive(text(ANA, 'Já paguei'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: 'alreadyPaid' });
	});

	const told = async () => {
		const lines = await readStory(rig.desk, { type: 'invoice', id: '11222333000181/tit-9' }, 50);
		return lines.filter(({ event }) => event === 'reminderAnswered').map(({ text: line }) => line);
	};

	it.each(['Falar com a equipe', '2ª via', 'Ver condições', 'Já paguei'])(
		'stand in the story of the invoice, once, also when WhatsApp tells "%s" twice (V-12, V-18)',
		async (words) => {
			await listen();
			await reminded();
			const body = webhook(tap(words, 'wamid.out_1'));
			await rig.desk.receiveCloudApi(body, rig.credentials);
			await stored();
			await rig.desk.receiveCloudApi(body, rig.credentials);
			expect(await told()).toEqual([`O pagador respondeu "${words}" ao lembrete da fatura tit-9.`]);
		},
	);

	it('stand in the story with the date that was meant, also while no workflow takes them', async () => {
		await reminded();
		await receive(tap('regua:data:2026-11-25'));
		await stored();
		expect(await told()).toEqual([
			'O pagador respondeu "regua:data:2026-11-25" (25/11/2026) ao lembrete da fatura tit-9.',
		]);
	});

	it('leave no line when they are ordinary messages', async () => {
		await listen();
		await receive(text(ANA, '2ª via'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: null });
		expect(await told()).toEqual([]);
	});

	it('are ordinary messages when there was no reminder, or one of last week', async () => {
		await listen();
		await receive(text(ANA, 'Já paguei'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: null });
		await rig.desk.store.db.deleteFrom('inbound').execute();
		await reminded(80);
		await receive(text(ANA, 'Já paguei'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: null });
	});

	it('count as taps on an old reminder too, whoever has the conversation', async () => {
		await listen();
		await reminded(200);
		await rig.desk.store.db.updateTable('conversation').set({ state: 'attending' }).execute();
		await receive(tap('Já paguei', 'wamid.out_1'));
		expect(await stored()).toMatchObject({ kind: 'reminderReply', intent: 'alreadyPaid' });
	});

	it('are about the contact’s own reminder, whatever they quote', async () => {
		await listen();
		await reminded();
		await rig.desk.store.db.deleteFrom('inbound').execute();
		const button = { type: 'button', button: { payload: 'Já paguei', text: 'Já paguei' } };
		const bruno = { waId: '5511987650000', name: 'Bruno' };
		await receive(message(bruno, { ...button, context: { id: 'wamid.out_1' } }));
		expect(await stored()).toEqual({ kind: 'message', intent: null, date: null, reminder: undefined });
	});

	it('typed to a person who attends are for that person', async () => {
		await listen();
		await reminded();
		await rig.desk.store.db.updateTable('conversation').set({ state: 'attending' }).execute();
		await receive(text(ANA, 'Já paguei'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: null });
	});

	it.each([
		['2', '2026-11-26'],
		['dia 25/11/2030', null],
		['9', null],
	])('"%s" after a question for a date is %s', async (said, date) => {
		await listen();
		await reminded();
		await offerDates();
		await receive(text(ANA, said));
		expect(await stored()).toMatchObject(
			date ? { kind: 'reminderReply', intent: 'promiseDate', date } : { kind: 'message', intent: null },
		);
	});

	describe('with a date, while a newer reminder has come', () => {
		const remindedTwice = async () => {
			for (const [id, invoice, ago] of [
				['out_old', 'OLD', 48],
				['out_new', 'NEW', 2],
			] as const) {
				const at = Date.now() - ago * HOUR;
				const row = sentRow({ id, contact_id: contactId, address: ANA.waId, created_at: at });
				await storeOutbox(rig.desk.store, [row]);
				const { store: desk } = rig.desk;
				await desk.transaction(async (tx) => {
					const shared = { creditor: 'c', outbox_id: id, at };
					await insertMany(tx, 'dunning_message', [
						{ ...shared, payer: 'p', contact_id: contactId, day: id, after_due: 1 },
					]);
					await insertMany(tx, 'dunning_step', [{ ...shared, invoice, step: 'd+7' }]);
				});
			}
		};
		const askToNameOne = async (reminderId: string) => {
			await receive(tap('Combinar data', `wamid.${reminderId}`));
			expect(await answered()).toBe(reminderId);
			await rig.desk.store.db.updateTable('inbound').set({ kind: 'taken' }).execute();
		};
		const answered = async () => {
			const row = await eventually(() =>
				rig.desk.store.db.selectFrom('inbound').select('content').where('kind', '<>', 'taken').executeTakeFirst(),
			);
			return (JSON.parse(row.content) as { reminder?: { reminderId: string } }).reminder?.reminderId ?? null;
		};

		beforeEach(async () => {
			await listen();
			await remindedTwice();
		});

		it.each([
			['tapped on the menu', 'out_old', () => tap(dateOption('2026-11-25', 'out_old'), 'wamid.out_menu')],
			['tapped on a menu of an earlier version', '', () => tap(dateOption('2026-11-25'), 'wamid.out_menu')],
			['typed as its number', 'out_old', () => text(ANA, '1')],
			['typed as the number of an earlier menu', '', () => text(ANA, '1')],
			['typed', 'out_old', () => text(ANA, 'amanhã')],
		])('%s, are about the one it was asked for', async (_, named, answer) => {
			await askToNameOne('out_old');
			await offerDates(named);
			await receive(answer());
			expect(await answered()).toBe('out_old');
		});

		it('name their reminder themselves, whatever was asked last', async () => {
			await askToNameOne('out_old');
			await receive(tap(dateOption('2026-11-25', 'out_new'), 'wamid.out_menu'));
			expect(await answered()).toBe('out_new');
		});

		it('are about the last one when nothing says more, or it is somebody else’s', async () => {
			await rig.desk.store.db
				.updateTable('dunning_message')
				.set({ contact_id: 'con_other' })
				.where('day', '=', 'out_old')
				.execute();
			await receive(tap(dateOption('2026-11-25', 'out_old'), 'wamid.out_menu'));
			expect(await answered()).toBe('out_new');
		});

		it('are about the last one when the question was asked days ago', async () => {
			await askToNameOne('out_old');
			const longAgo = Date.now() - 25 * HOUR;
			await rig.desk.store.db.updateTable('inbound').set({ received_at: longAgo }).execute();
			await offerDates();
			await receive(text(ANA, '1'));
			expect(await answered()).toBe('out_new');
		});
	});

	it('digits are nobody’s date when no date was asked for', async () => {
		await listen();
		await reminded();
		await receive(text(ANA, '2'));
		expect(await stored()).toMatchObject({ kind: 'message', intent: null });
	});
});
