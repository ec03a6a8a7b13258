import { openDesk, type Desk } from '../../../../engine';
import { consentOf, recordOptIn, recordOptOut } from '../../../../engine/consent/consent';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { text, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const NOON = Date.parse('2026-11-22T15:00:00Z');
const HOUR = 3_600_000;

describe.each(STORES)('consent told from elsewhere, on $name', ({ create }) => {
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

	const preference = (value: string, at: number, person: { wa_id?: string; user_id?: string }) => ({
		object: 'whatsapp_business_account',
		entry: [
			{
				id: DEMO_NUMBER.wabaId,
				changes: [
					{
						field: 'user_preferences',
						value: {
							metadata: { phone_number_id: DEMO_NUMBER.phoneNumberId },
							user_preferences: [{ category: 'marketing_messages', value, timestamp: at / 1000, ...person }],
						},
					},
				],
			},
		],
	});
	const receive = (body: unknown) => desk.receiveCloudApi(body, demoCredentials());
	const contacts = () => desk.store.db.selectFrom('contact').select(['id', 'phone']).orderBy('id').execute();
	const consents = async () => [
		...(
			await consentOf(
				desk.store.db,
				(await contacts()).map(({ id }) => id),
			)
		).values(),
	];
	const told = async (like: string) =>
		(await desk.store.db.selectFrom('timeline').select(['event', 'text']).where('event', 'like', like).execute()).map(
			({ text }) => text,
		);

	it('follows a stop and a resume inside WhatsApp, each told once', async () => {
		await receive(webhook(text({ waId: ANA }, 'oi')));
		const stop = preference('stop', NOON, { wa_id: ANA });
		await receive(stop);
		expect(await consents()).toMatchObject([{ marketingStoppedAt: NOON, optedOutAt: null }]);
		await receive(preference('resume', NOON + HOUR, { wa_id: ANA }));
		expect(await consents()).toMatchObject([{ marketingStoppedAt: null }]);
		await receive(stop);
		expect(await consents()).toMatchObject([{ marketingStoppedAt: null }]);
		expect(await told('marketing%')).toEqual([
			'O contato não quer mais receber promoções: parou as mensagens de marketing no próprio WhatsApp.',
			'O contato voltou a aceitar promoções: reativou as mensagens de marketing no próprio WhatsApp.',
		]);
		expect(await contacts()).toHaveLength(1);
	});

	it('remembers a stop of somebody nobody knew, by a hidden phone too (D-05)', async () => {
		await receive(preference('stop', NOON, { user_id: 'BR.1' }));
		expect(await contacts()).toMatchObject([{ phone: null }]);
		expect(await consents()).toMatchObject([{ marketingStoppedAt: NOON }]);
		await receive(webhook(text({ waId: ANA, bsuid: 'BR.1' }, 'oi')));
		expect(await contacts()).toMatchObject([{ phone: `+${ANA}` }]);
		expect(await consents()).toMatchObject([{ marketingStoppedAt: NOON }]);
	});

	it('keeps what either of two contacts refused when they turn out to be one (X-07)', async () => {
		await receive(webhook(text({ waId: ANA }, 'oi')));
		await receive(webhook(text({ bsuid: 'BR.1' }, 'oi')));
		const [phone, hidden] = await contacts();
		await desk.store.transaction(async (tx) => {
			await recordOptIn(tx, phone!.id, 'formulário do site', NOON + HOUR);
			await recordOptOut(tx, hidden!.id, 'all', 'respondeu PARAR', NOON);
			await recordOptOut(tx, hidden!.id, 'marketing', 'respondeu PARAR PROMOÇÕES', NOON);
		});
		await receive(webhook(text({ waId: ANA, bsuid: 'BR.1' }, 'oi')));
		expect(await contacts()).toHaveLength(1);
		expect(await consents()).toEqual([
			{ optedOutAt: NOON, marketingStoppedAt: NOON, optedInAt: NOON + HOUR, proof: 'formulário do site' },
		]);
	});

	it('does not let an older consent undo a later opt-out', async () => {
		await receive(webhook(text({ waId: ANA }, 'oi')));
		const { id } = (await contacts())[0]!;
		const change = await desk.store.transaction(async (tx) => {
			await recordOptOut(tx, id, 'all', 'respondeu PARAR', NOON);
			return recordOptIn(tx, id, 'ficha assinada em 2025', NOON - HOUR);
		});
		expect(change).toMatchObject({ changed: false, consent: { optedOutAt: NOON, optedInAt: NOON - HOUR } });
		expect(change.lines.map((line) => line.text)).toEqual([
			'Consentimento anotado (ficha assinada em 2025), mas o contato pediu depois para não receber mensagens: o descadastro continua.',
		]);
	});

	it('loses no opt-out to an opt-in that is written at the same moment', async () => {
		await receive(webhook(text({ waId: ANA }, 'oi')));
		const { id } = (await contacts())[0]!;
		await Promise.all([
			...[0, 1, 2, 3].map((n) => desk.store.transaction((tx) => recordOptIn(tx, id, `prova ${n}`, NOON + n))),
			desk.store.transaction((tx) => recordOptOut(tx, id, 'all', 'respondeu PARAR', NOON + HOUR)),
			...[4, 5, 6, 7].map((n) => desk.store.transaction((tx) => recordOptIn(tx, id, `prova ${n}`, NOON + n))),
		]);
		expect(await consents()).toMatchObject([{ optedOutAt: NOON + HOUR }]);
	});
});
